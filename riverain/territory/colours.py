"""A town's colour: whether it can be read, and the shades that pages make of it. Pure.

Pages set words in the town's colour on paper, and white words on it; in the dark scheme the same
colour is made light. One colour is chosen, the others are computed here, so that every pair that
the pages use keeps 4.5 to 1 (WCAG 2.2, 1.4.3) whatever the town likes.

Shades are made in OKLCH (B. Ottosson, 2020), where a step of lightness looks the same in every hue.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LEAST: Final = 4.5
# Edges and marks that are no words (WCAG 2.2, 1.4.11).
LEAST_SIGN: Final = 3.0

# The grounds on which the town's colour carries words, from the tokens of web/ui. The darkest of
# the light ones and the lightest of the dark ones decide; tests/ui hold them to the style sheet.
LIGHT_GROUNDS: Final = ("#ffffff", "#f7f5f0", "#efece4", "#fff1dc", "#e4f4ea")
DARK_GROUNDS: Final = ("#162228", "#0e171b", "#0a1215", "#45290a", "#123a22")
# What stands on the soft shade of the colour: words, quieter words, and the edges of fields.
_LIGHT_WORDS: Final = ("#14232b", "#4a5a63")
_LIGHT_SIGNS: Final = ("#6f7d84", "#0b57d0")
_DARK_WORDS: Final = ("#eef2f1", "#b3c0c3")
_DARK_SIGNS: Final = ("#80919a", "#a8c7fa")

_STEP: Final = 0.005
# Below this lightness a darker shade cannot be told from the colour.
_NEARLY_BLACK: Final = 0.2
# sRGB (IEC 61966-2-1): where its curve is a line, and what counts as within the screen.
_LINE_ENCODED, _LINE_LINEAR = 0.04045, 0.0031308
_HAIR: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Shades:
    """What one scheme makes of the colour; the names are those of the tokens."""

    brand: str
    brand_deep: str
    on_brand: str
    brand_soft: str
    river: str


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def weakest(colour: str) -> float:
    """The lowest contrast that words in this colour have on a page of the light scheme."""
    return min(contrast(colour, ground) for ground in LIGHT_GROUNDS)


def nearest(colour: str) -> str:
    """The colour itself where it can be read, else the lightest of its hue that can be."""
    lightness, chroma, hue = _oklch(colour)
    while weakest(colour) < LEAST:
        lightness -= _STEP
        colour = _hex(lightness, chroma, hue)
    return colour


def light(colour: str) -> Shades:
    """The shades of the light scheme for a colour that `weakest` finds readable."""
    lightness, chroma, hue = _oklch(colour)
    soft = _until(
        (_hex(step, min(chroma * 0.3, 0.028), hue) for step in _rising(0.945)),
        lambda shade: _reads(shade, [colour, *_LIGHT_WORDS], _LIGHT_SIGNS),
    )
    # A colour that is nearly black already is answered by a lighter shade.
    deep = (
        _hex(lightness - 0.065, chroma, hue)
        if lightness > _NEARLY_BLACK
        else _hex(0.3, chroma, hue)
    )
    return Shades(
        brand=colour,
        brand_deep=deep,
        on_brand="#ffffff",
        brand_soft=soft,
        river=_hex(0.865, min(chroma * 0.5, 0.05), hue),
    )


def dark(colour: str) -> Shades:
    """The shades of the dark scheme: the same hue, light enough for dark grounds."""
    _lightness, chroma, hue = _oklch(colour)
    quiet = min(chroma, 0.1)
    brand = _until(
        (_hex(step, quiet, hue) for step in _rising(0.795)),
        lambda shade: min(contrast(shade, ground) for ground in DARK_GROUNDS) >= LEAST,
    )
    soft = _until(
        (_hex(step, min(chroma * 0.5, 0.045), hue) for step in _falling(0.315)),
        lambda shade: _reads(shade, [brand, *_DARK_WORDS], _DARK_SIGNS),
    )
    return Shades(
        brand=brand,
        brand_deep=_hex(_oklch(brand)[0] + 0.06, quiet * 0.8, hue),
        on_brand=_hex(0.24, min(chroma * 0.4, 0.035), hue),
        brand_soft=soft,
        river=_hex(0.375, min(chroma * 0.5, 0.05), hue),
    )


def _reads(ground: str, words: Iterable[str], signs: Iterable[str]) -> bool:
    return all(contrast(word, ground) >= LEAST for word in words) and all(
        contrast(sign, ground) >= LEAST_SIGN for sign in signs
    )


def _rising(start: float) -> Iterator[float]:
    """Lightnesses from `start` to white."""
    yield from (start + step * _STEP for step in range(1 + math.ceil((1 - start) / _STEP)))


def _falling(start: float) -> Iterator[float]:
    """Lightnesses from `start` to black."""
    yield from (start - step * _STEP for step in range(1 + math.ceil(start / _STEP)))


def _until(shades: Iterable[str], fits: Callable[[str], bool]) -> str:
    """The first shade that fits. There is one: the rows end in white or in black."""
    return next(shade for shade in shades if fits(shade))


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINE_ENCODED else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return part * 12.92 if part <= _LINE_LINEAR else float(1.055 * part ** (1 / 2.4) - 0.055)


def _oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma, hue in radians."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The "#rrggbb" of this lightness and hue, with as much of the chroma as a screen can show."""
    lightness = min(1.0, max(0.0, lightness))
    parts = _rgb(lightness, chroma, hue)
    while any(not -_HAIR <= part <= 1 + _HAIR for part in parts) and chroma > 0:
        chroma = max(0.0, chroma - _STEP / 2)
        parts = _rgb(lightness, chroma, hue)
    levels = (round(255 * _encoded(min(1.0, max(0.0, part)))) for part in parts)
    return "#" + "".join(f"{level:02x}" for level in levels)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear parts, outside 0 to 1 where a screen cannot show the colour."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
