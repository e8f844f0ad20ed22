"""A report finds its town, district, service, deadline and number by itself, once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from riverain.audit import verification
from riverain.audit.models import Entry, PersonalValue
from riverain.core import clock
from riverain.core.refusals import Conflict, Forbidden, Invalid
from riverain.files.actions import store_picture
from riverain.reports import submission
from riverain.reports.acting import Reporter
from riverain.reports.models import Picture, Report
from riverain.reports.rules import (
    Contact,
    Draft,
    clean_draft,
    clean_email,
    clean_phone,
    clean_text,
)
from riverain.reports.submission import DeadEnd, Elsewhere, submit
from tests import town
from tests.town import CAEN, HELLEMMES, LOMME, NOWHERE, WAZEMMES, photo, report


def draft(city, **changes) -> Draft:
    values = {
        "submission_id": uuid.uuid4(),
        "collectivity_id": city.lille.pk,
        "type_code": "sac-plein",
        "channel": "web",
        "description": "Le sac déborde.",
        "lon": WAZEMMES[0],
        "lat": WAZEMMES[1],
    }
    return Draft(**values | changes)


@pytest.mark.row("S0-52", "S0-71", "S0-72", "S1-09", "S3-06")
def test_report_finds_district_sector_service_and_deadline(city):
    with clock.frozen(datetime(2026, 11, 23, 8, 30, tzinfo=UTC)):
        made = report(city)
    assert made.collectivity_id == city.lille.pk
    assert (made.district.name, made.sector.name) == ("Wazemmes", "Extra-muros")
    assert made.service == city.services["proprete"]
    assert made.due_at - made.received_at == timedelta(hours=24)


@pytest.mark.row("S0-55", "S0-57", "S0-58")
@pytest.mark.parametrize(("type_code", "hours"), [("sac-plein", 24), ("seringues", 2)])
def test_deadline_is_the_one_of_the_type(city, type_code, hours):
    made = report(city, type_code=type_code)
    assert made.due_at - made.received_at == timedelta(hours=hours)


@pytest.mark.row("S2-10")
def test_type_without_deadline_has_that_of_the_collectivity(city):
    with clock.frozen(datetime(2026, 6, 1, 8, 0, tzinfo=UTC)):
        made = report(city, type_code="poubelle-dehors")
    assert made.due_at == datetime(2026, 6, 16, 8, 0, tzinfo=UTC)


@pytest.mark.row("S0-03", "S4-13")
def test_smallest_collectivity_that_holds_the_point_receives(city):
    made = report(city, at=HELLEMMES)
    assert made.collectivity_id == city.hellemmes.pk
    assert made.number.startswith("HEL-")
    assert made.service == city.services["proprete"]


@pytest.mark.row("S0-04")
def test_point_in_a_town_with_its_own_tool_leads_there_with_all_that_was_said(city):
    with pytest.raises(Elsewhere) as refused:
        submit(
            acting=Reporter(),
            draft=draft(city, lon=LOMME[0], lat=LOMME[1], description="Sac plein & sale"),
        )
    assert refused.value.name == "Lomme et moi"
    assert "type=sac-plein" in refused.value.url
    assert "lat=50.63" in refused.value.url
    assert "texte=Sac%20plein%20%26%20sale" in refused.value.url
    assert not Report.objects.exists()


def test_point_nowhere_is_refused_and_says_whom_to_ask(city):
    with pytest.raises(Invalid, match="mairie de la commune") as refused:
        submit(acting=Reporter(), draft=draft(city, lon=NOWHERE[0], lat=NOWHERE[1]))
    assert refused.value.field == "place"


@pytest.mark.row("S1-07")
def test_report_without_a_place_waits_to_be_located_with_its_clock_running(city):
    made = report(city, at=None, address="devant la boulangerie")
    assert (made.quadkey, made.district_id) == (None, None)
    assert made.due_at > made.received_at
    assert made.service == city.services["proprete"]


@pytest.mark.row("P-31", "S1-10")
def test_dead_end_type_makes_no_report_and_says_who_does_it(city):
    with pytest.raises(DeadEnd, match="La Métropole ramasse"):
        submit(acting=Reporter(), draft=draft(city, type_code="encombrants"))
    assert not Report.objects.exists()


@pytest.mark.row("P-31")
def test_type_for_agents_is_refused_to_a_resident_and_open_to_an_agent(city):
    wanted = draft(city, type_code="constat", channel="phone")
    with pytest.raises(Invalid, match="réservé aux agents"):
        submit(acting=Reporter(), draft=replace(wanted, channel="web"))
    made = submit(acting=city.member("phone"), draft=wanted).report
    assert made.channel == "phone"


@pytest.mark.row("S0-79", "S2-01", "S3-02", "S4-02")
@pytest.mark.parametrize(
    "channel",
    ["phone", "desk", "letter", "email", "social", "elected", "meeting", "field", "connected"],
)
def test_agent_enters_what_came_by_any_channel(city, channel):
    made = submit(acting=city.member("front_desk"), draft=draft(city, channel=channel)).report
    assert made.channel == channel


@pytest.mark.parametrize("channel", ["phone", "desk", "elected", "", "fax"])
def test_resident_cannot_claim_an_agents_channel(city, channel):
    with pytest.raises(Invalid, match="canal"):
        submit(acting=Reporter(), draft=draft(city, channel=channel))


@pytest.mark.parametrize("role", ["elected", "contractor", "landlord", "network", "validator"])
def test_who_may_not_enter_reports_is_refused(city, role):
    with pytest.raises(Forbidden):
        submit(acting=city.member(role), draft=draft(city, channel="desk"))


def test_agent_of_another_town_enters_nothing_here(city):
    with pytest.raises(Forbidden):
        submit(
            acting=city.member("front_desk"),
            draft=draft(city, channel="desk", lon=CAEN[0], lat=CAEN[1]),
        )


def test_unknown_and_retired_types_are_refused(city):
    with pytest.raises(Invalid, match="ne propose pas"):
        submit(acting=Reporter(), draft=draft(city, type_code="soucoupe"))


def test_required_question_is_asked_for(city):
    with pytest.raises(Invalid) as refused:
        submit(acting=Reporter(), draft=draft(city, type_code="depot"))
    assert refused.value.field == "nature"


def test_answers_are_kept_with_the_words(city):
    made = report(city, type_code="depot", answers={"nature": ["gravats"]})
    said = PersonalValue.objects.get(stream_id=made.pk, name="answers")
    assert said.value == '{"nature": "gravats"}'


@pytest.mark.row("S1-08", "S3-05")
def test_pictures_become_visible_with_the_report(city):
    files = [store_picture(acting="reporter", content=photo(), name="a.jpg") for _ in range(4)]
    made = report(city, pictures=tuple(file.pk for file in files))
    assert [picture.file_id for picture in made.pictures.all()] == [file.pk for file in files]
    assert all(picture.from_reporter for picture in made.pictures.all())


def test_five_pictures_are_too_many(city):
    with pytest.raises(Invalid, match="Quatre photos"):
        report(city, pictures=tuple(uuid.uuid4() for _ in range(5)))


def test_picture_of_another_report_is_not_taken(city):
    file = store_picture(acting="reporter", content=photo(), name="a.jpg")
    report(city, pictures=(file.pk,))
    with pytest.raises(Conflict):
        report(city, pictures=(file.pk,))
    assert Picture.objects.count() == Report.objects.count() == 1


def test_words_or_a_picture_are_needed(city):
    with pytest.raises(Invalid) as refused:
        submit(acting=Reporter(), draft=draft(city, description="   "))
    assert refused.value.field == "description"


def test_same_submission_again_is_the_same_report(city):
    once = draft(city)
    first = submit(acting=Reporter(), draft=once)
    again = submit(acting=Reporter(), draft=once)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.report.pk == first.report.pk
    assert Report.objects.count() == 1
    assert Entry.objects.filter(stream_kind="report").count() == 1


def test_same_identifier_with_another_body_is_refused(city):
    once = draft(city)
    submit(acting=Reporter(), draft=once)
    with pytest.raises(Conflict):
        submit(acting=Reporter(), draft=replace(once, description="Autre chose."))


def test_same_identifier_in_two_towns_is_two_reports(city):
    once = draft(city)
    first = submit(acting=Reporter(), draft=once).report
    other = submit(
        acting=Reporter(), draft=replace(once, lon=HELLEMMES[0], lat=HELLEMMES[1])
    ).report
    assert first.pk != other.pk


def test_numbers_follow_each_other_in_a_town_and_year(city):
    with clock.frozen(datetime(2025, 12, 31, 22, 30, tzinfo=UTC)):
        first, second = report(city), report(city)
    with clock.frozen(datetime(2025, 12, 31, 23, 30, tzinfo=UTC)):
        new_year = report(city)  # half past midnight in Lille
    assert [made.number for made in (first, second, new_year)] == [
        "LIL-2025-000001",
        "LIL-2025-000002",
        "LIL-2026-000001",
    ]


def test_log_holds_no_word_of_the_reporter(city):
    made = report(
        city, description="Mon voisin Paul", email="camille@exemple.fr", phone="06 12 34 56 78"
    )
    payload = str(Entry.objects.get(stream_kind="report", stream_id=made.pk).payload)
    for secret in ("Paul", "camille", "612345678", "rue des Postes", made.tracking_code):
        assert secret not in payload
    assert verification.verify().faults == []


def test_one_job_for_each_subscriber_goes_with_the_transaction(city):
    before = ProcrastinateJob.objects.count()
    made = report(city)
    (job,) = ProcrastinateJob.objects.order_by("-id")[: ProcrastinateJob.objects.count() - before]
    entry = Entry.objects.get(stream_kind="report", stream_id=made.pk)
    assert job.args == {"entry_id": entry.pk, "subscriber": "notifications"}


def test_refused_submission_leaves_nothing(city):
    entries, jobs = Entry.objects.count(), ProcrastinateJob.objects.count()
    with pytest.raises(Conflict):
        report(city, pictures=(uuid.uuid4(),))
    assert not Report.objects.exists()
    assert (Entry.objects.count(), ProcrastinateJob.objects.count()) == (entries, jobs)


def test_eight_senders_of_one_submission_make_one_report(committed_db):
    city = town.build()
    once = draft(city)

    def send(_number):
        try:
            return submission.submit(acting=Reporter(), draft=once).report.tracking_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        codes = set(pool.map(send, range(8)))
    assert len(codes) == 1
    assert Report.objects.count() == 1


def test_report_without_proof_is_routed_but_waits_for_a_look(city):
    made = report(city, proved=False)
    assert made.service_id
    assert made.looked_at is False


# What may be typed


@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_refused(text):
    try:
        cleaned = clean_text(text, field_name="x", longest=200)
    except Invalid:
        return
    assert "\x00" not in cleaned
    assert "\u202e" not in cleaned
    assert clean_text(cleaned, field_name="x", longest=200) == cleaned


@given(st.text(max_size=60))
def test_any_phone_is_digits_or_refused(text):
    try:
        cleaned = clean_phone(text)
    except Invalid:
        return
    assert cleaned == "" or cleaned.lstrip("+").isdigit()


@pytest.mark.parametrize(
    "typed", ["06 12 34 56 78", "06.12.34.56.78", "+33 6 12 34 56 78", "0033612345678"]
)
def test_french_phone_is_one_number_however_typed(typed):
    assert clean_phone(typed) == "+33612345678"


@pytest.mark.parametrize(
    "typed", ["camille", "camille@", "a@b", "a b@c.fr", "a@c.fr\nBcc: x@y.fr", "é" * 300]
)
def test_bad_email_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        clean_email(typed)
    assert refused.value.field == "email"


def test_draft_of_long_text_says_how_long(city):
    with pytest.raises(Invalid, match="4001"):
        clean_draft(draft(city, description="a" * 4001, contact=Contact()))


def test_half_a_position_is_refused(city):
    with pytest.raises(Invalid, match="incomplète"):
        clean_draft(draft(city, lat=None))
