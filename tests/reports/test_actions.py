"""The steps: what each writes, asks for and refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from riverain.audit import verification
from riverain.audit.models import Entry, PersonalValue
from riverain.catalogue.facts import Outcome, Priority
from riverain.core import clock
from riverain.core.identifiers import quadkey
from riverain.core.refusals import Conflict, Forbidden, Invalid, NotFound, Refused
from riverain.files.actions import store_picture
from riverain.files.models import StoredFile
from riverain.reports import actions, contacts, corrections, erasure, messages
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.reports.models import Report
from riverain.reports.queries import by_code
from riverain.reports.timeline import story
from tests.town import CENTRE, HELLEMMES, photo, report

DONE = Given(outcome=Outcome.DONE, text="Le sac a été remplacé.")


def close(city, made):
    return actions.move(
        acting=city.member("coordinator"), report_id=made.pk, to=Status.DONE, given=DONE
    )


def holder(made) -> Reporter:
    return by_code(made.tracking_code)[1]


@pytest.mark.row("S0-49", "S0-51")
def test_whole_life_is_traced_from_receipt_to_closing(city):
    made = report(city)
    coordinator = city.member("coordinator")
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    actions.hand_over(
        acting=coordinator,
        report_id=made.pk,
        service_id=city.services["proprete"].pk,
        partner_id=city.partners["lilebo"].pk,
    )
    actions.declare_done(acting=city.member("contractor"), report_id=made.pk, text="Fait à 8 h.")
    close(city, made)
    steps = story(made.pk, contacts=True, notes=True).steps
    assert [step.kind for step in steps] == [
        "report.submitted",
        "report.moved",
        "report.handed_over",
        "report.work_done",
        "report.moved",
    ]
    assert steps[3].acting == city.member("contractor").label
    assert verification.verify().faults == []


def test_taking_makes_it_mine(city):
    made = report(city)
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)
    made.refresh_from_db()
    assert made.agent_id == city.people["coordinator"].pk


def test_report_in_hand_is_planned_and_planned_again_without_changing_hands(city):
    made = report(city)
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)
    for days in (3, 5):
        day = (clock.now() + timedelta(days=days)).date()
        actions.move(
            acting=city.member("crew_chief"),
            report_id=made.pk,
            to=Status.IN_PROGRESS,
            given=Given(planned_for=day),
        )
        made.refresh_from_db()
        assert made.planned_for == day
    assert made.agent_id == city.people["coordinator"].pk
    with pytest.raises(Invalid) as refused:
        actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)
    assert refused.value.field == "planned_for"


@pytest.mark.row("S2-16")
@pytest.mark.parametrize("text", ["", "   ", "\u200b", ".", "- …"])
def test_closing_without_saying_what_was_done_is_refused(city, text):
    made = report(city)
    with pytest.raises(Invalid) as refused:
        actions.move(
            acting=city.member("coordinator"),
            report_id=made.pk,
            to=Status.DONE,
            given=Given(outcome=Outcome.DONE, text=text),
        )
    assert refused.value.field == "text"
    made.refresh_from_db()
    assert made.status == Status.TO_PROCESS


@pytest.mark.row("P-27")
def test_rejection_outcome_does_not_close_as_done(city):
    made = report(city)
    with pytest.raises(Invalid) as refused:
        actions.move(
            acting=city.member("coordinator"),
            report_id=made.pk,
            to=Status.DONE,
            given=Given(outcome=Outcome.NOT_OURS, text="x"),
        )
    assert refused.value.field == "outcome"


@pytest.mark.row("P-25")
def test_watched_report_waits_with_a_date(city):
    made = report(city)
    day = (clock.now() + timedelta(days=30)).date()
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.WAITING,
        given=Given(reason=Reason.WATCHED, resume_on=day),
    )
    made.refresh_from_db()
    assert (made.reason, made.resume_on) == (Reason.WATCHED, day)


@pytest.mark.parametrize("text", ["", " … ", "?"])
def test_waiting_for_the_reporter_asks_them_something(city, text):
    day = (clock.now() + timedelta(days=3)).date()
    given = Given(reason=Reason.REPORTER, resume_on=day, text=text)
    admin, made = city.member("coordinator"), report(city)
    with pytest.raises(Invalid) as refused:
        actions.move(acting=admin, report_id=made.pk, to=Status.WAITING, given=given)
    assert refused.value.field == "text"
    asked = replace(given, text="De quel côté ?")
    actions.move(acting=admin, report_id=made.pk, to=Status.WAITING, given=asked)


@pytest.mark.parametrize("days", [-1, 0, 732])
def test_waiting_needs_a_day_to_come_within_two_years(city, days):
    today = clock.local(clock.now(), "Europe/Paris").date()
    with pytest.raises(Invalid) as refused:
        actions.move(
            acting=city.member("coordinator"),
            report_id=report(city).pk,
            to=Status.WAITING,
            given=Given(reason=Reason.WEATHER, resume_on=today + timedelta(days=days)),
        )
    assert refused.value.field == "resume_on"


@pytest.mark.row("S0-40", "S0-41")
@pytest.mark.parametrize(
    ("to", "partner"),
    [
        (Status.LANDLORD, "mel"),
        (Status.TRANSFERRED, "bailleur"),
        (Status.TRANSFERRED, "lilebo"),
        (Status.CLOSED_TRANSFERRED, "lilebo"),
    ],
)
def test_transfer_goes_to_the_right_kind_of_body(city, to, partner):
    with pytest.raises(Invalid) as refused:
        actions.move(
            acting=city.member("coordinator"),
            report_id=report(city).pk,
            to=to,
            given=Given(partner_id=city.partners[partner].pk),
        )
    assert refused.value.field == "partner"


def test_closing_by_whoever_has_it_names_a_body_and_no_contractor(city):
    coordinator = city.member("coordinator")
    transferred, handed = report(city), report(city)
    mel = Given(partner_id=city.partners["mel"].pk)
    actions.move(acting=coordinator, report_id=transferred.pk, to=Status.TRANSFERRED, given=mel)
    done = actions.move(acting=coordinator, report_id=transferred.pk, to=Status.CLOSED_TRANSFERRED)
    assert (done.status, done.partner_id) == (Status.CLOSED_TRANSFERRED, mel.partner_id)
    actions.hand_over(
        acting=coordinator,
        report_id=handed.pk,
        service_id=handed.service_id,
        partner_id=city.partners["lilebo"].pk,
    )
    with pytest.raises(Invalid) as refused:
        actions.move(acting=coordinator, report_id=handed.pk, to=Status.CLOSED_TRANSFERRED)
    assert refused.value.field == "partner"


def test_no_work_is_declared_done_for_an_idea_or_before_a_rejection_is_decided(city):
    administrator = city.member("administrator")
    idea, proposed = report(city, type_code="idee-voirie"), report(city)
    actions.move(
        acting=administrator,
        report_id=proposed.pk,
        to=Status.REJECTION_PROPOSED,
        given=Given(outcome=Outcome.NOT_OURS),
    )
    for made in (idea, proposed):
        with pytest.raises(Refused, match="pas possible"):
            actions.declare_done(acting=administrator, report_id=made.pk)
        made.refresh_from_db()
        assert made.work_done_at is None


def test_coming_back_from_a_transfer_leaves_the_body(city):
    made = report(city)
    coordinator = city.member("coordinator")
    actions.move(
        acting=coordinator,
        report_id=made.pk,
        to=Status.TRANSFERRED,
        given=Given(partner_id=city.partners["mel"].pk),
    )
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    made.refresh_from_db()
    assert made.partner_id is None


@pytest.mark.row("S2-12", "N-05", "P-12")
def test_claim_opens_again_with_a_new_deadline(city):
    made = report(city)
    close(city, made)
    later = clock.now() + timedelta(days=10)
    with clock.frozen(later):
        actions.claim(
            acting=holder(made),
            report_id=made.pk,
            reason=ClaimReason.BADLY,
            text="Le sac est déchiré.",
        )
    made.refresh_from_db()
    assert (made.status, made.claims, made.unanswered) == (Status.CLAIMED, 1, True)
    assert made.closed_at is None
    assert made.due_at == later + timedelta(hours=24)


def test_claim_on_an_open_report_is_refused(city):
    made = report(city)
    with pytest.raises(Refused, match="pas possible"):
        actions.claim(acting=holder(made), report_id=made.pk, reason=ClaimReason.NOT_DONE)


@pytest.mark.row("S2-12", "P-38")
def test_thanks_come_once_for_each_time_that_it_was_settled(city):
    made = report(city)
    for _time in range(2):
        with pytest.raises(Refused, match="pas encore réglé"):
            messages.thank(acting=holder(made), report_id=made.pk)
        close(city, made)
        messages.thank(acting=holder(made), report_id=made.pk)
        with pytest.raises(Refused, match="déjà confirmé"):
            messages.thank(acting=holder(made), report_id=made.pk)
        actions.claim(acting=holder(made), report_id=made.pk, reason=ClaimReason.PARTLY)
    kinds = [step.kind for step in story(made.pk, contacts=False, notes=False).steps]
    assert kinds.count("report.thanked") == 2


def test_a_refusal_gets_no_thanks(city):
    made = report(city)
    actions.move(
        acting=city.member("administrator"),
        report_id=made.pk,
        to=Status.REJECTED,
        given=Given(outcome=Outcome.NOT_PLANNED, text="Pas prévu."),
    )
    with pytest.raises(Refused, match="pas encore réglé"):
        messages.thank(acting=holder(made), report_id=made.pk)


def test_code_of_one_report_does_nothing_on_another(city):
    mine, other = report(city), report(city)
    close(city, other)
    with pytest.raises(NotFound):
        actions.claim(acting=holder(mine), report_id=other.pk, reason=ClaimReason.NOT_DONE)
    with pytest.raises(NotFound):
        messages.write_to_service(acting=holder(mine), report_id=other.pk, text="Bonjour")


def test_reporter_takes_no_step_of_the_services(city):
    made = report(city)
    with pytest.raises(Refused):
        actions.move(acting=holder(made), report_id=made.pk, to=Status.DONE, given=DONE)
    with pytest.raises(Forbidden):
        messages.note(acting=holder(made), report_id=made.pk, text="x")


def test_second_agent_is_told_that_someone_acted(city):
    made = report(city)
    seen = made.seq
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)
    with pytest.raises(Conflict):
        actions.move(
            acting=city.member("referent"),
            report_id=made.pk,
            to=Status.DONE,
            given=DONE,
            seq=seen,
        )


def test_note_in_between_is_no_conflict(city):
    made = report(city)
    seen = made.seq
    messages.note(acting=city.member("phone"), report_id=made.pk, text="A rappelé.")
    moved = actions.move(
        acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS, seq=seen
    )
    assert moved.status == Status.IN_PROGRESS


@pytest.mark.row("P-11", "P-22")
def test_change_of_type_routes_again_from_when_it_was_received(city):
    made = report(city)
    corrections.change_type(
        acting=city.member("coordinator"), report_id=made.pk, type_code="nid-de-poule"
    )
    made.refresh_from_db()
    assert made.service == city.services["voirie"]
    assert made.due_at > made.received_at + timedelta(days=4)


def test_change_to_a_suggestion_is_refused(city):
    with pytest.raises(Invalid):
        corrections.change_type(
            acting=city.member("coordinator"), report_id=report(city).pk, type_code="idee-voirie"
        )


@pytest.mark.row("S4-03")
def test_report_without_a_place_is_given_one(city):
    made = report(city, at=None)
    corrections.relocate(
        acting=city.member("coordinator"), report_id=made.pk, lon=CENTRE[0], lat=CENTRE[1]
    )
    made.refresh_from_db()
    assert made.district.name == "Lille-Centre"
    assert made.is_located


def test_a_place_that_leads_to_another_service_takes_it_off_whoever_had_it_in_hand(city):
    made, technician = report(city), city.member("technician")
    actions.hand_over(
        acting=city.member("coordinator"),
        report_id=made.pk,
        service_id=city.services["voirie"].pk,
    )
    actions.move(acting=technician, report_id=made.pk, to=Status.IN_PROGRESS)
    corrections.relocate(acting=technician, report_id=made.pk, lon=CENTRE[0], lat=CENTRE[1])
    moved = Report.objects.get(pk=made.pk)
    assert (moved.service, moved.agent_id) == (city.services["proprete"], None)
    assert moved.due_at == made.due_at


def test_a_place_of_the_same_service_leaves_it_in_the_same_hands(city):
    made, coordinator = report(city), city.member("coordinator")
    actions.move(acting=coordinator, report_id=made.pk, to=Status.IN_PROGRESS)
    corrections.relocate(acting=coordinator, report_id=made.pk, lon=CENTRE[0], lat=CENTRE[1])
    assert Report.objects.get(pk=made.pk).agent_id == coordinator.user_id


def test_place_in_another_town_is_refused(city):
    made = report(city)
    with pytest.raises(Invalid, match="hors de la collectivité"):
        corrections.relocate(
            acting=city.member("coordinator"),
            report_id=made.pk,
            lon=HELLEMMES[0],
            lat=HELLEMMES[1],
        )


@pytest.mark.row("S0-53", "S0-54")
def test_district_hall_qualifies_as_urgent(city):
    made = report(city)
    corrections.prioritise(
        acting=city.member("district_hall"), report_id=made.pk, priority=Priority.URGENT
    )
    made.refresh_from_db()
    assert made.priority == Priority.URGENT


@pytest.mark.row("S0-06", "S2-13")
def test_message_waits_for_an_answer_until_an_agent_acts(city):
    made = report(city)
    messages.write_to_service(acting=holder(made), report_id=made.pk, text="Toujours rien ?")
    made.refresh_from_db()
    assert made.unanswered
    messages.write_to_reporter(
        acting=city.member("phone"), report_id=made.pk, text="Une équipe passe demain."
    )
    made.refresh_from_db()
    assert not made.unanswered


def test_pictures_after_are_told_from_those_before(city):
    before = store_picture(acting="reporter", content=photo(), name="a.jpg")
    made = report(city, pictures=(before.pk,))
    after = store_picture(acting="agent:1", content=photo(colour="red"), name="b.jpg")
    actions.declare_done(acting=city.member("crew_chief"), report_id=made.pk, pictures=(after.pk,))
    moments = {picture.file_id: picture.moment for picture in made.pictures.all()}
    assert moments == {before.pk: "before", after.pk: "after"}


@pytest.mark.row("L-02", "P-22")
def test_erasing_a_reporter_leaves_nothing_of_them(
    city, django_capture_on_commit_callbacks, settings
):
    picture = store_picture(acting="reporter", content=photo(), name="a.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        made = report(
            city,
            at=(3.0451234, 50.6304321),
            description="Chez Camille Dupré, au 12",
            address="12 rue Secrète",
            name="Camille Dupré",
            email="camille@exemple.fr",
            phone="0612345678",
            pictures=(picture.pk,),
        )
    messages.write_to_service(acting=holder(made), report_id=made.pk, text="Signé Dupré")
    messages.note(acting=city.member("phone"), report_id=made.pk, text="Mme Dupré rappelle")
    code = made.tracking_code
    with django_capture_on_commit_callbacks(execute=True):
        erased = erasure.erase_reporter(
            acting=city.member("administrator"), email="Camille@exemple.fr"
        )
    assert erased == 1
    assert not PersonalValue.objects.filter(stream_kind="report", stream_id=made.pk).exists()
    assert not StoredFile.objects.exists()
    made.refresh_from_db()
    assert (made.address, made.search, made.tracking_code == code) == ("", None, False)
    assert (made.lon, made.lat) == (3.045, 50.63)
    # What else would tell the house, or prove a guess of what was written.
    assert (made.quadkey, bytes(made.body_digest)) == (quadkey(3.045, 50.63), bytes(32))
    assert made.type.code == "sac-plein"
    assert verification.verify().faults == []


@pytest.mark.parametrize(
    "act",
    [
        lambda who, made: messages.write_to_service(acting=who, report_id=made.pk, text="Allô ?"),
        lambda who, made: contacts.leave_email(acting=who, report_id=made.pk, email="a@b.fr"),
        lambda who, made: contacts.stop_mails(acting=who, report_id=made.pk),
        lambda who, made: messages.thank(acting=who, report_id=made.pk),
    ],
)
def test_what_a_reporter_sends_while_the_report_is_erased_leaves_nothing(city, act):
    """Their page was open, and their code looked up, before the erasure took the report's row."""
    made = report(city)
    reporter = holder(made)
    erasure.erase_report(acting=city.member("administrator"), report_id=made.pk)
    with pytest.raises(NotFound):
        act(reporter, made)
    assert not PersonalValue.objects.filter(stream_kind="report", stream_id=made.pk).exists()


def test_erasing_asks_the_right_and_then_erases_all_or_none(city):
    report(city, email="camille@exemple.fr")
    with pytest.raises(Forbidden):
        erasure.erase_reporter(acting=city.member("coordinator"), email="camille@exemple.fr")
    assert PersonalValue.objects.filter(name="contact.email").exists()


@pytest.mark.row("S1-01")
def test_suggestion_ends_kept_with_a_reason(city):
    made = report(city, type_code="idee-voirie")
    referent = city.member("administrator")
    with pytest.raises(Invalid):
        actions.move(acting=referent, report_id=made.pk, to=Status.KEPT)
    actions.move(
        acting=referent, report_id=made.pk, to=Status.UNDER_STUDY, given=Given(text="À voir.")
    )
    actions.move(
        acting=referent, report_id=made.pk, to=Status.KEPT, given=Given(text="Prévu en mai.")
    )
    assert Report.objects.get(pk=made.pk).status == Status.KEPT


def test_every_step_is_one_entry(city):
    made = report(city)
    close(city, made)
    assert Entry.objects.filter(stream_kind="report", stream_id=made.pk).count() == 2
    made.refresh_from_db()
    assert made.seq == 2
