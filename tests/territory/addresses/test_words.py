"""How names of streets compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.territory.addresses import words

LETTERS = st.text(alphabet="abcdeé èàçœ'’-.0123456789SABTEVDR", max_size=60)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("bd Gal de Gaulle", "Boulevard Général De Gaulle"),
        ("av. Jean-Jaurès", "AVENUE JEAN JAURES"),
        ("R. St Étienne", "rue saint etienne"),
        ("Pl. du 8 mai 1945", "Place du Huit Mai 1945"),
        ("fbg de Béthune", "Faubourg de Bethune"),
        ("fg. Béthune", "faubourg béthune"),
        ("ch des Sœurs", "Chemin des Soeurs"),
        ("chem des Soeurs", "chemin des sœurs"),
        ("ancien ch. d'Arras", "Ancien Chemin d’Arras"),
        ("all Ste-Marie", "Allée Sainte Marie"),
        ("rond-point des Postes", "Rond Point des Postes"),
        ("rpt des Postes", "Rond-point des Postes"),
        ("rue du 1er Mai", "rue du premier mai"),
        ("Cdt Dumont", "Commandant Dumont"),
        ("Esplanade du Mal Foch", "esplanade du maréchal foch"),
    ],
)
def test_two_ways_to_write_a_street_are_the_same_words(typed, written):
    assert words.plain(typed) == words.plain(written)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Rue Carnot", "carnot"),
        ("Avenue d’Arras", "arras"),
        ("Rue de la République", "republique"),
        ("Grande Rue", "grande rue"),
        ("Rue de la Cour", "cour"),
        ("Ancien chemin des Emeyères", "ancien emeyeres"),
        ("La Placette", "placette"),
        ("rue", "rue"),
        ("Rue du Faubourg de Béthune", "faubourg bethune"),
    ],
)
def test_the_core_is_what_tells_a_street_from_others(name, core):
    assert words.core(words.plain(name).split()) == core.split()


@given(st.text(max_size=400))
def test_whatever_is_typed_becomes_plain_words(text):
    plain = words.plain(text)
    assert plain.isascii()
    assert plain == plain.lower()
    assert all(word.isalnum() for word in plain.split())
    assert len(plain) <= 250


@given(LETTERS)
def test_what_is_plain_stays_as_it_is(text):
    """An import and a search agree, whoever wrote the name first: nothing expands twice."""
    once = words.plain(text)
    assert words.plain(once) == once


@given(LETTERS)
def test_a_name_that_has_words_has_a_core(text):
    said = words.plain(text).split()
    core = words.core(said)
    assert bool(core) == bool(said)
    assert set(core) <= set(said)


@given(LETTERS)
def test_case_and_accents_never_count(text):
    bare = text.replace("é", "e").replace("è", "e").replace("à", "a").replace("ç", "c")
    assert words.plain(text) == words.plain(bare.upper().replace("Œ", "OE"))


@pytest.mark.parametrize(
    ("typed", "known", "alike"),
    [
        ("carnot", "carnot", 1.0),
        ("carnto", "carnot", 1 - 1 / 6),
        ("jores", "jaures", 1 - 2 / 6),
        ("", "abc", 0.0),
        ("abc", "xyz", 0.0),
    ],
)
def test_likeness_counts_slips_over_the_longer_word(typed, known, alike):
    assert words.likeness(typed, known) == pytest.approx(alike)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_likeness_is_the_same_both_ways_and_between_0_and_1(one, other):
    alike = words.likeness(one, other)
    assert 0 <= alike <= 1
    assert alike == words.likeness(other, one)
    assert (alike == 1) == (one == other)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8), st.floats(0, 1))
def test_a_least_likeness_only_spares_work(one, other, least):
    whole = words.likeness(one, other)
    assert words.likeness(one, other, least) == (whole if whole >= least else 0)


@given(st.text("abcdefgh", min_size=5, max_size=10), st.data())
def test_a_word_and_its_slip_have_a_spelling_in_common(word, data):
    at = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    ]
    for slip in slips:
        assert set(words.spellings([slip])) & set(words.spellings([word]))


def test_titles_and_figures_have_no_spellings():
    assert words.spellings(["general", "8", "1945", "saint"]) == []


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [("baulevard", ["boulevard"]), ("avnue", ["avenue"]), ("carnot", []), ("ru", [])],
)
def test_a_slip_in_a_kind_is_still_that_kind(typed, kinds):
    assert words.kinds_like(typed) == kinds
