"""Which typed addresses stand for one point: the rule."""

from dataclasses import replace

import pytest

from riverain.territory.addresses.facts import Exactness, Found
from riverain.territory.addresses.locating import clear_among

HOUSE = Found("12 Rue Carnot", "59000 Lille", 3.05, 50.63, Exactness.HOUSE, 0.98)


def other(**values):
    return replace(HOUSE, **{"lon": 3.07, "score": 0.95, **values})


def test_one_house_that_nothing_speaks_against_is_clear():
    assert clear_among([HOUSE]) is HOUSE
    assert clear_among([HOUSE, other(score=0.89)]) is HOUSE


def test_two_houses_nearly_as_good_are_not_clear():
    assert clear_among([HOUSE, other()]) is None


def test_two_answers_for_one_place_are_clear():
    assert clear_among([HOUSE, other(lon=3.0505)]) is HOUSE


@pytest.mark.parametrize(
    "found",
    [
        replace(HOUSE, exactness=Exactness.STREET),
        replace(HOUSE, score=0.84),
        replace(HOUSE, exactness=Exactness.NEAR, near="23"),
        replace(HOUSE, exactness=Exactness.NEAR, near="1 bis"),
    ],
)
def test_a_street_a_guess_and_a_number_too_far_are_not_clear(found):
    assert clear_among([found]) is None


@pytest.mark.parametrize("near", ["2", "14 bis", "22"])
def test_a_neighbour_of_the_number_is_clear(near):
    found = replace(HOUSE, exactness=Exactness.NEAR, near=near)
    assert clear_among([found]) is found


def test_no_answer_is_not_clear():
    assert clear_among([]) is None
