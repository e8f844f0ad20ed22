"""What the people of the demo say: it fits the catalogue, names nobody, and is typeset. Pure."""

import re
import string
from collections import Counter
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from riverain.catalogue.rules import check_answers
from riverain.reports.models import Channel
from riverain.site.demo import people, scenes, voices
from tests.site.test_demo_plan import BOOK, TYPES, cases, reports  # noqa: F401 - fixtures

VOICES = voices.read()
SUBJECTS = (*BOOK.subjects, *BOOK.market, *BOOK.suggestions, *BOOK.praise)
SENTENCES = [
    *(told.text for subject in SUBJECTS for told in subject.tellings),
    *(text for subject in SUBJECTS for text in subject.short),
    *(text for group in VOICES.endings.values() for text in group),
    *(text for group in VOICES.phrases.values() for text in group),
]
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.type_code)
def test_what_is_said_fits_the_catalogue(subject):
    type_ = TYPES[subject.type_code]
    assert type_.makes_reports
    assert type_.agents_only == subject.agents_only
    assert len(subject.season) == 12
    for telling in subject.tellings:
        assert telling.scene in {"", *scenes.SCENES}
        assert telling.months <= set(range(1, 13))
        check_answers(type_, telling.answers)
        slots = {name for _text, name, _format, _turn in string.Formatter().parse(telling.text)}
        assert slots <= {None, "ou", "depuis"}


def test_every_drawing_is_of_something_that_is_said():
    said = {told.scene for subject in SUBJECTS for told in subject.tellings}
    assert set(scenes.SCENES) == said - {""}


@pytest.mark.parametrize("text", SENTENCES)
def test_the_words_are_typeset(text):
    assert "'" not in text
    assert "..." not in text
    assert not re.search(r"[^\u00a0][?!;:»]", text.replace("\u202f", "\u00a0"))
    assert text == text.strip()


def test_nobody_is_named(reports):  # noqa: F811 - the fixture
    names = {*VOICES.last_names, *(one.name.split()[-1] for one in people.PEOPLE)}
    # Both are words as well.
    names -= {"Petit", "Caron"}
    found = re.compile(r"\b(" + "|".join(sorted(names)) + r")\b")
    assert [one.text for one in reports if found.search(one.text)] == []


def test_no_two_neighbours_speak_alike(reports):  # noqa: F811 - the fixture
    texts = Counter(one.text for one in reports)
    assert len(texts) > len(reports) * 0.6
    lengths = sorted(len(one.text) for one in reports)
    assert lengths[len(lengths) // 10] < 40
    assert lengths[-len(lengths) // 50] > 200


def test_the_photo_shows_what_is_said(reports):  # noqa: F811 - the fixture
    begun = [
        (told.text.partition("{")[0], told.scene)
        for subject in BOOK.subjects
        for told in subject.tellings
    ]
    alike = Counter(begins for begins, _scene in begun)
    by_text = {begins: scene for begins, scene in begun if len(begins) > 12 and alike[begins] == 1}
    checked = 0
    for case in reports:
        for begins, scene in by_text.items():
            if case.scene and case.text.startswith(begins):
                assert case.scene == scene
                checked += 1
    assert checked > 100


def test_some_mistype_and_some_write_in_their_own_language(reports):  # noqa: F811 - the fixture
    own = [one for one in reports if not one.enters]
    lower = sum(one.text == one.text.lower() for one in own)
    assert 0.003 < lower / len(own) < 0.05
    foreign = {
        text
        for by_language in VOICES.foreign.values()
        for texts in by_language.values()
        for text in texts
    }
    wrote = [one for one in own if one.text in foreign]
    assert 0.01 < len(wrote) / len(own) < 0.03
    assert {one.language for one in wrote} == {"en", "fr"}
    assert all(one.language == "fr" for one in own if one.text not in foreign)


@pytest.mark.parametrize("slip", range(40))
def test_a_slip_leaves_something_to_read(slip):
    text = voices._slipped("Un matelas est posé devant l’école.", Random(slip))
    assert text
    assert len(text) >= len("un matelas est posé devant l’école") - 1


def test_what_an_agent_enters_says_how_it_came():
    subject = BOOK.subjects[0]
    moment = voices.Moment(local=NOON, channel=Channel.PHONE, entered=True, stormy=False)
    said = voices.say(VOICES, subject, subject.tellings[0], moment, Random(1))
    assert any(said.text.startswith(words) for words in VOICES.openings["téléphone"])
