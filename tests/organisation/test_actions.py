"""Services and partners: what may be written, by whom, and what the directory then says."""

import threading
from datetime import time

import pytest
from django.db import IntegrityError, connection, transaction

from riverain.audit.models import Entry, PersonalValue
from riverain.core import versions
from riverain.core.refusals import Conflict, Forbidden, Invalid
from riverain.organisation import actions, roles
from riverain.organisation.facts import Calendar
from riverain.organisation.models import Role, Service, ServiceCollectivity
from riverain.organisation.queries import directory
from tests.organisation.conftest import CLI, collectivity


def make(town, code="voirie", **changes):
    given = {"name": "Voirie", "collectivities": [town.lille], **changes}
    return actions.create_service(acting=CLI, code=code, **given)


def test_a_service_is_found_in_the_directory_with_all_that_a_resident_is_told(town):
    made = make(
        town,
        phone="03 20 49 50 00",
        email="Voirie@Lille.example",
        address="Place Augustin-Laurent, 59000 Lille",
        hours="du lundi au vendredi, de 8 h à 17 h",
        team_name="Équipe Centre",
        calendar=Calendar(frozenset({0, 5}), time(6), time(13, 30)),
    )
    facts = directory().service(made.pk)
    assert (facts.code, facts.name, facts.team_name) == ("voirie", "Voirie", "Équipe Centre")
    assert (facts.phone, facts.email) == ("03 20 49 50 00", "voirie@lille.example")
    assert facts.address == "Place Augustin-Laurent, 59000 Lille"
    assert facts.hours == "du lundi au vendredi, de 8 h à 17 h"
    assert facts.calendar == Calendar(frozenset({0, 5}), time(6), time(13, 30))
    assert facts.collectivity_ids == {town.lille.pk}
    assert facts.active


def test_the_directory_lists_what_is_active_in_a_town_by_name(town):
    def names(found):
        return [one.name for one in found]

    assert names(directory().services_of(town.lille.pk)) == [
        "Parcs et jardins", "Propreté publique", "Équipe Wazemmes",
    ]  # fmt: skip
    assert names(directory().services_of(town.hellemmes.pk)) == ["Propreté publique"]
    assert names(directory().services_of(town.caen.pk)) == []
    assert names(directory().partners_of(town.hellemmes.pk)) == ["Lilébo"]
    actions.update_service(acting=CLI, service=town.parks, is_active=False)
    assert "Parcs et jardins" not in names(directory().services_of(town.lille.pk))


def test_the_directory_is_read_once_until_something_changes(town, django_assert_num_queries):
    directory()
    with django_assert_num_queries(0):
        assert directory().service(town.parks.pk).name == "Parcs et jardins"
    actions.update_service(acting=CLI, service=town.parks, name="Nature en ville")
    assert directory().service(town.parks.pk).name == "Nature en ville"


def test_codes_are_unique_in_a_town_and_free_in_another(town):
    make(town, collectivities=[town.lille])
    make(town, collectivities=[town.caen])
    with pytest.raises(Conflict) as refusal:
        make(town, collectivities=[town.hellemmes, town.lille])
    assert refusal.value.field == "code"
    with pytest.raises(Conflict):
        actions.update_service(
            acting=CLI,
            service=Service.objects.get(code="voirie", collectivities=town.caen),
            collectivities=[town.caen, town.lille],
        )


def test_the_database_too_keeps_a_code_equal_to_its_services_and_unique_in_a_town(town):
    make(town, code="proprete", collectivities=[town.caen])
    for code, constraint in [
        ("autre", "organisation_service_same_code"),
        ("proprete", "organisation_service_code_once"),
    ]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            ServiceCollectivity.objects.create(
                service=town.cleaning, collectivity=town.caen, code=code
            )


@pytest.mark.parametrize("code", ["", "Voirie", "voi rie", "propreté", "-voirie", "v" * 41])
def test_a_code_that_would_not_fit_a_file_or_a_link_is_refused(town, code):
    with pytest.raises(Invalid) as refusal:
        make(town, code=code)
    assert refusal.value.field == "code"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 121),
        ("name", "Voirie\x00"),
        ("phone", "0" * 31),
        ("email", "voirie@lille"),
        ("email", "voirie@lille.example\nBcc: tous@lille.example"),
        ("email", "a@lille.example, b@lille.example"),
        ("address", "x" * 251),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_field(town, field, value):
    with pytest.raises(Invalid) as refusal:
        make(town, **{field: value})
    assert refusal.value.field == field
    assert not Service.objects.filter(code="voirie").exists()


@pytest.mark.parametrize(
    "hours",
    [
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"opens": time(9), "closes": time(9)},
    ],
)
def test_a_calendar_in_which_no_deadline_could_fall_due_cannot_be_made(hours):
    with pytest.raises(ValueError, match=r"calendar|weekdays"):
        Calendar(**hours)


def test_a_service_cannot_stand_under_itself_or_its_teams(town):
    for parent in (town.cleaning, town.team):
        with pytest.raises(Invalid) as refusal:
            actions.update_service(acting=CLI, service=town.cleaning, parent=parent)
        assert refusal.value.code == "cycle"


def test_a_team_serves_no_town_that_its_department_does_not_serve(town):
    with pytest.raises(Invalid) as refusal:
        actions.update_service(
            acting=CLI, service=town.team, collectivities=[town.lille, town.caen]
        )
    assert refusal.value.code == "beyond-parent"
    with pytest.raises(Invalid) as refusal:
        actions.update_service(acting=CLI, service=town.cleaning, collectivities=[town.hellemmes])
    assert refusal.value.code == "child-beyond"
    with pytest.raises(Invalid):
        make(town, parent=town.parks, collectivities=[town.hellemmes])


def test_moving_a_team_moves_its_subtree(town):
    actions.update_service(acting=CLI, service=town.team, parent=town.parks)
    assert directory().subtree(town.parks.pk) == {town.parks.pk, town.team.pk}
    assert directory().subtree(town.cleaning.pk) == {town.cleaning.pk}
    actions.update_service(acting=CLI, service=town.team, parent=None)
    assert directory().subtree(town.parks.pk) == {town.parks.pk}


def test_a_change_keeps_what_it_does_not_name(town):
    actions.update_service(acting=CLI, service=town.team, phone="03 20 00 00 00", hours="le matin")
    facts = directory().service(town.team.pk)
    assert (facts.name, facts.phone) == ("Équipe Wazemmes", "03 20 00 00 00")
    assert facts.parent_id == town.cleaning.pk
    actions.update_service(acting=CLI, service=town.team, phone="")
    assert directory().service(town.team.pk).hours == "le matin"


def test_a_service_or_partner_needs_a_town_and_a_partner_a_known_kind(town):
    with pytest.raises(Invalid):
        make(town, collectivities=[])
    with pytest.raises(Invalid) as refusal:
        actions.create_partner(
            acting=CLI, kind="ministry", code="x", name="X", collectivities=[town.lille]
        )
    assert refusal.value.field == "kind"


def test_only_who_manages_every_town_concerned_changes_a_service(town, admin):
    made = actions.create_service(
        acting=admin.label, code="voirie", name="Voirie", collectivities=[town.lille]
    )
    with pytest.raises(Forbidden):
        actions.create_service(
            acting=admin.label, code="eau", name="Eau", collectivities=[town.lille, town.caen]
        )
    # Serving Caen would give its members rights there; leaving Hellemmes would take some away.
    for service, towns in [(made, [town.lille, town.caen]), (town.cleaning, [town.lille])]:
        with pytest.raises(Forbidden):
            actions.update_service(acting=admin.label, service=service, collectivities=towns)
    with pytest.raises(Forbidden):
        actions.update_partner(acting=admin.label, partner=town.contractor, name="Autre")


def test_the_log_keeps_names_and_contacts_as_values_that_can_be_erased(town):
    made = actions.create_partner(
        acting=CLI,
        kind="shop",
        code="boucherie",
        name="Boucherie Dupont",
        collectivities=[town.lille],
        email="jean.dupont@demo.example",
    )
    entry = Entry.objects.get(stream_kind="partner", stream_id=made.pk)
    assert "upont" not in str(entry.payload)
    assert entry.payload["collectivities"] == [town.lille.pk]
    kept = PersonalValue.objects.filter(stream_kind="partner", stream_id=made.pk)
    assert dict(kept.order_by("name").values_list("name", "value")) == {
        "email": "jean.dupont@demo.example",
        "name": "Boucherie Dupont",
    }


def test_two_changes_at_once_never_close_a_loop(committed_db):
    """A under B and B under A, from two connections: the second waits, then sees the first."""
    lille = collectivity("lille", "LIL")
    pair = [
        actions.create_service(acting=CLI, code=code, name=code, collectivities=[lille])
        for code in ("a", "b")
    ]
    gate, refused = threading.Barrier(2), []

    def move(child, parent):
        gate.wait()
        try:
            actions.update_service(acting=CLI, service=child, parent=parent)
        except Invalid as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=move, args=(pair[0], pair[1])),
        threading.Thread(target=move, args=(pair[1], pair[0])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["cycle"]
    assert Service.objects.filter(parent__isnull=False).count() == 1


def test_a_reader_during_a_change_does_not_keep_the_old_rows_for_good(committed_db):
    """Another thread reads the directory while a change is not committed: what it then holds must
    not pass for the new version afterwards.
    """
    lille = collectivity("lille", "LIL")
    made = actions.create_service(acting=CLI, code="a", name="Avant", collectivities=[lille])
    seen = []

    def read():
        seen.append(directory().service(made.pk).name)
        connection.close()

    with transaction.atomic():
        actions.update_service(acting=CLI, service=made, name="Après")
        # Any reading of versions in here makes the whole process see the new one too early.
        versions.current("territory")
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert seen == ["Avant"]
    assert directory().service(made.pk).name == "Après"


def test_roles_are_installed_once_and_only_by_the_operator(db):
    with pytest.raises(Forbidden):
        roles.install_roles(acting="agent:1")
    assert not Role.objects.exists()
    roles.install_roles(acting=CLI)
    before = Entry.objects.filter(stream_kind="role").count()
    assert before == len(roles.DEFAULT_ROLES)
    Role.objects.filter(code="elected").update(name="Maire")
    roles.install_roles(acting=CLI)
    assert Role.objects.get(code="elected").name == "Élu"
    assert list(
        Entry.objects.filter(stream_kind="role").order_by("id").values_list("kind", flat=True)
    )[before:] == ["role.updated"]
