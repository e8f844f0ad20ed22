"""What is told, to whom, when, how often; and that no mail is lost, doubled, or left of the erased."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from threading import Event, Thread

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections

from riverain.audit.models import Entry
from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.notifications import content, folder, sending, tasks
from riverain.notifications.models import Notice, State
from riverain.reports import actions, erasure, messages, queries
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Reason, Status
from tests import town
from tests.english import french
from tests.notifications.post import body, hear, send_due
from tests.town import report

DONE = Given(outcome=Outcome.DONE, text="Le sac a été remplacé.")


@pytest.mark.row("S0-07", "S0-08", "S2-14", "S2-15", "S2-17", "S3-03", "L-03")
def test_receipt_names_service_contact_code_and_deadline(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    (mail,) = mails()
    text = body(mail)
    assert mail["To"] == "camille@exemple.fr"
    assert made.number in mail["Subject"]
    for said in (
        made.tracking_code,
        "Propreté publique",
        "03 20 00 00 01",
        "proprete@lille.example",
        "1 rue du Balai",
        "avant le",
        f"/suivi/{made.tracking_code}",
    ):
        assert said in text
    assert mail.get_body(("html",)) is not None


def test_reporter_without_an_address_is_written_nothing(city, mails):
    made = report(city, phone="0612345678")
    hear(made)
    assert not Notice.objects.exists()


def test_event_heard_twice_is_told_once(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    hear(made)
    send_due()
    hear(made)
    send_due()
    assert len(mails()) == 1


@pytest.mark.row("S0-07", "S3-04", "S4-12")
def test_steps_within_ten_minutes_make_one_mail(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    coordinator = city.member("coordinator")
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    actions.move(
        acting=coordinator,
        report_id=made.pk,
        to=Status.WAITING,
        given=Given(reason=Reason.WEATHER, resume_on=(clock.now() + timedelta(days=2)).date()),
    )
    hear(made)
    send_due()
    assert len(mails()) == 1
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        send_due()
    _receipt, progress = mails()
    assert "Pris en charge" in body(progress)
    assert "En attente" in body(progress)
    assert "météo" in progress["Subject"]


@pytest.mark.row("S0-09", "S2-16")
def test_closing_says_at_once_what_was_done_and_all_that_waited(city, mails):
    made = report(city, email="camille@exemple.fr")
    coordinator = city.member("coordinator")
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    actions.move(acting=coordinator, report_id=made.pk, to=Status.DONE, given=DONE)
    hear(made)
    send_due()
    progress = next(mail for mail in mails() if "Le sac a été remplacé." in mail["Subject"])
    assert body(progress).startswith("Le sac a été remplacé.\n")
    assert "Pris en charge" in body(progress)
    assert f"/suivi/{made.tracking_code}/pas-regle" in body(progress)
    assert len(mails()) == 2


@pytest.mark.row("S0-10")
def test_refusal_says_why(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    actions.move(
        acting=city.member("referent"),
        report_id=made.pk,
        to=Status.REJECTED,
        given=Given(outcome=Outcome.NOT_OURS, text="Ce mur appartient à un particulier."),
    )
    hear(made)
    send_due()
    assert any("Ce mur appartient à un particulier." in body(mail) for mail in mails())


@pytest.mark.row("S0-43")
def test_proposed_rejection_tells_the_reporter_nothing(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.REJECTION_PROPOSED,
        given=Given(outcome=Outcome.NOT_OURS, note="Mur privé"),
    )
    actions.move(acting=city.member("referent"), report_id=made.pk, to=Status.TO_PROCESS)
    hear(made)
    assert not Notice.objects.filter(state=State.PENDING).exists()


def test_note_among_agents_never_leaves(city, mails):
    made = report(city, email="camille@exemple.fr")
    messages.note(acting=city.member("phone"), report_id=made.pk, text="Personne difficile")
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text="Vidé.", note="Gants oubliés"),
    )
    hear(made)
    send_due()
    for mail in mails():
        assert "difficile" not in mail.as_string()
        assert "Gants" not in body(mail)


@pytest.mark.row("S1-01")
def test_praise_reaches_the_crew(city, mails):
    made = report(city, type_code="bravo-proprete", description="Merci à toute l’équipe !")
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.PASSED_ON)
    hear(made)
    send_due()
    (mail,) = mails()
    assert mail["To"] == "proprete@lille.example"
    assert "Merci à toute l’équipe !" in body(mail)


def test_english_reporter_reads_english(city, mails):
    made = report(city, email="sam@example.org", language="en")
    hear(made)
    send_due()
    (mail,) = mails()
    assert mail.get_body(("html",)).get_content().count('lang="en"') == 1
    assert f"Number: {made.number}" in body(mail)
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.DONE, given=DONE)
    hear(made)
    send_due()
    first, second = mails()
    for one in (first, second):
        assert french([one["Subject"].strip(), *map(str.strip, body(one).splitlines())]) == []
    assert "Le sac a été remplacé." in second["Subject"]


@pytest.mark.row("L-02")
def test_erased_reporter_is_in_no_queue_and_no_folder(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)
    hear(made)
    erasure.erase_report(acting=city.member("administrator"), report_id=made.pk)
    hear(made)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        send_due()
    assert mails() == []
    assert set(Notice.objects.values_list("state", flat=True)) == {State.SENT, State.VOID}


def test_message_id_is_fixed_so_that_a_mail_sent_again_is_the_same(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    first = mails()[0]["Message-ID"]
    Notice.objects.update(state=State.PENDING, sent_at=None)
    send_due()
    assert [mail["Message-ID"] for mail in mails()] == [first]


class Broken(BaseEmailBackend):
    """A server that is down, or that knows no such mailbox."""

    error: Exception = SMTPServerDisconnected("gone")

    def send_messages(self, _messages):
        raise self.error


class Unknown(Broken):
    error = SMTPRecipientsRefused({"camille@exemple.fr": (550, b"No camille here")})


def test_mail_is_tried_again_and_in_the_end_shown_to_an_agent(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    made = report(city, email="camille@exemple.fr")
    hear(made)
    instant = begun = clock.now()
    delays = []
    for _ in range(sending.MOST_ATTEMPTS):
        with clock.frozen(instant):
            send_due()
        notice = Notice.objects.get()
        delays.append((notice.due_at - instant).total_seconds() // 60)
        instant = max(notice.due_at, instant) + timedelta(seconds=1)
    assert notice.state == State.FAILED
    assert delays[:4] == [1, 2, 4, 8]
    assert max(delays) == 4 * 60
    assert timedelta(days=3) < instant - begun < timedelta(days=3, hours=1)
    made.refresh_from_db()
    assert made.undelivered
    assert "camille" not in notice.failure


def test_what_comes_after_a_failed_try_is_another_mail(city, mails, settings):
    """The first may have arrived, its answer lost: the same Message-ID never brings other words."""
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    coordinator = city.member("coordinator")
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    hear(made)
    Notice.objects.filter(state=State.PENDING).update(due_at=clock.now())
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Broken"
    send_due()
    settings.EMAIL_BACKEND = working
    actions.move(acting=coordinator, report_id=made.pk, to=Status.DONE, given=DONE)
    hear(made)
    Notice.objects.filter(state=State.PENDING).update(due_at=clock.now())
    send_due()
    assert len(mails()) == Notice.objects.filter(state=State.SENT).count() == 3
    assert sum("Le sac a été remplacé." in mail["Subject"] for mail in mails()) == 1


def test_unknown_mailbox_is_shown_at_once(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unknown"
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts) == (State.FAILED, 1)
    assert notice.failure == "SMTPRecipientsRefused 550"
    last = Entry.objects.filter(stream_kind="report", stream_id=made.pk).order_by("-seq").first()
    assert last.kind == "report.undelivered"


def test_praise_that_could_not_be_delivered_is_shown_as_the_services_mail(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unknown"
    made = report(city, type_code="bravo-proprete")
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.PASSED_ON)
    hear(made)
    send_due()
    last = Entry.objects.filter(stream_kind="report", stream_id=made.pk).latest("seq")
    assert (last.kind, last.payload["to_service"]) == ("report.undelivered", True)
    assert waits_for_a_call(city, made)


def waits_for_a_call(city, made) -> bool:
    """Whether agents find it in their list of mails that could not be delivered."""
    member = city.member("phone")
    return queries.holds(member, queries.Filters(view="undelivered"), made.pk)


@pytest.mark.row("S0-09", "S0-10")
def test_ending_that_could_not_be_delivered_is_in_the_list_until_an_agent_told_it(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unknown"
    made = report(city, email="camille@exemple.fr")
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.DONE, given=DONE)
    assert not waits_for_a_call(city, made)
    hear(made)
    send_due()
    assert waits_for_a_call(city, made)
    messages.note(acting=city.member("phone"), report_id=made.pk, text="Appelée : elle le sait.")
    assert not waits_for_a_call(city, made)
    messages.write_to_reporter(acting=city.member("phone"), report_id=made.pk, text="Tout va ?")
    hear(made)
    send_due()
    assert waits_for_a_call(city, made)


def test_note_of_who_may_not_write_to_the_reporter_tells_them_nothing(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unknown"
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    messages.note(acting=city.member("crew_chief"), report_id=made.pk, text="Vu sur place.")
    assert waits_for_a_call(city, made)


def test_message_from_the_service_goes_at_once(city, mails):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    messages.write_to_reporter(
        acting=city.member("phone"), report_id=made.pk, text="De quel côté de la rue ?"
    )
    hear(made)
    send_due()
    assert any("De quel côté de la rue\u00a0?" in body(mail) for mail in mails())


def test_step_taken_while_a_mail_leaves_is_told_by_the_next(
    committed_db, mails, settings, monkeypatch
):
    """The mail on its way has read its steps: one added to it now would never be told."""
    city = town.build()
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    coordinator = city.member("coordinator")
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    hear(made)
    Notice.objects.filter(state=State.PENDING).update(due_at=clock.now())
    leaving, heard = Event(), Event()
    write = folder.FolderBackend.send_messages

    def slowly(self, email_messages):
        leaving.set()
        heard.wait(3)
        return write(self, email_messages)

    monkeypatch.setattr(folder.FolderBackend, "send_messages", slowly)

    def send() -> None:
        send_due()
        connections.close_all()

    sender = Thread(target=send)
    sender.start()
    leaving.wait(10)
    actions.move(acting=coordinator, report_id=made.pk, to=Status.DONE, given=DONE)
    hear(made)
    heard.set()
    sender.join()
    send_due()
    assert list(Notice.objects.values_list("state", flat=True)) == [State.SENT] * 3
    assert sum("Le sac a été remplacé." in mail["Subject"] for mail in mails()) == 1


def test_mail_that_cannot_be_made_holds_up_no_other(city, mails, monkeypatch):
    for name in ("a", "b"):
        hear(report(city, email=f"{name}@exemple.fr"))
    first = Notice.objects.earliest("due_at")
    made_of = content.of

    def but_not_the_first(notice):
        if notice.pk == first.pk:
            raise ZeroDivisionError
        return made_of(notice)

    monkeypatch.setattr(content, "of", but_not_the_first)
    tasks.send_due(timestamp=0)
    assert [mail["To"] for mail in mails()] == ["b@exemple.fr"]


def test_failed_mail_is_given_up_and_shown_in_one_transaction(city, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Unknown"
    hear(report(city, email="camille@exemple.fr"))

    def killed(**_said):
        raise SystemExit

    monkeypatch.setattr(messages, "undelivered", killed)
    with pytest.raises(SystemExit):
        send_due()
    assert Notice.objects.get().state == State.PENDING


@pytest.mark.row("L-02")
def test_draft_that_a_killed_worker_left_goes_with_its_mail(city, mails, settings):
    made = report(city, email="camille@exemple.fr")
    hear(made)
    send_due()
    (path,) = settings.MAIL.folder.iterdir()
    path.with_suffix(".4242.part").write_text("To: camille@exemple.fr")
    erasure.erase_report(acting=city.member("administrator"), report_id=made.pk)
    hear(made)
    assert list(settings.MAIL.folder.iterdir()) == []
