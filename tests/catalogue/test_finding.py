"""Types found by a person's own words."""

import pytest

from riverain.catalogue.facts import TypeSpec
from riverain.catalogue.finding import find

TYPES = [
    TypeSpec(code="bin", name="Poubelle constamment dehors", hint="Un bac sur le trottoir"),
    TypeSpec(code="bag", name="Sac plein, pas de sac", keywords=("poubelle", "corbeille")),
    TypeSpec(code="hole", name="Nid-de-poule", keywords=("trou", "chaussée abîmée")),
    TypeSpec(code="lamp", name="Lampadaire éteint", hint="Œil-de-bœuf, poubelle des ampoules"),
]


def codes(text):
    return [type_.code for type_ in find(TYPES, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("poubelle", ["bin", "bag", "lamp"]),
        ("POUBELLES", ["bin", "bag", "lamp"]),
        ("poub", ["bin", "bag", "lamp"]),
        ("corbeille pleine", ["bag"]),
        ("la chaussee est abimee", ["hole"]),
        ("l’éclairage du lampadaire", ["lamp"]),
        ("sacs pleins", ["bag"]),
        ("oeil de boeuf", ["lamp"]),
        ("trou dans la rue devant chez moi", ["hole"]),
        ("de la", []),
        ("", []),
        ("🕳 !?", []),
        ("girafe", []),
        ("elle", []),
    ],
)
def test_words_find_types_closest_first(text, expected):
    assert codes(text) == expected


def test_the_type_that_answers_more_of_the_words_comes_first():
    assert codes("poubelle sac")[0] == "bag"


def test_a_very_long_text_is_read_no_further_than_its_first_words():
    assert codes(" ".join(f"mot{number}" for number in range(50)) + " trou") == []
