"""An address left after the report, and taken back: once, by its holder, and gone for good."""

import pytest

from riverain.audit.models import Entry, PersonalValue
from riverain.audit.verification import verify
from riverain.core.refusals import Invalid, NotFound, Refused
from riverain.reports import contacts, erasure, timeline
from riverain.reports.acting import Reporter
from tests.town import report

EMAIL = "camille@exemple.fr"


def story(made):
    return timeline.story(made.pk, contacts=False, notes=False)


def test_address_left_afterwards_is_the_reporters(city):
    made = report(city)
    assert not story(made).has_email
    contacts.leave_email(acting=Reporter(made.pk), report_id=made.pk, email="Camille@EXEMPLE.fr ")
    assert timeline.email_of(made.pk) == "Camille@exemple.fr"
    assert story(made).has_email
    last = Entry.objects.filter(stream_kind="report", stream_id=made.pk).latest("seq")
    assert (last.kind, last.acting) == ("report.email_left", "reporter")
    assert "amille" not in str(last.payload)


@pytest.mark.parametrize("email", ["", "  ", "camille", "a@b"])
def test_what_is_no_address_is_refused(city, email):
    made = report(city)
    with pytest.raises(Invalid):
        contacts.leave_email(acting=Reporter(made.pk), report_id=made.pk, email=email)
    assert not story(made).has_email


def test_address_is_never_replaced_in_silence(city):
    made = report(city, email=EMAIL)
    with pytest.raises(Refused):
        contacts.leave_email(acting=Reporter(made.pk), report_id=made.pk, email="autre@exemple.fr")
    assert timeline.email_of(made.pk) == EMAIL


@pytest.mark.row("L-02")
def test_address_taken_back_is_erased_and_the_log_still_proves(city):
    made = report(city, email=EMAIL, phone="0612345678")
    contacts.stop_mails(acting=Reporter(made.pk), report_id=made.pk)
    contacts.stop_mails(acting=Reporter(made.pk), report_id=made.pk)
    assert timeline.email_of(made.pk) == ""
    assert not story(made).has_email
    assert PersonalValue.objects.filter(
        stream_kind="report", stream_id=made.pk, name="contact.phone"
    ).exists()
    assert story(made).description == "Le sac déborde devant l’école."
    entries = Entry.objects.filter(stream_kind="report", stream_id=made.pk)
    assert [entry.kind for entry in entries.order_by("seq")] == ["report.submitted", "erased"]
    made.refresh_from_db()
    assert made.seq == 2
    assert verify().faults == []


def test_address_may_come_back_after_it_was_taken_back(city):
    made = report(city, email=EMAIL)
    acting = Reporter(made.pk)
    contacts.stop_mails(acting=acting, report_id=made.pk)
    contacts.leave_email(acting=acting, report_id=made.pk, email="autre@exemple.fr")
    assert timeline.email_of(made.pk) == "autre@exemple.fr"
    assert story(made).has_email


@pytest.mark.row("L-02")
def test_address_left_afterwards_goes_with_the_report(city):
    made = report(city)
    contacts.leave_email(acting=Reporter(made.pk), report_id=made.pk, email=EMAIL)
    erasure.erase_reporter(acting=city.member("administrator"), email=EMAIL)
    assert not PersonalValue.objects.filter(stream_kind="report", stream_id=made.pk).exists()
    assert not story(made).has_email


def test_code_of_another_report_does_neither(city):
    made, other = report(city, email=EMAIL), report(city)
    for act in (
        lambda: contacts.stop_mails(acting=Reporter(other.pk), report_id=made.pk),
        lambda: contacts.leave_email(acting=Reporter(made.pk), report_id=other.pk, email=EMAIL),
    ):
        with pytest.raises(NotFound):
            act()
    assert timeline.email_of(made.pk) == EMAIL
