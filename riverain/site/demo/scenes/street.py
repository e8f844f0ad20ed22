"""The streets behind what the demo's pictures show: façades, pavements, roads seen from above. Each
is drawn once in a process, then copied.
"""

from functools import cache
from random import Random
from typing import Final

from riverain.site.demo.scenes.sheet import HEIGHT, WIDTH, Colour, Point, Sheet, shade

GROUND, KERB = 455, 606
# How many of each are drawn.
_STREETS: Final = 9
_WALLS: Final = 5
_GROUNDS: Final = 3

_BRICKS: Final[tuple[Colour, ...]] = (
    (164, 92, 72),
    (186, 140, 108),
    (203, 188, 163),
    (146, 104, 88),
    (176, 166, 156),
    (196, 160, 132),
    (132, 92, 84),
)
_DOORS: Final[tuple[Colour, ...]] = (
    (52, 78, 66),
    (44, 62, 92),
    (112, 44, 44),
    (72, 58, 48),
    (86, 98, 104),
)
_AWNINGS: Final[tuple[Colour, ...]] = ((150, 48, 44), (46, 92, 78), (52, 76, 120), (186, 130, 54))
_FRAME: Final[Colour] = (236, 232, 222)
_JOINT: Final[Colour] = (158, 154, 147)


def street(rng: Random) -> Sheet:
    """A façade with its windows and its door or shop, a pavement, a bit of road."""
    return Sheet.over(rng, _street(rng.randrange(_STREETS)))


def wall(rng: Random) -> Sheet:
    """The same without openings."""
    return Sheet.over(rng, _wall(rng.randrange(_WALLS)))


def asphalt(rng: Random) -> Sheet:
    """A road seen from above."""
    return Sheet.over(rng, _asphalt(rng.randrange(_GROUNDS)))


def slabs(rng: Random) -> Sheet:
    """A pavement seen from above."""
    return Sheet.over(rng, _slabs(rng.randrange(_GROUNDS)))


@cache
def _street(number: int) -> Sheet:
    rng = Random(number)  # noqa: S311 - a drawing, not a secret
    sheet = _facade(rng, _BRICKS[number % len(_BRICKS)])
    shop = number % 3 == 0
    door = rng.randrange(4)
    for place, x in enumerate((70, 300, 530, 760)):
        if place == door and not shop:
            _door(sheet, x + rng.randint(-12, 12))
        elif not (shop and place in {1, 2}):
            _window(sheet, x + rng.randint(-10, 10))
    if shop:
        _shop(sheet, 285)
    elif rng.random() < 0.5:  # noqa: PLR2004 - one in two
        _downpipe(sheet, rng.choice([252, 482, 716]))
    sheet.soften(1.1)
    return sheet


@cache
def _wall(number: int) -> Sheet:
    sheet = _facade(Random(number), _BRICKS[number % len(_BRICKS)])  # noqa: S311 - a drawing
    sheet.soften(0.8)
    return sheet


def _facade(rng: Random, colour: Colour) -> Sheet:
    sheet = Sheet(rng, colour)
    _bricks(sheet, colour)
    sheet.box(0, GROUND - 62, WIDTH, GROUND, shade(colour, 0.7))
    sheet.line([(0, GROUND - 62), (WIDTH, GROUND - 62)], shade(colour, 1.12), 3)
    _pavement(sheet)
    return sheet


@cache
def _asphalt(number: int) -> Sheet:
    rng = Random(number)  # noqa: S311 - a drawing, not a secret
    sheet = Sheet(rng, (94, 96, 100))
    for _stone in range(1300):
        tone = rng.randint(74, 120)
        grain = rng.uniform(1, 3)
        at = (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT))
        sheet.disc(*at, grain, grain * 0.7, (tone, tone, tone + 3))
    for _crack in range(3):
        _crack_from(sheet, rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT))
    return sheet


@cache
def _slabs(number: int) -> Sheet:
    rng = Random(number)  # noqa: S311 - a drawing, not a secret
    tone = rng.randint(164, 182)
    sheet = Sheet(rng, (tone, tone - 4, tone - 12))
    for row in range(6):
        for column in range(-1, 7):
            x, y = column * 160 + (row % 2) * 80, row * 130
            change = rng.uniform(0.94, 1.05)
            sheet.box(x + 3, y + 3, x + 157, y + 127, shade(sheet.background, change))
    for _spot in range(260):
        at = (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT))
        sheet.disc(*at, 2, 1.5, shade(sheet.background, rng.uniform(0.8, 1.1)))
    return sheet


def wet(sheet: Sheet) -> None:
    """The ground was washed just now."""
    sheet.shadow(470, 540, 230, 34, depth=46)
    for _gleam in range(5):
        x, y = sheet.rng.uniform(320, 600), sheet.rng.uniform(520, 562)
        sheet.disc(x, y, sheet.rng.uniform(16, 40), 2, (178, 177, 174))


def _bricks(sheet: Sheet, colour: Colour) -> None:
    rng = sheet.rng
    joint = shade(colour, 0.87)
    for row, y in enumerate(range(0, GROUND, 15)):
        for x in range(-(row % 2) * 20, WIDTH, 40):
            if rng.random() < 0.3:  # noqa: PLR2004 - fired more or less
                sheet.box(x, y, x + 40, y + 15, shade(colour, rng.uniform(0.9, 1.08)))
            sheet.line([(x, y), (x, y + 15)], joint, 1)
        sheet.line([(0, y), (WIDTH, y)], joint, 1.5)


def _pavement(sheet: Sheet) -> None:
    tone = sheet.rng.randint(164, 182)
    colour = (tone, tone - 4, tone - 11)
    sheet.box(0, GROUND, WIDTH, KERB, colour)
    for y, next_y in ((GROUND, GROUND + 48), (GROUND + 48, GROUND + 98), (GROUND + 98, KERB)):
        for column in range(-4, 13):
            corners = [_seen(column, y), _seen(column + 1, y), _seen(column + 1, next_y)]
            corners.append(_seen(column, next_y))
            sheet.polygon(corners, shade(colour, sheet.rng.uniform(0.95, 1.04)))
            sheet.line([corners[0], corners[3]], _JOINT, 2)
        sheet.line([(0, y), (WIDTH, y)], _JOINT, 2)
    sheet.shadow(WIDTH / 2, GROUND, WIDTH * 0.7, 6, depth=70)
    sheet.box(0, KERB, WIDTH, KERB + 16, (208, 205, 199))
    sheet.line([(0, KERB + 17), (WIDTH, KERB + 17)], (60, 62, 64), 4)
    sheet.box(0, KERB + 19, WIDTH, HEIGHT, (84, 86, 90))
    for _stone in range(240):
        at = (sheet.rng.uniform(0, WIDTH), sheet.rng.uniform(KERB + 24, HEIGHT))
        tone = sheet.rng.randint(68, 108)
        sheet.disc(*at, 2, 1.4, (tone, tone, tone + 2))


def _seen(column: float, y: float) -> Point:
    """Where a joint of the pavement passes at that height: all lead away from the eye."""
    x = column * 110
    return x + (x - WIDTH / 2) * (y - GROUND) / (KERB - GROUND) * 0.5, y


def _window(sheet: Sheet, x: float) -> None:
    sheet.box(x - 6, 70, x + 136, 84, shade(sheet.background, 1.14))
    sheet.box(x, 84, x + 130, 322, _FRAME)
    glass = (88, 110, 126)
    sheet.box(x + 11, 95, x + 119, 311, glass)
    sheet.polygon([(x + 11, 95), (x + 80, 95), (x + 11, 220)], shade(glass, 1.28))
    if sheet.rng.random() < 0.5:  # noqa: PLR2004 - curtains in half of them
        for side in (11, 84):
            sheet.box(x + side, 95, x + side + 35, 311, (208, 206, 198))
    sheet.box(x + 61, 95, x + 69, 311, _FRAME)
    sheet.box(x + 11, 160, x + 119, 167, _FRAME)
    sheet.box(x - 10, 322, x + 140, 338, (204, 200, 190))
    sheet.box(x - 10, 338, x + 140, 343, shade(sheet.background, 0.72))


def _door(sheet: Sheet, x: float) -> None:
    colour = sheet.rng.choice(_DOORS)
    sheet.box(x - 12, 96, x + 142, GROUND, (198, 192, 180))
    sheet.box(x, 108, x + 130, GROUND - 8, colour)
    sheet.box(x, 108, x + 130, 158, (104, 122, 130))
    for left, top, bottom in ((14, 176, 286), (74, 176, 286), (14, 302, 428), (74, 302, 428)):
        sheet.box(x + left, top, x + left + 44, bottom, shade(colour, 1.18))
        sheet.box(x + left + 5, top + 5, x + left + 44, bottom, shade(colour, 0.92))
    sheet.disc(x + 118, 294, 6, 6, (206, 178, 96))
    sheet.box(x - 20, GROUND - 8, x + 150, GROUND + 6, (188, 184, 176))


def _shop(sheet: Sheet, x: float) -> None:
    colour = sheet.rng.choice(_AWNINGS)
    sheet.box(x - 16, 40, x + 410, GROUND, shade(colour, 0.62))
    sheet.box(x, 52, x + 394, 104, shade(colour, 0.86))
    sheet.box(x + 8, 150, x + 270, GROUND - 46, (96, 116, 124))
    sheet.polygon([(x + 8, 150), (x + 150, 150), (x + 8, 340)], (124, 142, 150))
    sheet.box(x + 286, 150, x + 386, GROUND, (70, 88, 96))
    for stripe in range(12):
        left = x - 16 + stripe * 35.5
        tint = colour if stripe % 2 else (238, 234, 224)
        sheet.polygon([(left, 108), (left + 35.5, 108), (left + 35.5, 158), (left, 158)], tint)


def _downpipe(sheet: Sheet, x: float) -> None:
    sheet.box(x, 0, x + 15, GROUND - 4, (112, 116, 118))
    sheet.box(x + 3, 0, x + 6, GROUND - 4, (150, 154, 156))
    for y in (120, 300):
        sheet.box(x - 4, y, x + 19, y + 8, (92, 96, 98))


def _crack_from(sheet: Sheet, x: float, y: float) -> None:
    points = [(x, y)]
    for _part in range(9):
        x, y = x + sheet.rng.uniform(-30, 40), y + sheet.rng.uniform(4, 40)
        points.append((x, y))
    sheet.line(points, (66, 67, 70), 2)
