"""What is drawn or stuck on walls, shutters and cabinets. After: painted over, or clean."""

import math
from collections.abc import Sequence
from random import Random
from typing import Final

from riverain.site.demo.scenes.sheet import Colour, Point, Sheet, shade
from riverain.site.demo.scenes.street import street, wall

_PAINTS: Final[tuple[Colour, ...]] = (
    (24, 26, 32),
    (34, 62, 150),
    (158, 30, 58),
    (44, 112, 66),
    (226, 226, 222),
    (112, 44, 128),
)


def tag(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = wall(rng)
    if after:
        sheet.round_box((176, 126, 800, 392), shade(sheet.background, 1.07), 26)
        return sheet
    scribble(sheet, 190, 262, rng.choice(_PAINTS), 1.0)
    return sheet


def scribble(sheet: Sheet, x: float, y: float, paint: Colour, size: float) -> None:
    """Letters that nobody reads, with an underline and drips."""
    rng = sheet.rng
    first = x
    strokes: list[Point] = []
    for _letter in range(rng.randint(5, 7)):
        wide, tall = rng.uniform(64, 100) * size, rng.uniform(60, 112) * size
        turn, lean = rng.uniform(0.7, 1.7), rng.uniform(10, 40) * size
        for step in range(26):
            part = step / 25
            wave = math.sin(part * math.tau * turn)
            strokes.append((x + wide * part + lean * wave * 0.7, y - tall * wave))
        x += wide
    smoothed = _smooth(strokes)
    sheet.line(smoothed, shade(paint, 0.8), 24 * size)
    sheet.line(smoothed, paint, 19 * size)
    sheet.line([(first - 10, y + 116 * size), (x + 40, y + 88 * size)], paint, 11 * size)
    sheet.line([(x + 40, y + 88 * size), (x - 40, y + 128 * size)], paint, 9 * size)
    for point in smoothed[6::23]:
        end = (point[0], point[1] + rng.uniform(40, 96) * size)
        sheet.line([point, end], paint, 4 * size)
        sheet.disc(*end, 3.5 * size, 5 * size, paint)


def _smooth(points: Sequence[Point]) -> list[Point]:
    return [
        (sum(x for x, _y in near) / len(near), sum(y for _x, y in near) / len(near))
        for near in (points[max(0, place - 3) : place + 4] for place in range(len(points)))
    ]


def posters(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = wall(rng)
    if after:
        for _trace in range(7):
            x, y = rng.uniform(160, 760), rng.uniform(120, 330)
            sheet.blob(x, y, 44, 20, shade(sheet.background, 1.08))
        return sheet
    inks = [(206, 60, 60), (238, 190, 60), (60, 110, 160), (236, 234, 226), (64, 140, 110)]
    for place in range(12):
        x, y = (
            150 + place % 6 * 112 + rng.uniform(-16, 16),
            120 + place // 6 * 150 + rng.uniform(-20, 20),
        )
        lean, ink = rng.uniform(-9, 9), rng.choice(inks)
        sheet.polygon(
            [(x, y), (x + 104, y + lean), (x + 100, y + 140 + lean), (x - 4, y + 140)], ink
        )
        sheet.box(x + 14, y + 20 + lean / 2, x + 88, y + 44 + lean / 2, shade(ink, 0.55))
        sheet.disc(x + 50, y + 82 + lean / 2, 26, 26, shade(ink, 1.3))
        sheet.box(x + 14, y + 118 + lean / 2, x + 70, y + 126 + lean / 2, shade(ink, 0.55))
        if rng.random() < 0.4:  # noqa: PLR2004 - torn ones
            sheet.polygon(
                [(x + 104, y + 90), (x + 60, y + 142), (x + 100, y + 142)], sheet.background
            )
    return sheet


def cabinet(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    x = rng.randint(330, 450)
    grey = (156, 162, 158)
    sheet.shadow(x + 110, 586, 170, 16)
    sheet.box(x, 300, x + 220, 584, grey)
    sheet.polygon(
        [(x + 220, 300), (x + 250, 290), (x + 250, 572), (x + 220, 584)], shade(grey, 0.72)
    )
    sheet.polygon([(x, 300), (x + 34, 290), (x + 250, 290), (x + 220, 300)], shade(grey, 1.16))
    sheet.line([(x + 110, 306), (x + 110, 578)], shade(grey, 0.7), 4)
    for vent in range(5):
        sheet.box(x + 20, 520 + vent * 11, x + 92, 525 + vent * 11, shade(grey, 0.72))
    sheet.box(x + 122, 430, x + 132, 464, (74, 78, 80))
    if not after:
        for y, size in ((370, 0.36), (450, 0.3), (520, 0.28)):
            scribble(sheet, x + rng.randint(4, 20), y, rng.choice(_PAINTS), size)
    return sheet


def shutter(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = wall(rng)
    steel = rng.choice([(150, 154, 158), (122, 132, 140), (164, 158, 146)])
    sheet.box(180, 40, 800, 100, shade(steel, 0.6))
    sheet.box(196, 100, 784, 452, steel)
    for y in range(100, 452, 16):
        sheet.line([(196, y), (784, y)], shade(steel, 0.78), 3)
        sheet.line([(196, y + 4), (784, y + 4)], shade(steel, 1.14), 2)
    if not after:
        scribble(sheet, 230, 260, rng.choice(_PAINTS), 0.92)
    return sheet
