"""The colours, measured: WCAG 2.2 relative luminance, for every pair of tokens that is used."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.territory import colours
from riverain.territory.colours import contrast
from riverain.web.ui.gallery.reading import SIGNS, WORDS
from riverain.web.ui.theme import sheet

STYLES = Path(__file__).resolve().parents[2] / "riverain/web/ui/static/ui"
TOKENS = (STYLES / "tokens.css").read_text()

BASE, _mark, MORE = TOKENS.partition("@media (prefers-contrast: more)")


def tokens(scheme, text=BASE):
    pairs = re.findall(r"--([\w-]+): light-dark\((#[0-9a-fA-F]{6}), (#[0-9a-fA-F]{6})\)", text)
    return {name: (light, dark)[scheme] for name, light, dark in pairs}


@pytest.mark.row("L-01")
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WORDS, 4.5), (SIGNS, 3.0)], ids=["words", "signs"])
def test_every_pair_of_colours_is_readable(pairs, least, scheme):
    assert weak(tokens(scheme), pairs, least) == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_whoever_asks_for_more_contrast_gets_it(scheme):
    more = tokens(scheme) | tokens(scheme, MORE)
    assert weak(more, {"ink-2": WORDS["ink-2"], "ink": WORDS["ink"]}, 7.0) == {}
    assert weak(more, {"line": ["paper", "surface"], "edge": SIGNS["edge"]}, 3.0) == {}


def weak(found, pairs, least):
    """The pairs that cannot be read well, with their contrast."""
    return {
        f"{one} on {ground}": round(contrast(found[one], found[ground]), 2)
        for one, grounds in pairs.items()
        for ground in grounds
        if contrast(found[one], found[ground]) < least
    }


@pytest.mark.row("L-01")
@given(st.integers(0, 0xFFFFFF))
def test_every_colour_that_a_town_may_take_is_readable_in_both_schemes(number):
    colour = colours.nearest(f"#{number:06x}")
    text = sheet.__wrapped__(colour)
    for scheme in (0, 1):
        themed = tokens(scheme) | tokens(scheme, text)
        assert themed["brand"] == colour or scheme == 1
        assert weak(themed, WORDS, 4.5) == {}
        assert weak(themed, SIGNS, 3.0) == {}


def test_a_theme_changes_only_tokens_that_there_are():
    themed = tokens(0, sheet("#5a2d82"))
    assert themed.keys() == {"brand", "brand-deep", "on-brand", "brand-soft", "river"}
    assert themed.keys() <= tokens(0).keys()
    fallback = sheet("#5a2d82").split("@supports not")[1]
    assert dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", fallback)) == themed


def test_the_grounds_of_the_rule_are_those_of_the_pages():
    for scheme, grounds in enumerate((colours.LIGHT_GROUNDS, colours.DARK_GROUNDS)):
        found = tokens(scheme)
        used = {found[name] for name in WORDS["brand"] if name != "brand-soft"}
        assert used == set(grounds)


def test_a_contrast_is_computed_as_the_standard_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_older_browsers_get_the_light_scheme():
    fallback = TOKENS.split("@supports not")[1]
    assert dict(re.findall(r"--([\w-]+): (#[0-9a-fA-F]{6});", fallback)) == tokens(0)


def test_colours_stand_among_the_tokens_and_nowhere_else():
    for name in ("base.css", "components.css", "layouts.css"):
        text = (STYLES / name).read_text()
        # Print is black on white whatever the scheme.
        text = re.sub(r"@media print \{.*?\n\}", "", text, flags=re.DOTALL)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text) == [], name
