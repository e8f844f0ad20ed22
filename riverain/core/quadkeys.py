"""Boxes of the Web-Mercator grid as ranges of quadkeys. Pure.

A point is stored with its quadkey (`identifiers.quadkey`): all points of a tile share its first
bits, so that a tile is one range of a B-tree and a box a few. PostGIS is not needed for it.
"""

import math
from typing import NamedTuple

from riverain.core.boxes import Box
from riverain.core.identifiers import LEVELS, MAX_LATITUDE, interleaved, quadkey

# A box becomes the tiles of the depth at which it is at most this many wide and high: finer
# ranges hold fewer strangers, but each costs a descent of the tree.
_ACROSS = 8


class Tile(NamedTuple):
    """A square of the grid, numbered as map tiles are: `y` from the north."""

    depth: int
    x: int
    y: int

    @property
    def is_sound(self) -> bool:
        size = 1 << self.depth
        return 0 <= self.x < size and 0 <= self.y < size

    def quadkeys(self) -> tuple[int, int]:
        """The first and the last quadkey of its points."""
        shift = LEVELS - self.depth
        first = interleaved(self.x << shift, self.y << shift)
        return first, first + (1 << (2 * shift)) - 1

    def box(self) -> Box:
        """Its sides in degrees."""
        size = 1 << self.depth
        return Box(
            self.x / size * 360 - 180,
            _latitude((self.y + 1) / size),
            (self.x + 1) / size * 360 - 180,
            _latitude(self.y / size),
        )


def ranges(box: Box, *, most_across: int = _ACROSS) -> list[tuple[int, int]]:
    """First and last quadkey of a few ranges that together hold every point of the box, and some
    points around it: whoever asks compares the degrees too. They are the tiles of a depth at which
    the box is at most `most_across` wide and high: so many squared, or fewer.
    """
    first = _column_and_row(box.west, box.north)
    last = _column_and_row(box.east, box.south)
    shift = 0
    while _across(first, last, shift) > most_across:
        shift += 1
    width = 1 << (2 * shift)
    starts = sorted(
        interleaved(x << shift, y << shift)
        for x in range(first[0] >> shift, (last[0] >> shift) + 1)
        for y in range(first[1] >> shift, (last[1] >> shift) + 1)
    )
    found: list[tuple[int, int]] = []
    for start in starts:
        if found and found[-1][1] + 1 == start:
            found[-1] = (found[-1][0], start + width - 1)
        else:
            found.append((start, start + width - 1))
    return found


def across(box: Box, depth: int) -> int:
    """How many tiles of a depth the box is wide or high, whichever is more."""
    first = _column_and_row(box.west, box.north)
    last = _column_and_row(box.east, box.south)
    return _across(first, last, LEVELS - depth)


def _across(first: tuple[int, int], last: tuple[int, int], shift: int) -> int:
    return 1 + max(
        (end >> shift) - (start >> shift) for start, end in zip(first, last, strict=True)
    )


def _column_and_row(lon: float, lat: float) -> tuple[int, int]:
    """The two numbers that a quadkey interleaves."""
    key = quadkey(lon, lat)
    return _gathered(key), _gathered(key >> 1)


def _gathered(key: int) -> int:
    """Every second bit of a quadkey, from the lowest on."""
    value = key & 0x5555555555555555
    value = (value | (value >> 1)) & 0x3333333333333333
    value = (value | (value >> 2)) & 0x0F0F0F0F0F0F0F0F
    value = (value | (value >> 4)) & 0x00FF00FF00FF00FF
    value = (value | (value >> 8)) & 0x0000FFFF0000FFFF
    return (value | (value >> 16)) & 0x00000000FFFFFFFF


def _latitude(part: float) -> float:
    """The latitude of a line of the grid, `part` of the way from its north to its south."""
    if part in (0, 1):
        return MAX_LATITUDE if part == 0 else -MAX_LATITUDE
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * part))))
