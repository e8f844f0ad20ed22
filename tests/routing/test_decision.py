from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain import routing
from riverain.catalogue.facts import Counts, Deadline, Level, Priority, Unit
from riverain.core.refusals import Invalid
from riverain.organisation.facts import Calendar
from tests.routing.made import (
    NOON,
    a_type,
    area,
    collectivity,
    directory,
    partner,
    rule,
    service,
)

EVERYONE = directory(
    *(service(number) for number in range(1, 9)), partners=(partner(1), partner(2))
)
INTRA = area("sector", "intra-muros")


def decide(rules, *, areas=(), type_=None, held=EVERYONE, instant=NOON, town=None):
    return routing.decide(
        type_ or a_type(),
        rules=rules,
        areas=areas,
        instant=instant,
        directory=held,
        collectivity=town or collectivity(),
    )


TYPE = rule(1, Level.TYPE, 100, position=8)
CATEGORY = rule(2, Level.CATEGORY, 20, position=7)
FAMILY = rule(3, Level.FAMILY, 10, position=6)
DEFAULT = rule(4, position=5)


@pytest.mark.row("S0-52", "S1-09")
def test_the_closest_rule_wins_whatever_the_order_of_the_file():
    for rules in permutations([TYPE, CATEGORY, FAMILY, DEFAULT]):
        assert decide(rules).service_id == 1
    assert decide([DEFAULT, FAMILY, CATEGORY]).service_id == 2
    assert decide([DEFAULT, FAMILY]).service_id == 3
    assert decide([DEFAULT]).service_id == 4


@pytest.mark.row("S0-72")
def test_at_the_same_level_a_rule_for_the_place_goes_first():
    inside = rule(5, Level.FAMILY, 10, area=("sector", "intra-muros"), partner_id=1, position=9)
    assert decide([FAMILY, inside], areas=[INTRA]).partner_id == 1
    assert decide([FAMILY, inside], areas=[area("sector", "extra-muros")]).service_id == 3
    assert decide([FAMILY, inside]).service_id == 3
    # the same code, but of another kind of area
    assert decide([FAMILY, inside], areas=[area("district", "intra-muros")]).service_id == 3


def test_a_closer_rule_without_an_area_goes_before_a_wider_one_with_it():
    inside = rule(5, Level.FAMILY, 10, area=("sector", "intra-muros"))
    assert decide([inside, CATEGORY], areas=[INTRA]).service_id == 2


@pytest.mark.row("P-24")
def test_between_areas_of_a_kind_the_first_of_the_place_counts():
    """The locator gives them by precedence: a park before the street that runs through it."""
    park, street = area("contract_zone", "park"), area("contract_zone", "street")
    rules = [
        rule(5, area=("contract_zone", "street"), position=1),
        rule(6, area=("contract_zone", "park"), position=2),
    ]
    assert decide(rules, areas=[park, street]).service_id == 6
    assert decide(rules, areas=[street, park]).service_id == 5


def test_between_equal_rules_the_order_of_the_file_counts():
    rules = [
        rule(5, area=("district", "fives"), position=2),
        rule(6, area=("sector", "intra-muros"), position=1),
    ]
    chosen = decide(rules, areas=[area("district", "fives"), INTRA])
    assert (chosen.service_id, chosen.rule_position) == (6, 1)


def test_a_rule_written_with_the_old_code_of_an_area_goes_on_working():
    inside = rule(5, area=("sector", "centre"))
    renamed = area("sector", "intra-muros", former_codes=("centre",))
    assert decide([DEFAULT, inside], areas=[renamed]).service_id == 5


def test_rules_about_other_things_are_passed_over():
    others = [rule(5, Level.TYPE, 101), rule(6, Level.CATEGORY, 21), rule(7, Level.FAMILY, 11)]
    assert decide([*others, DEFAULT]).service_id == 4
    with_none = a_type(category_id=None, category=None)
    assert decide([CATEGORY, DEFAULT], type_=with_none).service_id == 4


def test_a_closed_or_foreign_or_unknown_service_is_passed_over():
    for first in (service(1, active=False), service(1, serves=(2,)), service(9)):
        assert decide([TYPE, DEFAULT], held=directory(first, service(4))).service_id == 4


def test_a_partner_that_has_left_gives_way_to_the_service_alone():
    sent = rule(4, partner_id=1)
    assert decide([sent]).partner_id == 1
    for gone in (partner(1, active=False), partner(1, serves=(2,)), partner(2)):
        chosen = decide([sent], held=directory(service(4), partners=(gone,)))
        assert (chosen.service_id, chosen.partner_id) == (4, None)


def test_without_a_rule_it_is_refused_in_a_sentence():
    for rules, held in [([], EVERYONE), ([DEFAULT], directory(service(4, active=False)))]:
        with pytest.raises(Invalid) as caught:
            decide(rules, held=held)
        assert (caught.value.code, caught.value.field) == ("unrouted", "type")
        assert "Sac plein" in str(caught.value)


@pytest.mark.row("P-31")
def test_a_dead_end_type_reaches_nobody():
    with pytest.raises(Invalid) as caught:
        decide([DEFAULT], type_=a_type(dead_end="Appelez le 03 00 00 00 31."))
    assert (caught.value.code, str(caught.value)) == ("dead-end", "Appelez le 03 00 00 00 31.")


@pytest.mark.row("S0-53", "S0-58", "S2-10")
def test_the_decision_says_what_is_promised_and_by_when():
    urgent = a_type(deadline=Deadline(2, Unit.HOURS), priority=Priority.URGENT)
    chosen = decide([DEFAULT], type_=urgent)
    assert chosen.priority is Priority.URGENT
    assert chosen.committed == Deadline(2, Unit.HOURS)
    assert (chosen.due_at - NOON).total_seconds() == 7200
    plain = decide([DEFAULT], town=collectivity(default_deadline_days=15))
    assert plain.committed == Deadline(15, Unit.DAYS, Counts.ELAPSED)
    assert (plain.due_at - NOON).days == 15


def test_working_days_are_those_of_the_service_that_receives():
    """One service works on Saturdays, the other does not."""
    saturdays = Calendar(weekdays=frozenset(range(6)))
    held = directory(service(1, calendar=saturdays), service(4))
    type_ = a_type(deadline=Deadline(3, Unit.DAYS, Counts.WORKING))
    assert decide([TYPE, DEFAULT], type_=type_, held=held).due_at.day == 21
    assert decide([DEFAULT], type_=type_, held=held).due_at.day == 23


@given(st.permutations([TYPE, CATEGORY, FAMILY, DEFAULT]), st.sets(st.integers(1, 4), max_size=3))
def test_what_is_left_of_the_rules_decides_alone(rules, closed):
    """Closing services never changes more than closing them does."""
    held = directory(*(service(number, active=number not in closed) for number in range(1, 5)))
    assert decide(rules, held=held).service_id == min({1, 2, 3, 4} - closed)
