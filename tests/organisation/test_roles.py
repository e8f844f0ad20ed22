"""The roles of the field: what each may, and above all may not do."""

import pytest

from riverain.accounts.permissions import Permission as May
from riverain.organisation.roles import DEFAULT_ROLES
from riverain.organisation.rules import NEVER_FOR_PARTNERS, Scope

ROLES = {role.code: role for role in DEFAULT_ROLES}


def holders(permission):
    return {role.code for role in DEFAULT_ROLES if permission in role.permissions}


@pytest.mark.row("S0-49", "S0-50", "S0-64", "S0-65")
def test_coordinators_and_crew_chiefs_close_and_field_agents_do_not():
    assert holders(May.CLOSE) == {
        "coordinator", "crew_chief", "referent", "deputy", "validator", "administrator",
    }  # fmt: skip


@pytest.mark.row("S0-43", "S0-44", "S4-01")
def test_who_proposes_a_rejection_does_not_decide_it_alone():
    assert holders(May.REJECT) == {"referent", "deputy", "validator", "administrator"}
    assert {"coordinator", "technician", "crew_chief"} <= holders(May.PROPOSE_REJECTION)


@pytest.mark.row("S0-54", "S0-60")
def test_district_halls_qualify_priority_in_their_area_and_enter_for_residents():
    hall = ROLES["district_hall"]
    assert hall.scope is Scope.AREA
    assert {May.PRIORITISE, May.ENTER_REPORTS, May.READ_FIGURES} <= hall.permissions


@pytest.mark.row("S0-61", "S0-62", "S0-84", "S3-02")
def test_every_channel_of_the_town_enters_reports():
    assert {
        "front_desk", "phone", "field_agent", "technician", "district_hall", "territory_director",
    } <= holders(May.ENTER_REPORTS)  # fmt: skip


@pytest.mark.row("S0-66", "S0-67", "S0-68", "S4-11")
def test_outside_bodies_declare_work_done_and_read_no_contact():
    for code in ("contractor", "landlord", "network"):
        role = ROLES[code]
        assert role.scope is Scope.PARTNER
        assert May.DECLARE_DONE in role.permissions
        assert not role.permissions & NEVER_FOR_PARTNERS
        assert May.CLOSE not in role.permissions


@pytest.mark.row("S0-70", "S2-07")
def test_elected_officials_read_reports_and_figures_and_nothing_personal():
    assert ROLES["elected"].permissions == {May.READ_REPORTS, May.READ_FIGURES}


def test_contacts_are_read_only_by_those_who_answer_residents():
    assert {role.code for role in DEFAULT_ROLES} - holders(May.READ_CONTACTS) == {
        "field_agent", "crew_chief", "elected", "contractor", "landlord", "network",
    }  # fmt: skip
    assert holders(May.WRITE_TO_REPORTER) == holders(May.READ_CONTACTS)


@pytest.mark.row("S2-05", "S2-18")
def test_a_territory_director_sends_on_what_goes_beyond_a_service():
    director = ROLES["territory_director"]
    assert director.scope is Scope.AREA
    assert {May.HAND_OVER, May.TRANSFER} <= director.permissions


def test_a_deputy_may_all_that_the_referent_may():
    assert ROLES["deputy"].permissions == ROLES["referent"].permissions


@pytest.mark.row("S0-69", "S2-03")
def test_only_the_administrator_erases_manages_and_reads_the_trail():
    for permission in (
        May.ERASE, May.MANAGE_CATALOGUE, May.MANAGE_PEOPLE, May.MANAGE_TERRITORY, May.READ_TRAIL,
    ):  # fmt: skip
        assert holders(permission) == {"administrator"}
    assert ROLES["administrator"].permissions == set(May)
