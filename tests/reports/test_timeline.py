"""A report's history from the log: the values of each class alone, and the pictures that its
entries tell of."""

from itertools import product

import pytest

from riverain.audit.models import Entry, PersonalValue
from riverain.reports import actions, erasure, messages, pictures, timeline
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Outcome, Status
from riverain.reports.models import Picture
from tests import town


@pytest.fixture
def told(city):
    """A report with a contact, an answer to a question, words and notes."""
    made = town.report(city, name="Camille", email="camille@exemple.fr", phone="0612345678")
    acting = city.member("coordinator")
    messages.note(acting=acting, report_id=made.pk, text="Entre nous.")
    messages.write_to_reporter(acting=acting, report_id=made.pk, text="Quel numéro ?")
    messages.write_to_service(acting=Reporter(made.pk), report_id=made.pk, text="Le douze.")
    actions.move(
        acting=acting,
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text="Fait.", note="Avec la benne."),
    )
    return made


@pytest.mark.parametrize(("contacts", "notes", "texts"), list(product([False, True], repeat=3)))
def test_only_the_values_of_the_classes_that_are_asked_for_are_read(told, contacts, notes, texts):
    values = PersonalValue.objects.filter(stream_kind="report", stream_id=told.pk)
    expected = {
        (one.seq, one.name, one.value)
        for one in values
        if (contacts if one.name.startswith("contact.") else texts)
        and (notes or one.name != "note")
    }
    story = timeline.story(told.pk, contacts=contacts, notes=notes, texts=texts)
    read = {(step.seq, *word) for step in story.steps for word in step.words.items()}
    assert read == expected
    assert {name for _seq, name, _value in read} >= ({"contact.email"} if contacts else set())


def test_each_step_is_its_entry_whole_but_for_its_commitments(told, django_assert_num_queries):
    with django_assert_num_queries(1):
        story = timeline.story(told.pk, contacts=True, notes=True)
    entries = Entry.objects.filter(stream_kind="report", stream_id=told.pk).order_by("seq")
    assert [(one.id, one.seq, one.kind, one.acting, one.at) for one in story.steps] == list(
        entries.values_list("id", "seq", "kind", "acting", "at")
    )
    for step, entry in zip(story.steps, entries, strict=True):
        gave = entry.payload.pop("personal", {})
        assert (step.said, step.gave) == (entry.payload, frozenset(gave))


def test_another_streams_values_are_not_read(city, told):
    other = town.report(city, description="Autre chose.")
    assert timeline.story(other.pk, contacts=True, notes=True).description == "Autre chose."
    assert timeline.story(other.pk + 1_000, contacts=True, notes=True).steps == ()


def test_whether_there_ever_was_an_address_outlives_it(city, told):
    assert timeline.story(told.pk, contacts=False, notes=False).had_email
    erasure.erase_report(acting=city.member("administrator"), report_id=told.pk)
    story = timeline.story(told.pk, contacts=False, notes=False)
    assert story.had_email
    assert not story.has_email
    bare = town.report(city, phone="0612345678", description="Sans adresse.")
    assert not timeline.story(bare.pk, contacts=True, notes=True).had_email


def test_whatever_brings_a_picture_says_so(city, django_assert_num_queries):
    """What no entry tells of is not looked for."""
    made = town.report(city, pictures=(city.picture(),))
    acting, reporter = city.member("coordinator"), Reporter(made.pk)
    one = {"report_id": made.pk}
    messages.write_to_service(acting=reporter, **one, text="Voici.", pictures=(city.picture(),))
    actions.declare_done(acting=acting, **one, pictures=(city.picture(), city.picture()))
    closing = Given(outcome=Outcome.DONE, text="Fait.", pictures=(city.picture(),))
    actions.move(acting=acting, **one, to=Status.DONE, given=closing)
    actions.claim(acting=reporter, **one, reason=ClaimReason.PARTLY, pictures=(city.picture(),))
    steps = timeline.story(made.pk, contacts=False, notes=False).steps
    held = Picture.objects.filter(report_id=made.pk).select_related("file")
    assert {step.seq for step in steps if step.said.get("pictures")} == {one.seq for one in held}
    assert len(held) == 6
    with django_assert_num_queries(1):
        found = pictures.pictures_of(made, steps)
        sizes = [(one.file.sha256, one.file.width) for one in found]
    assert found == list(held)
    assert sizes == [(one.file.sha256, one.file.width) for one in held]


def test_a_report_without_pictures_is_not_asked_for_any(city, told, django_assert_num_queries):
    steps = timeline.story(told.pk, contacts=False, notes=False).steps
    with django_assert_num_queries(0):
        assert pictures.pictures_of(told, steps) == []
