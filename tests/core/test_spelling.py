"""How far two words are from each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core.spelling import slips


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [
        ("banc", "banc", 0),
        ("banc", "ban", 1),
        ("banc", "banca", 1),
        ("banc", "bamc", 1),
        ("banc", "bacn", 1),
        ("banc", "bnca", 2),
        ("banc", "tag", 3),
        ("", "tag", 3),
    ],
)
def test_distances_are_counted_up_to_the_limit(one, other, away):
    assert slips(one, other, 2) == away


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_a_distance_is_the_same_both_ways_and_nothing_for_the_same_word(one, other):
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)
