"""The colours, measured: WCAG 2.2 relative luminance, for every pair of tokens that is used."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "riverain/web/ui/static/ui"
TOKENS = (STYLES / "tokens.css").read_text()

# Words: 4.5 to 1 (WCAG 1.4.3). Each is set on the grounds that follow it.
WORDS = {
    "ink": ["paper", "surface", "sunk", "brand-soft", "done-soft", "soon-soft", "late-soft"],
    "ink-2": ["paper", "surface", "sunk", "brand-soft", "soon-soft", "late-soft", "land"],
    "brand": ["paper", "surface", "sunk", "brand-soft", "soon-soft", "done-soft"],
    "brand-deep": ["paper", "surface", "brand-soft", "soon-soft"],
    "on-brand": ["brand", "brand-deep"],
    "late": ["paper", "surface", "late-soft"],
    "soon": ["soon-soft", "surface"],
    "done": ["done-soft", "surface"],
    "wait": ["wait-soft", "surface"],
}
# What is not a word but must be seen: edges of fields, marks of choice, focus, pin (1.4.11).
SIGNS = {
    "edge": ["paper", "surface", "brand-soft"],
    "focus": ["paper", "surface", "sunk", "brand-soft"],
    "brand": ["surface", "paper"],
    "late": ["surface", "late-soft"],
    "pin": ["land"],
}


def tokens(scheme):
    pairs = re.findall(r"--([\w-]+): light-dark\((#[0-9a-fA-F]{6}), (#[0-9a-fA-F]{6})\)", TOKENS)
    return {name: (light, dark)[scheme] for name, light, dark in pairs}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.row("L-01")
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WORDS, 4.5), (SIGNS, 3.0)], ids=["words", "signs"])
def test_every_pair_of_colours_is_readable(pairs, least, scheme):
    found = tokens(scheme)
    weak = {
        f"{one} on {ground}": round(contrast(found[one], found[ground]), 2)
        for one, grounds in pairs.items()
        for ground in grounds
        if contrast(found[one], found[ground]) < least
    }
    assert weak == {}


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
