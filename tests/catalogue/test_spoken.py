"""Words as they compare: forms, spelling by ear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.catalogue import spoken


@pytest.mark.parametrize(
    "forms",
    [
        "poubelle poubelles poubele",
        "abimer abime abimes",
        "eclairer eclaire eclaires",
        "panneau panneaux",
        "feu feux",
        "rat rats",
        "dejection dejections",
        "deborde debordent debordait",
        "graf graff graffs",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({spoken.stem(form) for form in forms.split()}) == 1


def test_a_short_word_is_not_what_remains_of_a_longer_one():
    assert spoken.stem("pav") != spoken.stem("pave")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lampadaire", "lampadere"),
        ("encombrant", "encombran"),
        ("eclairage", "eclerage"),
        ("photo", "foto"),
        ("bouche", "bouch"),
        ("graffiti", "grafiti"),
        ("quartier", "kartier"),
        ("trottoir", "trotoir"),
    ],
)
def test_words_heard_alike_sound_alike(one, other):
    assert spoken.sound(one) == spoken.sound(other)


@pytest.mark.parametrize(("one", "other"), [("banc", "bois"), ("tag", "sac"), ("rat", "rue")])
def test_other_words_do_not(one, other):
    assert spoken.sound(one) != spoken.sound(other)


def test_words_without_accents_and_whatever_script():
    assert spoken.words("L’Œuvre, à 12 h : ÉTÉ_fini !") == [
        "l",
        "oeuvre",
        "a",
        "12",
        "h",
        "ete",
        "fini",
    ]
    assert spoken.words("حفرة كبيرة") == ["حفرة", "كبيرة"]


def test_what_tells_something():
    assert spoken.telling("Il n’y a plus de sacs dans la poubelle depuis 3 jours") == [
        "pas",
        "sacs",
        "poubelle",
    ]


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for word in spoken.telling(text):
        assert spoken.stem(word)
        assert isinstance(spoken.sound(word), str)
