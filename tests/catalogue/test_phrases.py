"""What residents type finds the right type of the demo catalogue."""

import sys
from importlib import resources
from pathlib import Path

import pytest
import yaml

from riverain.catalogue import glossary, reading, spoken
from riverain.catalogue.finding import Finder

SPEC = reading.read(
    resources.files("riverain.site.demo").joinpath("catalogue.yaml").read_bytes()
).spec
FINDER = Finder(SPEC.types, glossary.shipped())
SETS = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))

FIRST, AMONG_THREE = 0.85, 0.95


def for_residents(text):
    found = FINDER.find(text, among=lambda type_: not type_.agents_only)
    return [type_.code for type_ in found]


@pytest.mark.parametrize("name", ["held", "tuned"])
@pytest.mark.row("S0-81", "S2-20")
def test_what_people_type_finds_the_type_that_they_mean(name):
    """The misses and the figures are printed: pytest -rP."""
    asked = [(phrase, code) for code, phrases in SETS[name].items() for phrase in phrases]
    found = {phrase: for_residents(phrase)[:3] for phrase, _code in asked}
    missed = [(phrase, code) for phrase, code in asked if found[phrase][:1] != [code]]
    far = [(phrase, code) for phrase, code in missed if code not in found[phrase]]
    first, among_three = (1 - len(some) / len(asked) for some in (missed, far))
    lines = [f"{phrase!r} is {code}; found: {found[phrase]}" for phrase, code in missed]
    lines.append(f"{name}: {len(asked)} phrases, {first:.1%} first, {among_three:.1%} among three")
    sys.stdout.write("\n".join(lines))
    assert len(asked) >= 180
    assert first >= FIRST
    assert among_three >= AMONG_THREE


def test_no_phrase_is_in_both_sets_and_each_is_of_a_type_that_residents_are_offered():
    held, tuned = ({p for phrases in SETS[name].values() for p in phrases} for name in SETS)
    assert not held & tuned
    offered = {type_.code for type_ in SPEC.types if not type_.agents_only}
    assert set(SETS["held"]) | set(SETS["tuned"]) <= offered


def test_every_entry_of_the_glossary_leads_somewhere():
    """A meaning that no type of the demo says is a slip of the pen."""
    plain = Finder(SPEC.types, {})
    lost = [
        (said, meant)
        for said, means in glossary.shipped().items()
        for meant in means
        if not spoken.telling(said) or not plain.find(meant)
    ]
    assert not lost
