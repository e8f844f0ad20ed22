"""The paper that the demo's pictures are drawn on: shapes, soft shadows, and what makes a drawing
look like something seen through a telephone (light, a slight lean, grain).
"""

import io
import math
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 720
# Drawn larger, then reduced: edges come out smooth.
_SCALE: Final = 2
# What the lean and the crop may take away at each side.
_MARGIN: Final = 0.035
_QUALITY: Final = 84
# From this size on, in pixels, corners would show on what is round.
_LARGE: Final = 60

Colour = tuple[int, int, int]
Point = tuple[float, float]

DARK: Final[Colour] = (38, 40, 44)


class Sheet:
    """A drawing in pixels of the finished picture. `rng` varies it."""

    def __init__(self, rng: Random, background: Colour, image: Image.Image | None = None) -> None:
        self.rng = rng
        self.background = background
        size = (WIDTH * _SCALE, HEIGHT * _SCALE)
        self.image = image or Image.new("RGB", size, background)
        self._pen = ImageDraw.Draw(self.image)

    @classmethod
    def over(cls, rng: Random, behind: "Sheet") -> "Sheet":
        """A copy to draw on."""
        return cls(rng, behind.background, behind.image.copy())

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

    def ring(self, x: float, y: float, size: float, colour: Colour, width: float) -> None:
        sides = (x - size, y - size, x + size, y + size)
        self._pen.ellipse(
            [side * _SCALE for side in sides], outline=colour, width=round(width * _SCALE)
        )

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._pen.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")

    def blob(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """A round shape that is not quite round."""
        corners = 18 if max(wide, high) < _LARGE else 48
        reach = [self.rng.uniform(0.82, 1.1) for _corner in range(corners)]
        for _pass in range(corners // 16):
            reach = [
                (reach[place - 1] + reach[place] * 2 + reach[(place + 1) % corners]) / 4
                for place in range(corners)
            ]
        self.polygon(
            [
                (
                    x + wide * size * math.cos(turn * math.tau / corners),
                    y + high * size * math.sin(turn * math.tau / corners),
                )
                for turn, size in enumerate(reach)
            ],
            colour,
        )

    def shadow(self, x: float, y: float, wide: float, high: float, *, depth: int = 120) -> None:
        """Something stands there: the ground under it is darker."""
        soft = 30
        left, top = round((x - wide - soft) * _SCALE), round((y - high - soft) * _SCALE)
        size = round(2 * (wide + soft) * _SCALE), round(2 * (high + soft) * _SCALE)
        mask = Image.new("L", (size[0] // 4, size[1] // 4))
        edge = soft * _SCALE / 4
        inner = (edge, edge, size[0] / 4 - edge, size[1] / 4 - edge)
        ImageDraw.Draw(mask).ellipse(inner, fill=depth)
        blurred = mask.filter(ImageFilter.BoxBlur(5)).resize(size, Image.Resampling.BILINEAR)
        self.image.paste(DARK, (left, top), blurred)

    def soften(self, by: float) -> None:
        """What is drawn so far lies behind what comes next, a little out of focus."""
        near = self.image.reduce(2).filter(ImageFilter.GaussianBlur(by))
        self.image.paste(near.resize(self.image.size, Image.Resampling.BILINEAR))

    def add_light(self, shape: Sequence[Point], colour: Colour) -> None:
        """Light that falls inside a shape, with soft edges."""
        part = 8
        light = Image.new("RGB", (self.image.width // part, self.image.height // part))
        scaled = [(x * _SCALE / part, y * _SCALE / part) for x, y in shape]
        ImageDraw.Draw(light).polygon(scaled, fill=colour)
        blurred = light.filter(ImageFilter.GaussianBlur(7))
        light = blurred.resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(ImageChops.add(self.image, light))

    def jpeg(self) -> bytes:
        """As a telephone would have taken it."""
        picture = ImageChops.multiply(self._framed(), self._light())
        content = io.BytesIO()
        Image.blend(picture, _grain(), 0.028).save(content, "JPEG", quality=_QUALITY)
        return content.getvalue()

    def _framed(self) -> Image.Image:
        """Held not quite level, from not quite the same distance."""
        picture = self.image.reduce(_SCALE).point(_EXPOSURE)
        lean = math.radians(self.rng.uniform(-1.6, 1.6))
        across = (1 - 2 * _MARGIN) * math.cos(lean)
        aslant = (1 - 2 * _MARGIN) * math.sin(lean)
        left = WIDTH / 2 - across * WIDTH / 2 - aslant * HEIGHT / 2
        top = HEIGHT / 2 + aslant * WIDTH / 2 - across * HEIGHT / 2
        return picture.transform(
            (WIDTH, HEIGHT),
            Image.Transform.AFFINE,
            (across, aslant, left, -aslant, across, top),
            Image.Resampling.BILINEAR,
        )

    def _light(self) -> Image.Image:
        """Brighter on one side, darker in the corners, warm or cool as the hour is."""
        tint = self.rng.choice(_LIGHTS)
        light = _falloff(self.rng.random() < 0.5)  # noqa: PLR2004 - from the left or the right
        return Image.merge("RGB", [light.point(_scaled(part)) for part in tint])


# White light as it is at noon, in the evening, under clouds.
_LIGHTS: Final = (
    (255, 249, 235),
    (247, 251, 255),
    (255, 253, 249),
    (255, 243, 220),
    (240, 245, 250),
)
# What the light takes away is given back.
_EXPOSURE: Final = [min(255, round(level * 1.13)) for level in range(256)] * 3


def _scaled(part: int) -> list[int]:
    return [round(level * part / 255) for level in range(256)]


@cache
def _falloff(from_left: bool) -> Image.Image:  # noqa: FBT001 - a key of the cache
    small = Image.new("L", (48, 36))
    for y in range(36):
        for x in range(48):
            across = x / 47 if from_left else 1 - x / 47
            corner = math.hypot(x / 47 - 0.5, y / 35 - 0.5) / 0.71
            small.putpixel((x, y), round(255 * (1 - 0.09 * across) * (1 - 0.16 * corner**3)))
    return small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


@cache
def _grain() -> Image.Image:
    """What keeps flat surfaces from looking flat."""
    noise = Random(0).randbytes(WIDTH * HEIGHT)  # noqa: S311 - a drawing, not a secret
    return Image.frombytes("L", (WIDTH, HEIGHT), noise).convert("RGB")


def shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (min(255, round(part * factor)) for part in colour)
    return red, green, blue
