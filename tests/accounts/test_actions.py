"""Accounts are opened, changed and closed through actions, which the log tells of."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from riverain.accounts.actions import create_person, deactivate, set_password
from riverain.accounts.models import User
from riverain.audit.models import Entry, PersonalValue
from riverain.core.refusals import Conflict, Invalid, NotFound
from tests.accounts.conftest import PASSWORD

CLI = "system:cli"


def entries(user):
    return list(
        Entry.objects.filter(stream_kind="person", stream_id=user.pk)
        .order_by("seq")
        .values_list("kind", "acting")
    )


def make(email="ana@demo.example", name="Ana Silva", **more):
    return create_person(acting=CLI, email=email, name=name, **more)


def test_an_account_keeps_its_address_trimmed_and_in_lower_case(db):
    user = make("  Ana.Silva@Demo.Example ", "  Ana   Silva ")
    assert (user.email, user.name) == ("ana.silva@demo.example", "Ana Silva")
    assert user.is_active
    assert not user.has_usable_password()


def test_one_address_has_one_account_whatever_its_case(db):
    make("ana@demo.example")
    with pytest.raises(Conflict) as refusal:
        make("ANA@demo.example")
    assert refusal.value.field == "email"
    assert User.objects.count() == 1


def test_the_database_too_refuses_a_second_spelling(db):
    make("ana@demo.example")
    for email in ("ana@demo.example", "Ana@demo.example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email=email, name="Autre")


def test_the_log_holds_the_person_only_as_values_that_can_be_erased(db):
    user = make(password=PASSWORD)
    entry = Entry.objects.get(stream_kind="person", stream_id=user.pk)
    assert (entry.kind, entry.acting) == ("person.created", CLI)
    for secret in ("ana", "Silva", PASSWORD):
        assert secret not in str(entry.payload)
    kept = PersonalValue.objects.filter(stream_kind="person", stream_id=user.pk)
    assert dict(kept.order_by("name").values_list("name", "value")) == {
        "email": "ana@demo.example",
        "name": "Ana Silva",
    }


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Ana\x00", "Ana\x1b[31m"])
def test_a_name_that_could_not_be_shown_is_refused(db, name):
    with pytest.raises(Invalid) as refusal:
        make(name=name)
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    "password", ["court-13579", "qwerty123456", "123456789012", "ana@demo.example"]
)
def test_a_short_common_or_personal_password_is_refused(db, password):
    with pytest.raises(Invalid) as refusal:
        make(password=password)
    assert refusal.value.field == "password"
    assert not User.objects.exists()


def test_a_long_passphrase_with_spaces_and_accents_is_welcome(db):
    phrase = "À l’angle, le banc vert a été repeint en bleu " * 3
    user = make(password=phrase)
    assert authenticate(email=user.email, password=phrase) == user
    assert authenticate(email=user.email, password=phrase.strip()) is None


def test_a_new_password_replaces_the_old_one(ana):
    set_password(acting=ana.label, user=ana, password="un-autre-banc-repeint")
    assert authenticate(email=ana.email, password=PASSWORD) is None
    assert authenticate(email=ana.email, password="un-autre-banc-repeint") == ana
    assert entries(ana)[-1] == ("person.password-set", ana.label)


def test_a_refused_password_leaves_the_old_one(ana):
    with pytest.raises(Invalid):
        set_password(acting=ana.label, user=ana, password="court")
    assert authenticate(email=ana.email, password=PASSWORD) == ana


def test_a_closed_account_keeps_neither_password_nor_a_way_to_set_one(ana):
    deactivate(acting=CLI, user=ana)
    assert entries(ana)[-1] == ("person.deactivated", CLI)
    with pytest.raises(NotFound):
        set_password(acting=CLI, user=ana, password="un-autre-banc-repeint")
    User.objects.update(is_active=True)
    assert authenticate(email=ana.email, password=PASSWORD) is None


def test_closing_twice_records_once(ana):
    deactivate(acting=CLI, user=ana)
    deactivate(acting=CLI, user=ana)
    assert [kind for kind, _ in entries(ana)].count("person.deactivated") == 1


def test_an_account_that_is_gone_is_refused(ana):
    User.objects.filter(pk=ana.pk).delete()
    for act in (
        lambda: deactivate(acting=CLI, user=ana),
        lambda: set_password(acting=CLI, user=ana, password="un-autre-banc-repeint"),
    ):
        with pytest.raises(NotFound):
            act()
