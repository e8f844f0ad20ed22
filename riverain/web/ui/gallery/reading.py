"""Properties and tokens, read from where they are declared: nothing here can fall out of step."""

import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from riverain.territory.colours import contrast
from riverain.web.ui import form_tags
from riverain.web.ui.templatetags import ui

STYLES: Final = Path(ui.__file__).parents[1] / "static" / "ui"
_COLOUR: Final = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_SIZE: Final = re.compile(r"--(s\d|t-\w+|round(?:-s)?|target|measure): ([^;]+);")
# Where a type lives is of no use to who writes a template.
_MODULES: Final = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])")

# The pairs that pages set words in, and the least that they need (WCAG 2.2, 1.4.3): the words on
# their left stand on each ground at their right. tests/ui/test_contrast.py measures them all.
WORDS: Final = {
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
SIGNS: Final = {
    "edge": ["paper", "surface", "brand-soft"],
    "focus": ["paper", "surface", "sunk", "brand-soft"],
    "brand": ["surface", "paper"],
    "late": ["surface", "late-soft"],
    "pin": ["land"],
}


@dataclass(frozen=True, slots=True)
class Prop:
    """A property of a tag. `default` is empty for one that must be given."""

    name: str
    kind: str
    default: str


@dataclass(frozen=True, slots=True)
class Look:
    """A colour on another, and the contrast of the two."""

    word: str
    ground: str
    ratio: float


def declared(name: str) -> tuple[str, list[Prop]]:
    """What a tag says of itself, and its properties."""
    tag: Any = getattr(ui, name, None) or getattr(form_tags, name)
    props = [
        Prop(
            name=given.name,
            kind=_MODULES.sub("", inspect.formatannotation(given.annotation)),
            default="" if given.default is inspect.Parameter.empty else repr(given.default),
        )
        for given in inspect.signature(tag).parameters.values()
        if given.name not in {"context", "content"}
    ]
    return inspect.getdoc(tag) or "", props


def colours() -> dict[str, tuple[str, str]]:
    """Every colour of the house: its light and its dark value."""
    text = (STYLES / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    return {name: (light, dark) for name, light, dark in _COLOUR.findall(text)}


def sizes() -> list[tuple[str, str]]:
    """Distances, sizes of words, radii: as they are written."""
    text = (STYLES / "tokens.css").read_text(encoding="utf-8")
    return _SIZE.findall(text)


def pairs() -> list[tuple[str, str, list[Look]]]:
    """Every pair that carries words, by name, as it looks in the light and in the dark scheme."""
    found = colours()
    return [
        (word, ground, [_look(found[word][scheme], found[ground][scheme]) for scheme in (0, 1)])
        for word, grounds in WORDS.items()
        for ground in grounds
    ]


def _look(word: str, ground: str) -> Look:
    return Look(word, ground, contrast(word, ground))
