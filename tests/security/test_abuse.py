"""The product used against someone else: floods of mail, reports taken over, work undone."""

import uuid

import pytest
from django.test import Client

from riverain.core.refusals import Conflict, Invalid, NotFound, TooMany
from riverain.reports import actions, erasure, intake, messages, submission
from riverain.reports.acting import Reporter
from riverain.reports.lifecycle import ClaimReason
from riverain.reports.models import Report
from riverain.reports.rules import Contact, Draft
from tests import town
from tests.reports import importing

VICTIM = "victime@exemple.fr"


def admitted(client, *, email=VICTIM, city):
    return intake.admit(
        collectivity_id=city.lille.pk, address=client, contact=Contact(email=email), proof=""
    )


def test_a_stranger_does_not_fill_a_mailbox_from_many_places(city, monkeypatch):
    """Each report sends a receipt to an address that nobody proved to be their own."""
    monkeypatch.setattr(intake, "MAILED", 3)
    for number in range(3):
        admitted(f"203.0.113.{number}", city=city)
    for spelling in (VICTIM, "VICTIME@exemple.fr", "victime+autre@exemple.fr"):
        with pytest.raises(TooMany):
            admitted("198.51.100.1", email=spelling, city=city)
    assert admitted("198.51.100.1", email="autre@exemple.fr", city=city) is False


def test_reports_without_an_address_are_not_counted_as_one_persons(city, monkeypatch):
    monkeypatch.setattr(intake, "MAILED", 1)
    for number in range(4):
        assert admitted(f"203.0.113.{number}", email="", city=city) is False  # let in, unproved


def test_the_count_of_an_address_is_not_spent_by_who_is_refused_otherwise(city, monkeypatch):
    """Else a stranger past their own limit would go on shutting out the owner of the address."""
    monkeypatch.setattr(intake, "MAILED", 4)
    monkeypatch.setattr(intake, "UNPROVED", ((2, intake.HOUR),))
    for _ in range(2):
        admitted("203.0.113.7", city=city)
    for _ in range(5):
        with pytest.raises(TooMany):
            admitted("203.0.113.7", city=city)
    admitted("198.51.100.1", city=city)


def draft(city, **said):
    values = {
        "submission_id": uuid.uuid4(),
        "collectivity_id": city.lille.pk,
        "type_code": "sac-plein",
        "channel": "web",
        "description": "Le sac déborde.",
        **said,
    }
    return Draft(**values)


def test_an_identifier_that_someone_else_used_opens_nothing_of_theirs(city, client):
    theirs = submission.submit(
        acting=Reporter(),
        draft=draft(city, contact=Contact(email=VICTIM), description="Le secret."),
    ).report
    for other in (
        {"submission_id": theirs.submission_id},
        {"submission_id": theirs.submission_id, "description": "Le secret."},
    ):
        with pytest.raises(Conflict):
            submission.submit(acting=Reporter(), draft=draft(city, **other))
    answer = client.post(
        "/signaler/type/sac-plein",
        {"submission": str(theirs.submission_id), "description": "Autre chose"},
    )
    assert answer.status_code == 409
    assert theirs.tracking_code not in answer.content.decode()
    assert theirs.number not in answer.content.decode()


def test_an_agents_entry_is_not_taken_over_by_a_resident_nor_by_a_colleague(city):
    """The same identifier and the same words, by another way in."""
    said = draft(city, channel="phone", lon=town.WAZEMMES[0], lat=town.WAZEMMES[1])
    made = submission.submit(acting=city.member("front_desk"), draft=said).report
    with pytest.raises(Invalid):
        submission.submit(acting=Reporter(), draft=said)
    mine = Client()
    mine.force_login(city.people["coordinator"])
    assert mine.get(f"/agents/saisir/recu/{made.number}").status_code == 404


def test_the_identifier_of_an_imported_report_is_not_made_of_what_its_file_says(city):
    """It could else be taken before the import comes, which would then fail whole."""
    content = importing.text(importing.row("12"))
    importing.load(content)
    first = Report.objects.get()
    importing.load(content, town="hellemmes")
    second = Report.objects.exclude(pk=first.pk).get()
    assert first.external_id == second.external_id
    assert first.submission_id != second.submission_id


def test_words_that_come_while_a_report_is_erased_do_not_stay(city):
    """The code was looked up before; the words come after."""
    made = town.report(city)
    _report, holder = intake.look_up(address="203.0.113.7", code=made.tracking_code)
    erasure.erase_report(acting=city.member("administrator"), report_id=made.pk)
    for late in (
        lambda: messages.write_to_service(acting=holder, report_id=made.pk, text="C’est Camille"),
        lambda: messages.thank(acting=holder, report_id=made.pk, text="Signé Camille"),
        lambda: actions.claim(acting=holder, report_id=made.pk, reason=ClaimReason.BADLY),
    ):
        with pytest.raises(NotFound):
            late()
    made.refresh_from_db()
    assert made.seq == 2
