"""Taking each step through its page: what it asks, what it does, what it says afterwards."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from riverain.audit.models import Entry
from riverain.catalogue.facts import Priority
from riverain.reports import sight
from riverain.reports.lifecycle import Status
from riverain.reports.timeline import story
from riverain.web.desk.steps import STEPS, step_called
from tests import town
from tests.desk.moves import ADMIN, MOVES, arrange, last, page_of
from tests.desk.reading import words


def test_each_move_of_the_desk_is_tried_here():
    assert set(MOVES) == {step.code for step in STEPS if step.to is not None}


@pytest.mark.row("S0-47", "S0-48", "P-25", "P-27", "S1-01")
@pytest.mark.parametrize("code", MOVES)
def test_move_is_taken_and_said(city, sign_in, code):
    type_code, before, data, after, said = MOVES[code]
    report = town.report(city, type_code=type_code)
    arrange(city, report, before)
    client = sign_in(ADMIN)
    if not next(step for step in STEPS if step.code == code).direct:
        form = client.get(page_of(report, code))
        assert form.status_code == 200
        assert 'name="seq"' in form.content.decode()
    report.refresh_from_db()
    if "partner" in data:
        data = data | {"partner": city.partners[data["partner"]].pk}
    answer = client.post(page_of(report, code), {"seq": report.seq, **data})
    assert answer.status_code == 303
    assert answer["Location"] == f"/agents/signalements/{report.number}"
    report.refresh_from_db()
    assert report.status == after
    entry = last(report)
    assert entry.acting == city.member(ADMIN).label
    for name in ("text", "note"):
        assert entry.words.get(name, "") == data.get(name, "")
    assert said in words(client.get(answer["Location"]).content.decode())


def test_hand_over_to_a_service_and_a_contractor(city, take):
    report = town.report(city)
    answer = take(
        ADMIN,
        report,
        "confier",
        service=city.services["voirie"].pk,
        partner=city.partners["lilebo"].pk,
        note="Avant midi.",
    )
    assert answer.status_code == 303
    report.refresh_from_db()
    assert report.service == city.services["voirie"]
    assert report.partner == city.partners["lilebo"]
    assert last(report).words == {"note": "Avant midi."}


def test_step_that_takes_the_report_out_of_sight_leads_back_to_the_list(city, take):
    report = town.report(city)
    answer = take("coordinator", report, "confier", service=city.services["voirie"].pk)
    assert answer.status_code == 303
    assert answer["Location"] == "/agents/"


def test_crew_declares_its_work_done(city, take, page):
    report = town.report(city, at=town.CENTRE)
    assert take("contractor", report, "fait", text="Changé.").status_code == 303
    report.refresh_from_db()
    assert report.work_done_at is not None
    assert report.status == Status.TO_PROCESS
    assert report.number in page("coordinator", "/agents/?vue=travaux-faits")


def test_type_is_put_right_and_everything_follows(city, take):
    report = town.report(city)
    due = report.due_at
    assert take(ADMIN, report, "type", type="nid-de-poule").status_code == 303
    report.refresh_from_db()
    assert report.type.code == "nid-de-poule"
    assert report.service == city.services["voirie"]
    assert report.due_at != due


def test_place_is_put_right_on_the_map_or_by_its_coordinates(city, take):
    report = town.report(city, at=None)
    lon, lat = town.CENTRE
    answer = take(ADMIN, report, "lieu", longitude=lon, latitude=lat, address="Grand-Place")
    assert answer.status_code == 303
    report.refresh_from_db()
    assert (report.lon, report.lat, report.address) == (*town.CENTRE, "Grand-Place")
    assert report.district.name == "Lille-Centre"
    lon, lat = town.WAZEMMES
    take(ADMIN, report, "lieu", longitude=0, latitude=0, coordinates=f"{lat}, {lon}")
    report.refresh_from_db()
    assert (report.lon, report.lat) == town.WAZEMMES
    assert report.address == "Grand-Place"


@pytest.mark.row("S0-54")
def test_district_hall_makes_it_a_priority(city, take, page):
    report = town.report(city)
    assert take("district_hall", report, "priorite", priority=2).status_code == 303
    report.refresh_from_db()
    assert report.priority == Priority.HIGH
    assert "Prioritaire" in page("coordinator", "/agents/")


@pytest.mark.row("S0-06")
def test_note_and_message(city, take, page):
    report = town.report(city)
    assert take("front_desk", report, "note", text="Rappeler demain.").status_code == 303
    assert last(report).words == {"note": "Rappeler demain."}
    assert take("front_desk", report, "ecrire", text="Bonjour,\nà quel étage ?").status_code == 303
    entry = last(report)
    assert entry.words == {"text": "Bonjour,\nà quel étage ?"}
    assert entry.told


def test_report_without_proof_is_marked_as_looked_at(city, take, page):
    report = town.report(city, proved=False)
    assert not report.looked_at
    assert report.number in page("coordinator", "/agents/?vue=a-verifier")
    assert take("coordinator", report, "verifie").status_code == 303
    report.refresh_from_db()
    assert report.looked_at
    assert report.number not in page("coordinator", "/agents/?vue=a-verifier")


@pytest.mark.row("L-02")
def test_erasing_asks_for_a_confirmation_and_may_take_all_of_a_person(city, take, sign_in):
    first = town.report(city, email="camille@exemple.fr")
    second = town.report(city, email="camille@exemple.fr")
    other = town.report(city, email="sacha@exemple.fr")
    assert take(ADMIN, first, "effacer", scope="report").status_code == 422
    assert take(ADMIN, first, "effacer", scope="person", confirmed="on").status_code == 303
    for report, erased in ((first, True), (second, True), (other, False)):
        report.refresh_from_db()
        assert (report.anonymised_at is not None) is erased
        assert bool(story(report.pk, contacts=True, notes=True).description) is not erased
    # Nobody left a contact: there is no person to follow, the report alone is erased.
    alone = town.report(city)
    form = sign_in(ADMIN).get(page_of(alone, "effacer")).content.decode()
    assert 'name="scope"' not in form
    assert take(ADMIN, alone, "effacer", confirmed="on").status_code == 303


@pytest.mark.row("L-02")
def test_what_is_written_about_a_person_after_an_erasure_can_be_erased_too(city, take, sign_in):
    made = town.report(city, email="camille@exemple.fr")
    assert take(ADMIN, made, "effacer", confirmed="on", scope="report").status_code == 303
    client = sign_in(ADMIN)
    of_report = f"/agents/signalements/{made.number}"
    link = f'href="{page_of(made, "effacer")}"'
    assert link not in client.get(of_report).content.decode()
    assert take("phone", made, "note", text="Camille a rappelé.").status_code == 303
    assert link in client.get(of_report).content.decode()
    assert take(ADMIN, made, "effacer", confirmed="on", scope="report").status_code == 303
    assert all(not step.words for step in story(made.pk, contacts=True, notes=True).steps)


@pytest.mark.parametrize(
    "told",
    [
        ("coordinator", "prendre", "a@b.fr", {}, "Le mail partira dans 10 minutes au plus"),
        ("coordinator", "prendre", "", {}, "L’usager n’a pas laissé d’adresse e-mail"),
        ("coordinator", "cloturer", "a@b.fr", {"outcome": "done"}, "Le mail part maintenant."),
        ("coordinator", "ecrire", "a@b.fr", {"text": "Bonjour"}, "Le mail part maintenant."),
        # Whether an address was left is not for those who may not read contacts.
        ("crew_chief", "prendre", "a@b.fr", {}, "L’usager en est informé."),
        ("crew_chief", "prendre", "", {}, "L’usager en est informé."),
    ],
)
def test_what_becomes_of_the_mail_is_said(city, sign_in, told):
    role, code, email, data, said = told
    report = town.report(city, email=email)
    client = sign_in(role)
    answer = client.post(page_of(report, code), {"seq": report.seq, **data}, follow=True)
    assert said in words(answer.content.decode())


def test_steps_that_are_no_moves_name_the_event_that_tells_of_them(city, take):
    """By it the desk knows when the mail goes (`notifications.rules`)."""
    asked = {
        "confier": {"service": city.services["voirie"].pk},
        "type": {"type": "nid-de-poule"},
        "ecrire": {"text": "Bonjour"},
    }
    assert set(asked) == {step.code for step in STEPS if step.told}
    for code, data in asked.items():
        report = town.report(city)
        take(ADMIN, report, code, **data)
        assert last(report).kind == step_called(code).told


def test_nothing_is_said_of_a_mail_for_what_the_reporter_does_not_hear(city, sign_in):
    report = town.report(city, email="a@b.fr")
    answer = sign_in("coordinator").post(
        page_of(report, "proposer-rejet"), {"seq": report.seq, "outcome": "not_ours"}, follow=True
    )
    (said,) = (str(message) for message in answer.context["messages"])
    assert "mail" not in said
    assert said.startswith("Rejet proposé")


@pytest.mark.row("P-05")
def test_empty_answer_sends_the_one_prepared_for_the_type_and_the_outcome(city, take, page):
    report = town.report(city)
    form = words(page("coordinator", page_of(report, "cloturer")))
    assert "Le sac a été remplacé." in form
    assert "Terminé : " not in form
    take("coordinator", report, "cloturer", outcome="done")
    assert last(report).words == {"text": "Le sac a été remplacé."}


def test_a_closing_with_words_is_sent_without_reading_the_story(city, take, monkeypatch):
    """What is proposed is for a form that is drawn."""
    report = town.report(city)
    read = []
    monkeypatch.setattr(
        sight, "story", lambda *args, **said: read.append(args) or story(*args, **said)
    )
    take("coordinator", report, "cloturer", outcome="done", text="Propre.")
    assert read == []
    assert last(report).words == {"text": "Propre."}


def test_photos_of_the_work_are_kept_with_the_closing(city, sign_in):
    report = town.report(city)
    client = sign_in("coordinator")
    files = [SimpleUploadedFile(f"{name}.jpg", town.photo(), "image/jpeg") for name in "ab"]
    answer = client.post(
        page_of(report, "cloturer"),
        {"seq": report.seq, "outcome": "done", "text": "Propre.", "photos": files},
    )
    assert answer.status_code == 303
    after = report.pictures.all()
    assert [(one.moment, one.from_reporter) for one in after] == [("after", False)] * 2
    assert Entry.objects.get(stream_id=report.pk, seq=after[0].seq).kind == "report.moved"
