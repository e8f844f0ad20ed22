"""Texts composed in linear time give what Unicode's own composition gives."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core import texts


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@given(st.text(max_size=30))
def test_any_text_is_composed_as_unicode_says(text):
    assert texts.composed(text) == nfc(text)


@pytest.mark.parametrize(
    "text",
    ["e\u0301", "à côté « pair »\u00a0: l’été", "\u1112\u1161\u11ab", "\u2126", "a\u0323\u0302"],
)
def test_letters_with_marks_become_one(text):
    assert texts.composed(text) == nfc(text)


def test_no_two_of_the_plain_signs_compose():
    plain = [sign for sign in map(chr, range(0x3000)) if texts._PLAIN.fullmatch(sign)]
    assert "é" in plain
    assert "’" in plain
    for first, second in itertools.product(plain, repeat=2):
        pair = first + second
        assert nfc(pair) == pair


def test_marks_past_thirty_on_one_letter_are_left_out():
    assert texts.composed("q" + "\u0323" * 50) == "q" + "\u0323" * texts.MOST_MARKS
