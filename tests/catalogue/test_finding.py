"""Types found by a person's own words."""

import time

import pytest

from riverain.catalogue.facts import Nature, TypeSpec
from riverain.catalogue.finding import Finder

TYPES = [
    TypeSpec(code="bin", name="Poubelle constamment dehors", hint="Un bac sur le trottoir"),
    TypeSpec(code="bag", name="Sac plein, pas de sac", keywords=("poubelle", "corbeille")),
    TypeSpec(code="hole", name="Nid-de-poule", keywords=("trou", "chaussée abîmée")),
    TypeSpec(code="wasp", name="Nid de frelons", keywords=("essaim",)),
    TypeSpec(code="lamp", name="Lampadaire éteint", hint="Œil-de-bœuf, poubelle des ampoules"),
    TypeSpec(code="lamp-day", name="Lampadaire allumé en plein jour", agents_only=True),
    TypeSpec(
        code="idea", name="Suggérer", nature=Nature.SUGGESTION, keywords=("idée", "corbeille")
    ),
    TypeSpec(code="thanks", name="Féliciter", nature=Nature.PRAISE, keywords=("merci", "bravo")),
]
GLOSSARY = {
    "réverbère": ("lampadaire",),
    "street light": ("lampadaire",),
    "trou": ("nid-de-poule",),
    "plus de lumière": ("lampadaire éteint",),
    "حفرة": ("nid-de-poule",),
}
FINDER = Finder(TYPES, GLOSSARY)


def codes(text, finder=FINDER):
    return [type_.code for type_ in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("poubelle", "bin"),
        ("POUBELLES !!", "bin"),
        ("corbeille pleine", "bag"),
        ("la chaussee est abimee", "hole"),
        ("chaussées abîmées", "hole"),
        ("l’éclairage du lampadaire", "lamp"),
        ("sacs pleins", "bag"),
        ("oeil de boeuf", "lamp"),
        ("trou dans la rue devant chez moi", "hole"),
        ("des corbeilles", "bag"),
        ("bravo", "thanks"),
        ("une idée pour la corbeille", "idea"),
    ],
)
@pytest.mark.row("S0-81", "S2-20")
def test_words_find_types_in_any_form(text, first):
    assert codes(text)[0] == first


DANGEROUS = [
    TypeSpec(code="play", name="Aire de jeux abîmée", keywords=("jeux", "bac à sable", "toboggan")),
    TypeSpec(
        code="needle",
        name="Seringues, verre",
        keywords=("aiguille",),
        hint="Un accident près des jeux",
        dangerous=True,
    ),
    TypeSpec(code="glass", name="Conteneur à verre"),
]


@pytest.mark.row("S0-22", "S0-53")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Seringues dans le bac à sable", "needle"),
        ("jeux cassés et seringue sur le toboggan", "needle"),
        # what another type is called too is no alarm, nor what only the explanation says
        ("conteneur à verre", "glass"),
        ("accident dans l’aire de jeux", "play"),
        # nor a word that is taken for it
        ("jeux, bac à sable, siringue", "play"),
    ],
)
def test_a_danger_that_is_named_goes_first_wherever_it_lies(text, first):
    assert codes(text, Finder(DANGEROUS, {}))[0] == first


@pytest.mark.parametrize(
    "text", ["de la", "", "🕳 !?", "girafe", "elle", "pas plus", "12", "\0", "’"]
)
def test_what_says_nothing_finds_nothing(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("poubele", "bin"),  # a doubled letter
        ("lampadère", "lamp"),  # by ear
        ("lanpadaire", "lamp"),
        ("corbeile", "bag"),
        ("corbielle", "bag"),  # two letters swapped
        ("lamapdiare", "lamp"),  # twice, in a long word
        ("frellons", "wasp"),
        ("lampad", "lamp"),  # the beginning
        ("corb", "bag"),
    ],
)
def test_typing_errors_and_beginnings_find_the_nearest_word(typed, code):
    assert codes(typed)[0] == code


def test_a_short_word_is_never_taken_for_another():
    assert codes("sec") == codes("bec") == []


def test_a_known_word_is_never_mistyped():
    """« plaque » is a word here, and not « place » with an error."""
    finder = Finder([TypeSpec(code="a", name="Plaque"), TypeSpec(code="b", name="Place")], {})
    assert codes("plaque", finder) == ["a"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("réverbère", "lamp"),
        ("reverberes", "lamp"),
        ("the street light is broken", "lamp"),
        ("plus aucune lumière", "lamp"),
        ("jamais de lumière", "lamp"),
        ("حفرة", "hole"),
    ],
)
def test_the_glossary_leads_to_the_words_of_the_catalogue(text, code):
    assert codes(text)[0] == code


def test_the_words_of_a_phrase_hardly_count_for_other_types():
    assert codes("nid de poule") == ["hole"]
    assert codes("nid de frelon") == ["wasp"]


def test_the_words_of_a_phrase_may_stand_apart():
    types = [
        TypeSpec(code="late", name="Poubelle dehors"),
        TypeSpec(code="full", name="Corbeille", keywords=("poubelle qui déborde",)),
    ]
    assert codes("la poubelle de la place déborde", Finder(types, {})) == ["full", "late"]


def test_the_type_that_answers_more_of_the_words_comes_first():
    assert codes("poubelle sac")[0] == "bag"


def test_types_that_answer_alike_come_in_the_catalogue_s_order():
    types = [TypeSpec(code=code, name="Banc cassé") for code in "dbca"]
    assert codes("banc", Finder(types, {})) == list("dbca")


def test_where_a_thing_is_counts_less_than_what_it_is():
    types = [
        TypeSpec(code="crossing", name="Passage piéton", keywords=("école",)),
        TypeSpec(code="tag", name="Tag", keywords=("mur",)),
    ]
    assert codes("à l’école il y a un tag", Finder(types, {}))[0] == "tag"


@pytest.mark.parametrize(
    "text",
    [
        "corbeille, merci d'avance",
        "merci de vider la corbeille",
        "la corbeille merci",
        "la corbeille svp merci beaucoup",
    ],
)
def test_a_polite_thank_you_is_no_praise(text):
    assert codes(text)[0] == "bag"
    assert "thanks" not in codes(text)


def test_what_is_not_offered_is_left_out():
    found = FINDER.find("lampadaire", among=lambda type_: not type_.agents_only)
    assert [type_.code for type_ in found] == ["lamp"]


def test_a_very_long_text_is_read_no_further_than_its_first_words():
    assert (
        codes(" ".join(f"girafe{letter * 9}" for letter in "abcdefghijklmnopqrstuvwxyz") + " trou")
        == []
    )


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a" + "\u0316\u0301" * 500_000, "e " * 500_000])
def test_a_text_of_a_megabyte_costs_no_more_than_its_beginning(text):
    begun = time.perf_counter()
    FINDER.find(text)
    assert time.perf_counter() - begun < 0.5


def test_an_empty_catalogue_finds_nothing():
    assert Finder([], GLOSSARY).find("trou") == []


def test_a_long_text_of_unknown_words_takes_a_few_milliseconds():
    """The costliest text: each of its words is compared with every word of the catalogue."""
    types = [
        TypeSpec(code=f"type-{number}", name=f"Objet{number} quelconque{number}")
        for number in range(60)
    ]
    finder, text = (
        Finder(types, GLOSSARY),
        " ".join(f"quelqonke{letter}x" for letter in "abcdefghijkl"),
    )
    spans = []
    for _try in range(20):
        begun = time.perf_counter()
        finder.find(text)
        spans.append(time.perf_counter() - begun)
    assert min(spans) < 0.02
