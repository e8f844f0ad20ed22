"""Drawings that stand for the photos of the demo: made here, so that nobody's picture is used.

`draw(scene, seed, after=…)` gives a JPEG of a street with what is wrong in it, or with it put
right. Another seed gives another street.
"""

import io
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 720
# Drawn larger, then reduced: edges come out smooth.
_SCALE: Final = 2
_GROUND, _KERB = 455, 600

Colour = tuple[int, int, int]
Point = tuple[float, float]

_BRICKS: Final[tuple[Colour, ...]] = (
    (168, 98, 78),
    (190, 150, 120),
    (205, 190, 165),
    (150, 112, 96),
    (178, 168, 158),
)
_GREEN, _DARK, _WOOD, _STEEL = (62, 98, 74), (38, 40, 44), (150, 108, 66), (120, 124, 128)


class _Sheet:
    """A drawing in pixels of the finished picture. `rng` varies it."""

    def __init__(self, rng: Random, background: Colour) -> None:
        self.rng = rng
        self.background = background
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), background)
        self._pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self._pen.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def round_box(
        self, sides: tuple[float, float, float, float], colour: Colour, radius: float = 12
    ) -> None:
        scaled = [side * _SCALE for side in sides]
        self._pen.rounded_rectangle(scaled, radius * _SCALE, fill=colour)

    def disc(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        sides = (x - wide, y - high, x + wide, y + high)
        self._pen.ellipse([side * _SCALE for side in sides], fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._pen.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")

    def shadow(self, x: float, y: float, wide: float, high: float) -> None:
        """Something stands there: the ground under it is darker."""
        soft = 30
        left, top = round((x - wide - soft) * _SCALE), round((y - high - soft) * _SCALE)
        size = round(2 * (wide + soft) * _SCALE), round(2 * (high + soft) * _SCALE)
        mask = Image.new("L", size)
        inner = (soft * _SCALE, soft * _SCALE, size[0] - soft * _SCALE, size[1] - soft * _SCALE)
        ImageDraw.Draw(mask).ellipse(inner, fill=110)
        self.image.paste(_DARK, (left, top), mask.filter(ImageFilter.BoxBlur(12)))

    def jpeg(self) -> bytes:
        picture = self.image.reduce(_SCALE)
        content = io.BytesIO()
        Image.blend(picture, _grain(), 0.05).save(content, "JPEG", quality=82)
        return content.getvalue()


def draw(scene: str, seed: int, *, after: bool = False) -> bytes:
    """The scene as JPEG. Raises KeyError for one that is not drawn."""
    rng = Random(seed)  # noqa: S311 - a drawing, not a secret
    return SCENES[scene](rng, after).jpeg()


def _street(rng: Random, *, windows: bool = True) -> _Sheet:
    """A façade, a pavement, a bit of road."""
    wall = rng.choice(_BRICKS)
    sheet = _Sheet(rng, wall)
    joint = _shade(wall, 0.88)
    for row, y in enumerate(range(0, _GROUND, 15)):
        sheet.line([(0, y), (WIDTH, y)], joint, 1)
        for x in range(-(row % 2) * 20, WIDTH, 40):
            sheet.line([(x, y), (x, y + 15)], joint, 1)
    sheet.box(0, _GROUND - 60, WIDTH, _GROUND, _shade(wall, 0.72))
    if windows:
        for x in (rng.randint(60, 130), rng.randint(640, 720)):
            _window(sheet, x)
    sheet.box(0, _GROUND, WIDTH, _KERB, (176, 172, 164))
    for x in range(-200, WIDTH + 400, 120):
        sheet.line([(x, _GROUND), (x + (x - WIDTH / 2) * 0.5, _KERB)], (158, 154, 147), 2)
    sheet.line([(0, _GROUND + 60), (WIDTH, _GROUND + 60)], (158, 154, 147), 2)
    sheet.box(0, _KERB, WIDTH, _KERB + 16, (205, 202, 196))
    sheet.box(0, _KERB + 16, WIDTH, HEIGHT, (84, 86, 90))
    return sheet


def _window(sheet: _Sheet, x: float) -> None:
    sheet.box(x, 90, x + 160, 330, (236, 232, 222))
    sheet.box(x + 12, 102, x + 148, 318, (92, 116, 132))
    sheet.polygon([(x + 12, 102), (x + 90, 102), (x + 12, 240)], (118, 142, 156))
    sheet.box(x + 76, 102, x + 84, 318, (236, 232, 222))
    sheet.box(x - 10, 330, x + 170, 346, (206, 202, 192))


def _dump(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng)
    if after:
        sheet.disc(470, 540, 190, 26, (162, 159, 152))  # washed, still wet
        return sheet
    x = rng.randint(250, 400)
    sheet.shadow(x + 190, 560, 290, 40)
    lean = rng.randint(20, 60)
    sheet.polygon([(x, 550), (x + 40, 330), (x + 300, 330 + lean), (x + 270, 560)], (226, 216, 196))
    for part in range(1, 6):
        top = (x + 40 + part * 43, 330 + lean * part / 6)
        sheet.line([top, (x + part * 45, 552)], (190, 196, 206), 5)
    for place in range(rng.randint(3, 5)):
        _bag(sheet, x + 210 + place * 62, 540 + rng.randint(-12, 18), rng.randint(44, 62))
    sheet.polygon([(x - 70, 500), (x + 30, 488), (x + 44, 570), (x - 60, 580)], (186, 146, 98))
    sheet.line([(x - 66, 536), (x + 36, 526)], (158, 120, 78), 4)
    return sheet


def _bag(sheet: _Sheet, x: float, y: float, size: float) -> None:
    sheet.disc(x, y, size, size * 0.82, _DARK)
    sheet.polygon([(x - 12, y - size * 0.7), (x, y - size * 1.25), (x + 14, y - size * 0.7)], _DARK)
    sheet.line(
        [(x - size * 0.5, y - size * 0.3), (x - size * 0.1, y + size * 0.2)], (74, 78, 84), 5
    )


def _tag(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng, windows=False)
    paint = rng.choice([(28, 30, 36), (38, 70, 150), (150, 34, 60), (52, 120, 70)])
    if after:
        sheet.round_box((190, 130, 790, 385), _shade(sheet.background, 1.08))
        return sheet
    x, strokes = 210.0, []
    for _letter in range(rng.randint(5, 7)):
        wide = rng.uniform(60, 100)
        turn = rng.uniform(0.6, 1.9)
        strokes += [
            (
                x + wide * step / 24,
                260 + rng.uniform(60, 110) * math.sin(step / 24 * math.tau * turn),
            )
            for step in range(25)
        ]
        x += wide
    sheet.line(_smooth(strokes), paint, 17)
    sheet.line([(200, 372), (x + 30, 350)], paint, 9)
    for point in strokes[8::31]:
        sheet.line([point, (point[0], point[1] + rng.uniform(40, 90))], paint, 4)
    return sheet


def _smooth(points: Sequence[Point]) -> list[Point]:
    return [
        (sum(x for x, _y in near) / len(near), sum(y for _x, y in near) / len(near))
        for near in (points[max(0, place - 3) : place + 4] for place in range(len(points)))
    ]


def _bin(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng)
    x = rng.randint(400, 520)
    sheet.shadow(x, 575, 130, 24)
    sheet.box(x - 78, 320, x - 66, 575, _STEEL)
    sheet.round_box((x - 70, 350, x + 70, 560), _GREEN, 20)
    for stripe in range(-50, 60, 25):
        sheet.line([(x + stripe, 372), (x + stripe, 545)], _shade(_GREEN, 0.78), 5)
    sheet.disc(x, 352, 70, 18, _shade(_GREEN, 0.55))
    if after:
        sheet.disc(x, 350, 58, 12, (206, 210, 214))
        return sheet
    colours = [(226, 220, 208), (196, 60, 52), (238, 214, 96), (120, 160, 190), (190, 150, 100)]
    for _piece in range(26):
        size = rng.uniform(10, 24)
        near = rng.random()
        if near < 0.5:  # noqa: PLR2004 - half on the heap, half around it
            at = (x + rng.uniform(-60, 60), 345 - rng.uniform(0, 60))
        else:
            at = (x + rng.uniform(-230, 230), rng.uniform(545, 610))
        sheet.disc(*at, size, size * 0.7, rng.choice(colours))
    _bag(sheet, x + 120, 550, 50)
    return sheet


def _column(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng)
    x = rng.randint(380, 480)
    colour = rng.choice([(46, 112, 84), (52, 92, 140), (170, 130, 60)])
    sheet.shadow(x, 580, 210, 28)
    sheet.polygon([(x - 160, 575), (x - 130, 260), (x + 130, 260), (x + 160, 575)], colour)
    sheet.disc(x, 262, 132, 46, _shade(colour, 1.15))
    for hole in (-62, 62):
        sheet.disc(x + hole, 350, 34, 34, _shade(colour, 0.45))
    sheet.round_box((x - 70, 430, x + 70, 500), (236, 234, 226), 8)
    if after:
        return sheet
    for _bottle in range(15):
        left = x + rng.choice([-1, 1]) * rng.uniform(150, 300)
        low = rng.uniform(560, 612)
        tint = rng.choice([(70, 110, 60), (120, 84, 40), (190, 206, 200)])
        sheet.round_box((left, low - 62, left + 22, low), tint, 7)
        sheet.box(left + 7, low - 86, left + 15, low - 56, tint)
    return sheet


def _hole(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _Sheet(rng, (94, 96, 100))
    for _stone in range(1500):
        tone = rng.randint(74, 118)
        grain = rng.uniform(1, 3)
        at = (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT))
        sheet.disc(*at, grain, grain * 0.7, (tone, tone, tone + 3))
    sheet.polygon([(60, 0), (130, 0), (90, HEIGHT), (-10, HEIGHT)], (214, 214, 208))
    if after:
        sheet.polygon([(270, 220), (770, 205), (800, 540), (250, 560)], (58, 60, 64))
        return sheet
    rim = [rng.uniform(0.75, 1.1) for _corner in range(14)]
    for share, colour in ((1.0, (66, 64, 62)), (0.86, (44, 40, 36)), (0.6, (70, 84, 92))):
        sheet.polygon(
            [
                (
                    520 + 250 * share * size * math.cos(turn * math.tau / 14),
                    380 + 150 * share * size * math.sin(turn * math.tau / 14),
                )
                for turn, size in enumerate(rim)
            ],
            colour,
        )
    return sheet


def _lamp(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _Sheet(rng, (20, 26, 44))
    for x in range(0, WIDTH, 120):
        top = rng.randint(190, 300)
        sheet.box(x, top, x + 118, 600, (30, 32, 42))
        for y in range(top + 30, 520, 70):
            lit = rng.random() < 0.3  # noqa: PLR2004 - a window in three
            sheet.box(x + 24, y, x + 52, y + 38, (232, 196, 110) if lit else (42, 46, 58))
    sheet.box(0, 590, WIDTH, HEIGHT, (44, 44, 50))
    for x, lit in ((170, True), (480, after), (800, True)):
        if lit:
            _glow(sheet, x + 70, 150)
        sheet.box(x - 6, 140, x + 6, 640, (70, 74, 82))
        sheet.line([(x, 142), (x + 40, 118), (x + 84, 132)], (70, 74, 82), 9)
        sheet.disc(x + 84, 140, 30, 11, (255, 236, 176) if lit else (64, 66, 72))
    return sheet


def _glow(sheet: _Sheet, x: float, y: float) -> None:
    light = Image.new("RGB", sheet.image.size)
    cone = [(x, y), (x - 170, 660), (x + 200, 660)]
    ImageDraw.Draw(light).polygon([(a * _SCALE, b * _SCALE) for a, b in cone], fill=(110, 92, 46))
    blurred = light.reduce(8).filter(ImageFilter.GaussianBlur(7))
    light = blurred.resize(sheet.image.size, Image.Resampling.BILINEAR)
    sheet.image.paste(ImageChops.add(sheet.image, light))


def _bench(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng)
    sheet.shadow(490, 585, 310, 26)
    for x in (240, 720):
        sheet.line([(x, 580), (x + 14, 400), (x + 8, 330)], _DARK, 14)
        sheet.line([(x - 30, 582), (x - 26, 470), (x + 18, 462)], _DARK, 14)
    for y in (335, 368, 401):
        sheet.round_box((190, y, 790, y + 22), _WOOD, 6)
    for place, y in enumerate((452, 476, 500)):
        if place == 1 and not after:
            sheet.polygon([(190, y), (470, y + 4), (452, y + 26), (190, y + 22)], _WOOD)
            sheet.polygon([(560, y + 46), (790, y), (790, y + 22), (566, y + 70)], _WOOD)
            continue
        sheet.round_box((190, y, 790, y + 22), _shade(_WOOD, 1.1), 6)
    return sheet


def _tree(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng)
    sheet.shadow(330, 590, 120, 20)
    sheet.polygon([(296, 590), (312, 250), (348, 250), (366, 590)], (92, 74, 58))
    sheet.box(640, 250, 654, 590, _STEEL)
    sheet.disc(647, 220, 62, 62, (196, 40, 44))
    sheet.box(605, 208, 689, 232, (240, 238, 232))
    reach = 190 if after else 400
    for _leaf in range(240):
        turn, far = rng.uniform(0, math.tau), rng.random() ** 0.5
        at = (330 + reach * far * math.cos(turn), 175 + 150 * far * math.sin(turn))
        tone = rng.randint(-22, 26)
        sheet.disc(*at, 26, 20, (74 + tone, 122 + tone, 66 + tone // 2))
    return sheet


def _sign(rng: Random, after: bool) -> _Sheet:  # noqa: FBT001 - one table of scenes
    sheet = _street(rng)
    turn = 0.0 if after else rng.uniform(0.9, 1.25)
    foot = (430.0, 590.0)
    head = (foot[0] + 330 * math.sin(turn), foot[1] - 330 * math.cos(turn))
    sheet.shadow((foot[0] + head[0]) / 2, 594, 60 + abs(head[0] - foot[0]) / 2, 16)
    sheet.line([foot, head], _STEEL, 15)
    sheet.disc(*head, 74, 74, (196, 40, 44))
    along = (math.cos(turn) * 48, math.sin(turn) * 48)
    sheet.line(
        [(head[0] - along[0], head[1] - along[1]), (head[0] + along[0], head[1] + along[1])],
        (240, 238, 232),
        24,
    )
    return sheet


@cache
def _grain() -> Image.Image:
    """What keeps flat surfaces from looking flat."""
    noise = Random(0).randbytes(WIDTH * HEIGHT)  # noqa: S311 - a drawing, not a secret
    return Image.frombytes("L", (WIDTH, HEIGHT), noise).convert("RGB")


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (min(255, round(part * factor)) for part in colour)
    return red, green, blue


SCENES: Final[Mapping[str, Callable[[Random, bool], _Sheet]]] = {
    "depot": _dump,
    "tag": _tag,
    "corbeille": _bin,
    "colonne": _column,
    "trou": _hole,
    "lampe": _lamp,
    "banc": _bench,
    "arbre": _tree,
    "panneau": _sign,
}
