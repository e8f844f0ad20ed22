"""What is left in the street: furniture, bags, litter. After: it is gone, the ground washed."""

import math
from collections.abc import Callable
from random import Random
from typing import Final

from riverain.site.demo.scenes.sheet import DARK, HEIGHT, Colour, Sheet, shade
from riverain.site.demo.scenes.street import slabs, street, wet

Put = Callable[[Sheet, float], None]

_CARD: Final[Colour] = (188, 148, 100)
_CLOTHS: Final[tuple[Colour, ...]] = (
    (122, 78, 70),
    (84, 98, 112),
    (132, 122, 92),
    (98, 80, 110),
    (104, 108, 84),
)


def cleaned(put: Put) -> Callable[[Random, bool], Sheet]:
    """A scene of something put on the pavement, and taken away."""

    def scene(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
        sheet = street(rng)
        if after:
            wet(sheet)
        else:
            put(sheet, rng.randint(270, 420))
        return sheet

    return scene


def bag(sheet: Sheet, x: float, y: float, size: float, colour: Colour = DARK) -> None:
    sheet.shadow(x, y + size * 0.75, size * 0.9, 8, depth=90)
    sheet.blob(x, y, size, size * 0.84, colour)
    sheet.polygon(
        [
            (x - 13, y - size * 0.66),
            (x - 18, y - size * 1.2),
            (x + 14, y - size * 1.14),
            (x + 13, y - size * 0.66),
        ],
        shade(colour, 1.2),
    )
    for fold in (-0.45, -0.1, 0.35):
        top = (x + size * fold * 0.5, y - size * 0.5)
        sheet.line([top, (x + size * fold, y + size * 0.35)], shade(colour, 1.7), 3)


def mattress(sheet: Sheet, x: float) -> None:
    lean = sheet.rng.randint(16, 54)
    tone = sheet.rng.choice([(228, 219, 200), (206, 212, 220), (222, 206, 196)])
    sheet.shadow(x + 170, 566, 240, 26)
    sheet.polygon([(x, 556), (x + 40, 318), (x + 306, 318 + lean), (x + 276, 568)], tone)
    sheet.polygon(
        [(x + 276, 568), (x + 306, 318 + lean), (x + 324, 326 + lean), (x + 296, 572)],
        shade(tone, 0.78),
    )
    for part in range(1, 6):
        top = (x + 40 + part * 44, 318 + lean * part / 6)
        sheet.line([top, (x + part * 46, 557 + part * 2)], shade(tone, 0.88), 5)
    sheet.blob(x + sheet.rng.randint(90, 200), 450, 44, 30, shade(tone, 0.84))
    if sheet.rng.random() < 0.6:  # noqa: PLR2004 - most are not alone
        bag(sheet, x + 350, 546, 48)
        box(sheet, x - 70, 560, 90, 70)


def box(sheet: Sheet, x: float, y: float, wide: float, high: float) -> None:
    """A cardboard box that stands on y."""
    tone = shade(_CARD, sheet.rng.uniform(0.88, 1.1))
    sheet.polygon([(x, y), (x + 4, y - high), (x + wide, y - high + 6), (x + wide - 4, y)], tone)
    sheet.polygon(
        [
            (x + 4, y - high),
            (x + 24, y - high - 18),
            (x + wide + 20, y - high - 12),
            (x + wide, y - high + 6),
        ],
        shade(tone, 0.8),
    )
    sheet.polygon(
        [
            (x + wide - 4, y),
            (x + wide, y - high + 6),
            (x + wide + 20, y - high - 12),
            (x + wide + 16, y - 18),
        ],
        shade(tone, 0.68),
    )
    sheet.line([(x + 3, y - high / 2), (x + wide - 2, y - high / 2 + 3)], shade(tone, 0.82), 5)


def sofa(sheet: Sheet, x: float) -> None:
    cloth = sheet.rng.choice(_CLOTHS)
    x -= 60
    sheet.shadow(x + 220, 580, 270, 22)
    sheet.round_box((x + 20, 360, x + 420, 520), shade(cloth, 0.86), 26)
    for seat in (0, 1):
        left = x + 48 + seat * 174
        sheet.round_box((left, 380, left + 168, 476), cloth, 18)
        sheet.round_box((left, 462, left + 168, 528), shade(cloth, 1.14), 16)
    for side in (x - 8, x + 392):
        sheet.round_box((side, 424, side + 60, 566), shade(cloth, 0.78), 22)
    sheet.box(x + 30, 520, x + 414, 562, shade(cloth, 0.66))
    for foot in (x + 30, x + 396):
        sheet.box(foot, 560, foot + 16, 584, (58, 44, 34))
    rip = x + sheet.rng.randint(90, 260)
    sheet.blob(rip, 430, 40, 20, (226, 214, 178))
    sheet.blob(rip + 8, 434, 22, 10, (244, 236, 208))
    if sheet.rng.random() < 0.5:  # noqa: PLR2004 - half of them
        bag(sheet, x + 510, 552, 44)


def bags(sheet: Sheet, x: float) -> None:
    sheet.shadow(x + 150, 584, 230, 20)
    for place in range(sheet.rng.randint(4, 6)):
        colour = sheet.rng.choice([DARK, DARK, (52, 66, 96), (222, 220, 212)])
        bag(
            sheet,
            x + place * 66,
            536 + sheet.rng.randint(-20, 26),
            sheet.rng.randint(44, 62),
            colour,
        )
    for _scrap in range(12):
        at = (x + sheet.rng.uniform(-60, 400), sheet.rng.uniform(572, 600))
        tone = sheet.rng.choice([(226, 220, 208), (196, 60, 52), (206, 150, 60), (92, 120, 74)])
        sheet.blob(*at, sheet.rng.uniform(5, 13), 5, tone)


def boxes(sheet: Sheet, x: float) -> None:
    sheet.shadow(x + 130, 580, 230, 22)
    for left, low, wide, high in ((0, 560, 150, 120), (120, 580, 180, 96), (260, 562, 130, 150)):
        box(sheet, x + left + sheet.rng.randint(-14, 14), low, wide, high)
    box(sheet, x + 40 + sheet.rng.randint(0, 50), 446, 120, 82)
    sheet.polygon([(x - 90, 590), (x + 10, 574), (x + 30, 592), (x - 70, 606)], shade(_CARD, 1.1))


def fridge(sheet: Sheet, x: float) -> None:
    white = (226, 228, 226)
    sheet.shadow(x + 150, 578, 220, 22)
    sheet.round_box((x, 250, x + 160, 572), white, 10)
    sheet.box(x + 12, 264, x + 148, 560, (150, 160, 164))
    for shelf in (330, 410, 486):
        sheet.box(x + 12, shelf, x + 148, shelf + 7, (200, 208, 210))
    sheet.round_box((x + 178, 400, x + 330, 574), shade(white, 0.93), 8)
    sheet.disc(x + 254, 494, 52, 52, (112, 120, 126))
    sheet.disc(x + 254, 494, 38, 38, (60, 68, 76))
    sheet.box(x + 190, 412, x + 318, 432, (178, 184, 186))
    sheet.polygon(
        [(x + 150, 300), (x + 190, 282), (x + 200, 560), (x + 158, 566)], shade(white, 0.8)
    )


def rubble(sheet: Sheet, x: float) -> None:
    sheet.shadow(x + 150, 582, 260, 22)
    sheet.polygon([(x - 40, 588), (x + 90, 466), (x + 200, 442), (x + 350, 588)], (150, 142, 132))
    for _stone in range(70):
        along = sheet.rng.random()
        top = 588 - 140 * math.sin(along * math.pi)
        size = sheet.rng.uniform(8, 26)
        tone = sheet.rng.choice([(186, 178, 168), (168, 104, 82), (128, 124, 118), (206, 200, 190)])
        y = sheet.rng.uniform(top, 590)
        sheet.blob(
            x - 40 + along * 390, y, size, size * 0.7, shade(tone, sheet.rng.uniform(0.85, 1.1))
        )
    sheet.polygon([(x + 60, 470), (x + 250, 420), (x + 262, 436), (x + 70, 490)], (222, 218, 208))


def tyres(sheet: Sheet, x: float) -> None:
    sheet.shadow(x + 130, 586, 210, 16)
    for left, low in ((40, 520), (196, 540)):
        sheet.disc(x + left, low, 74, 74, (34, 34, 36))
        sheet.ring(x + left, low, 60, (58, 58, 60), 4)
        sheet.disc(x + left, low, 40, 40, (22, 22, 24))
        sheet.disc(x + left, low, 34, 34, (104, 100, 94))
    sheet.box(x + 300, 530, x + 376, 588, (52, 62, 78))
    for pole in (312, 352):
        sheet.box(x + pole, 518, x + pole + 14, 532, (150, 60, 50))


def asbestos(sheet: Sheet, x: float) -> None:
    grey = (150, 156, 154)
    sheet.shadow(x + 190, 584, 280, 18)
    for sheet_, low in enumerate((580, 562, 545, 528)):
        shift = sheet_ * 14
        for wave in range(12):
            left = x + shift + wave * 32
            high = 10 if wave % 2 else 2
            tone = shade(grey, 0.8 if wave % 2 else 1.05)
            sheet.polygon(
                [(left, low), (left + 8, low - 24 - high), (left + 40, low - 24), (left + 32, low)],
                tone,
            )
    sheet.polygon([(x - 70, 590), (x - 20, 556), (x + 30, 572), (x - 10, 596)], shade(grey, 0.92))


def trees(sheet: Sheet, x: float) -> None:
    """Christmas trees thrown out."""
    sheet.shadow(x + 150, 584, 270, 20)
    for tree in range(3):
        left, low = x - 40 + tree * 130, 580 - tree * 16
        sheet.line([(left, low), (left + 230, low - 60)], (92, 68, 46), 9)
        for _needle in range(170):
            far = sheet.rng.random()
            spread = 58 * (1 - far) + 6
            at = (left + far * 230, low - far * 60 + sheet.rng.uniform(-spread, spread) * 0.8)
            tone = shade((56, 92, 62), sheet.rng.uniform(0.7, 1.3))
            sheet.line([at, (at[0] + 20, at[1] + sheet.rng.uniform(-10, 10))], tone, 4)


def crates(sheet: Sheet, x: float) -> None:
    """What a market leaves."""
    sheet.shadow(x + 140, 586, 300, 18)
    wood = (204, 168, 116)
    for left, low in ((-30, 584), (110, 590), (250, 582), (30, 518), (170, 524)):
        tone = shade(wood, sheet.rng.uniform(0.86, 1.08))
        sheet.box(x + left, low - 62, x + left + 130, low, shade(tone, 0.6))
        for slat in (0, 22, 44):
            sheet.box(x + left, low - 62 + slat, x + left + 130, low - 48 + slat, tone)
        for post in (0, 120):
            sheet.box(x + left + post, low - 66, x + left + post + 10, low, shade(tone, 0.84))
    for _leaf in range(34):
        at = (x + sheet.rng.uniform(-220, 520), sheet.rng.uniform(556, 604))
        tone = sheet.rng.choice([(96, 140, 70), (214, 96, 52), (200, 186, 70), (178, 44, 52)])
        sheet.blob(*at, sheet.rng.uniform(7, 18), sheet.rng.uniform(4, 9), tone)


def litter(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    """Papers, cups and cans."""
    sheet = street(rng)
    if after:
        wet(sheet)
        return sheet
    for _piece in range(46):
        x, y = rng.uniform(120, 840), rng.uniform(472, 604)
        kind = rng.random()
        size = 6 + (y - 470) / 14
        if kind < 0.3:  # noqa: PLR2004 - cans
            tone = rng.choice([(196, 44, 44), (52, 96, 160), (188, 192, 196)])
            sheet.round_box((x, y - size * 0.8, x + size * 2.2, y), tone, 4)
            sheet.disc(x + size * 2.2, y - size * 0.4, size * 0.3, size * 0.4, (206, 208, 210))
        elif kind < 0.5:  # noqa: PLR2004 - cups
            tall = size * 2
            sheet.polygon(
                [(x, y), (x - 4, y - tall), (x + size + 8, y - tall), (x + size + 4, y)],
                (238, 236, 230),
            )
        else:
            tone = rng.choice([(232, 228, 218), (214, 190, 150), (240, 222, 120), (206, 214, 220)])
            sheet.blob(x, y, size * 1.3, size * 0.6, tone)
    return sheet


def droppings(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = slabs(rng)
    if after:
        return sheet
    for _place in range(rng.randint(3, 5)):
        x, y = rng.uniform(200, 760), rng.uniform(160, 580)
        sheet.shadow(x, y + 14, 34, 8, depth=70)
        for lump, size in enumerate((26, 21, 14)):
            sheet.blob(
                x + lump * 5, y - lump * 13, size, size * 0.62, shade((96, 66, 42), 1 + lump * 0.08)
            )
    return sheet


# From the plunger to the needle: start, end, colour, width.
_SYRINGE: Final = (
    (-4, 150, (120, 120, 118), 30),
    (0, 146, (226, 232, 234), 24),
    (0, 66, (206, 150, 142), 24),
    (146, 196, (238, 152, 60), 8),
    (-56, 0, (206, 210, 212), 8),
    (196, 250, (170, 172, 174), 3),
)


def syringes(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = slabs(rng)
    if after:
        return sheet
    for _one in range(2):
        x, y, turn = rng.uniform(260, 620), rng.uniform(220, 480), rng.uniform(-0.6, 0.6)
        for start, end, colour, width in _SYRINGE:
            ends = [(x + far * math.cos(turn), y + far * math.sin(turn)) for far in (start, end)]
            sheet.line(ends, colour, width)
    return sheet


def glass(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = slabs(rng)
    if after:
        return sheet
    for _shard in range(220):
        far, turn = rng.random() ** 0.6 * 260, rng.uniform(0, math.tau)
        x, y, size = (
            480 + far * math.cos(turn),
            370 + far * 0.7 * math.sin(turn),
            rng.uniform(4, 17),
        )
        points = [
            (
                x + size * rng.uniform(0.5, 1) * math.cos(corner * 2.1),
                y + size * rng.uniform(0.5, 1) * math.sin(corner * 2.1),
            )
            for corner in range(3)
        ]
        sheet.polygon(
            points, rng.choice([(206, 222, 220), (176, 200, 198), (228, 238, 238), (140, 168, 160)])
        )
    return sheet


def leaves(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    if after:
        wet(sheet)
        return sheet
    for _leaf in range(700):
        y = 470 + rng.random() ** 0.7 * (HEIGHT - 480)
        tone = rng.choice([(176, 112, 44), (152, 84, 36), (196, 146, 56), (120, 76, 40)])
        size = 5 + (y - 460) / 26
        sheet.blob(
            rng.uniform(-10, 970), y, size * 1.2, size * 0.7, shade(tone, rng.uniform(0.8, 1.1))
        )
    return sheet
