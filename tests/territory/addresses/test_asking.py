"""What a typed line may ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.territory.addresses.asking import MOST_READINGS, readings
from riverain.territory.addresses.facts import CommuneName

COMMUNES = (
    CommuneName("59350", "lille"),
    CommuneName("59298", "hellemmes lille"),
    CommuneName("05061", "gap"),
    CommuneName("85204", "saint christophe du ligneron"),
)


def said(text):
    return [(one.number, one.suffix, " ".join(one.words)) for one in readings(text, COMMUNES)]


@pytest.mark.parametrize(
    ("text", "number", "suffix", "street"),
    [
        ("12 rue Carnot", 12, "", "rue carnot"),
        ("12 bis, rue Carnot", 12, "bis", "rue carnot"),
        ("12bis rue Carnot", 12, "bis", "rue carnot"),
        ("12 B rue Carnot", 12, "b", "rue carnot"),
        ("12a1 rue Carnot", 12, "a1", "rue carnot"),
        ("n° 12 rue Carnot", 12, "", "rue carnot"),
        ("12-14 rue Carnot", 12, "", "rue carnot"),
        ("12 r carnot", 12, "", "rue carnot"),
        ("rue Carnot 12 ter", 12, "ter", "rue carnot"),
        ("Rue Carnot, 12", 12, "", "rue carnot"),
        ("8 mai 1945", 8, "", "mai 1945"),
        ("8 mai 1945", None, "", "8 mai 1945"),
        ("3 place du 8 mai 1945", 3, "", "place du 8 mai 1945"),
    ],
)
def test_a_reading_holds_number_and_street(text, number, suffix, street):
    assert (number, suffix, street) in said(text)


@pytest.mark.parametrize(
    ("text", "street", "code"),
    [
        ("12 rue Carnot Gap", "rue carnot", "05061"),
        ("12 rue Carnot 59260 Hellemmes", "rue carnot", "59298"),
        ("rue carnot hellemes", "rue carnot", "59298"),
        ("rue carnot saint-christophe-du-ligneron", "rue carnot", "85204"),
        ("rue carnot st christophe du ligneron", "rue carnot", "85204"),
        ("rue carnot lil", "rue carnot", "59350"),
    ],
)
def test_the_last_words_may_be_a_commune(text, street, code):
    assert any(
        " ".join(one.words) == street and code in one.communes for one in readings(text, COMMUNES)
    )


def test_a_street_named_after_a_commune_is_read_whole_too():
    assert (12, "", "rue de lille") in said("12 rue de Lille")


def test_a_postcode_is_no_part_of_the_street():
    assert {(one.postcode, " ".join(one.words)) for one in readings("rue Carnot 59000", ())} == {
        ("59000", "rue carnot")
    }


@pytest.mark.parametrize("text", ["", "   ", "59000", "???", "n°"])
def test_what_names_no_street_has_no_reading(text):
    assert readings(text, COMMUNES) == []


def test_a_word_is_open_until_the_commune_or_the_postcode_is_said():
    assert readings("rue carn", ())[0].is_open
    assert not readings("rue carnot 59000", ())[0].is_open


@given(st.text(max_size=200))
def test_whatever_is_typed_has_a_bounded_number_of_readings(text):
    found = readings(text, COMMUNES)
    assert len(found) <= MOST_READINGS
    assert all(one.words for one in found)
