"""Animals and plants. After: gone, cut, cleaned."""

import math
from random import Random
from typing import Final

from riverain.site.demo.scenes.dumps import bag
from riverain.site.demo.scenes.sheet import Colour, Sheet, shade
from riverain.site.demo.scenes.street import street, wet

_STEEL: Final[Colour] = (122, 126, 130)


def rat(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    if after:
        return sheet
    for place in range(3):
        bag(sheet, 300 + place * 70, 520 + place % 2 * 18, 52)
    for x, y, size in ((540, 572, 1.0), (700, 540, 0.7)):
        fur = shade((96, 84, 74), rng.uniform(0.85, 1.1))
        sheet.shadow(x, y + 20 * size, 74 * size, 6)
        tail = [(x - 60 * size, y), (x - 110 * size, y + 14 * size), (x - 160 * size, y - 2 * size)]
        sheet.line(tail, (176, 140, 130), 6 * size)
        sheet.disc(x, y - 4 * size, 68 * size, 34 * size, fur)
        sheet.disc(x + 66 * size, y - 2 * size, 34 * size, 22 * size, shade(fur, 1.06))
        sheet.disc(x + 56 * size, y - 26 * size, 12 * size, 13 * size, (160, 128, 118))
        sheet.disc(x + 76 * size, y - 8 * size, 4 * size, 4 * size, (16, 16, 18))
        sheet.disc(x + 99 * size, y + 2 * size, 5 * size, 4 * size, (190, 140, 132))
        for paw in (-30, 34):
            sheet.line(
                [(x + paw * size, y + 22 * size), (x + (paw + 12) * size, y + 32 * size)],
                (176, 140, 130),
                7 * size,
            )
    return sheet


def pigeons(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    if after:
        wet(sheet)
        return sheet
    for _trace in range(40):
        at = (rng.uniform(140, 820), rng.uniform(470, 600))
        sheet.blob(*at, rng.uniform(4, 12), rng.uniform(2, 6), (226, 226, 218))
    for _bird in range(11):
        x, y = rng.uniform(150, 820), rng.uniform(480, 590)
        size = 0.5 + (y - 460) / 220
        way = rng.choice([-1, 1])
        grey = shade((112, 118, 128), rng.uniform(0.8, 1.15))
        sheet.shadow(x, y + 18 * size, 34 * size, 4)
        sheet.line([(x, y + 6), (x - 2, y + 22 * size)], (190, 92, 80), 3)
        sheet.line([(x + 8, y + 6), (x + 10, y + 22 * size)], (190, 92, 80), 3)
        sheet.polygon(
            [
                (x - way * 22 * size, y - 6 * size),
                (x - way * 64 * size, y + 8 * size),
                (x - way * 20 * size, y + 12 * size),
            ],
            shade(grey, 0.7),
        )
        sheet.disc(x, y, 36 * size, 19 * size, grey)
        sheet.disc(x + way * 28 * size, y - 22 * size, 14 * size, 14 * size, shade(grey, 0.66))
        sheet.line(
            [(x + way * 22 * size, y - 8 * size), (x + way * 27 * size, y - 20 * size)],
            (78, 112, 98),
            16 * size,
        )
        sheet.line(
            [(x + way * 40 * size, y - 22 * size), (x + way * 50 * size, y - 18 * size)],
            (60, 58, 56),
            5 * size,
        )
        sheet.disc(x + way * 31 * size, y - 25 * size, 2.6 * size, 2.6 * size, (220, 120, 50))
    return sheet


def nest(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    _trunk(sheet, 480)
    _crown(sheet, 480, 150, 330, 190, after=True)
    if after:
        return sheet
    sheet.shadow(520, 290, 90, 96, depth=70)
    for ring in range(9):
        part = 1 - ring / 12
        tone = shade((188, 158, 112), 0.8 + ring % 3 * 0.12)
        sheet.blob(520, 280 + ring * 4, 84 * part, 100 * part, tone)
    sheet.disc(548, 318, 12, 10, (60, 46, 32))
    for _hornet in range(14):
        x, y = rng.uniform(380, 690), rng.uniform(180, 420)
        sheet.disc(x, y, 9, 5, (206, 142, 44))
        sheet.disc(x + 9, y, 4, 4, (52, 38, 28))
        sheet.disc(x - 2, y - 6, 7, 3, (220, 222, 222))
    return sheet


def tree(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    _trunk(sheet, 330)
    sheet.box(640, 250, 654, 592, _STEEL)
    sheet.disc(647, 220, 66, 66, (240, 238, 232))
    sheet.disc(647, 220, 61, 61, (192, 38, 42))
    sheet.box(607, 208, 687, 232, (240, 238, 232))
    _crown(sheet, 330, 170, 200 if after else 400, 150, after=after)
    return sheet


def branch(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    _trunk(sheet, 300)
    _crown(sheet, 300, 150, 270, 140, after=True)
    if after:
        sheet.disc(338, 300, 17, 20, (214, 186, 140))
        return sheet
    sheet.shadow(600, 586, 280, 18)
    sheet.line([(336, 296), (470, 400), (640, 540), (760, 580)], (92, 72, 54), 24)
    sheet.polygon([(322, 282), (352, 276), (372, 322), (346, 326)], (214, 186, 140))
    for along in range(170):
        part = along / 170
        x, y = 450 + 390 * part, 392 + 190 * part
        at = (x + rng.gauss(0, 46), min(y + rng.gauss(0, 46), 600))
        tone = rng.randint(-22, 26)
        sheet.blob(*at, 19, 12, (78 + tone, 116 + tone, 62 + tone // 2))
    return sheet


def weeds(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    if after:
        return sheet
    for _tuft in range(26):
        x = rng.uniform(20, 940)
        y = rng.choice([rng.uniform(452, 466), rng.uniform(540, 604)])
        for _blade in range(rng.randint(8, 18)):
            lean, tall = rng.uniform(-26, 26), rng.uniform(26, 104)
            tone = shade((92, 128, 62), rng.uniform(0.7, 1.25))
            root = x + rng.uniform(-16, 16)
            sheet.line(
                [(root, y), (root + lean * 0.4, y - tall * 0.6), (root + lean, y - tall)], tone, 4
            )
        if rng.random() < 0.3:  # noqa: PLR2004 - some flower
            sheet.disc(x + rng.uniform(-20, 20), y - 90, 7, 7, (232, 196, 62))
    return sheet


def _trunk(sheet: Sheet, x: float) -> None:
    bark = (92, 74, 58)
    sheet.shadow(x, 592, 120, 16)
    sheet.polygon([(x - 38, 594), (x - 20, 240), (x + 18, 240), (x + 36, 594)], bark)
    sheet.polygon([(x - 38, 594), (x - 20, 240), (x - 8, 240), (x - 16, 594)], shade(bark, 1.25))
    for mark in range(14):
        y = 260 + mark * 23
        at = x + sheet.rng.uniform(-18, 16)
        sheet.line([(at, y), (at + 3, y + 16)], shade(bark, 0.74), 3)


def _crown(sheet: Sheet, x: float, y: float, wide: float, high: float, *, after: bool) -> None:
    """Leaves, from the shade inside to the light on top; before it is cut they hang low."""
    low = 0 if after else 60
    for depth, factor in ((260, 0.7), (220, 0.95), (150, 1.2)):
        for _leaf in range(depth):
            turn, far = sheet.rng.uniform(0, math.tau), sheet.rng.random() ** 0.5
            at = (x + wide * far * math.cos(turn), y + low * far + high * far * math.sin(turn))
            tone = sheet.rng.uniform(0.86, 1.1)
            sheet.blob(*at, 24, 17, shade((76, 116, 66), factor * tone))
