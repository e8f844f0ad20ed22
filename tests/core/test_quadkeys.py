"""Boxes as ranges of quadkeys: nothing of a box is missed, and little around it is read."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from riverain.core.boxes import Box
from riverain.core.identifiers import LEVELS, quadkey
from riverain.core.quadkeys import Tile, across, ranges

LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-85, 85, allow_nan=False)
PARTS = st.floats(0, 1, allow_nan=False)


@st.composite
def boxes(draw):
    west, south = draw(st.floats(-180, 179)), draw(st.floats(-85, 84))
    width, height = draw(st.floats(1e-6, 1)), draw(st.floats(1e-6, 1))
    return Box(west, south, west + width, south + height)


def _held(box, lon, lat):
    return any(first <= quadkey(lon, lat) <= last for first, last in ranges(box))


@given(boxes(), PARTS, PARTS)
def test_every_point_of_a_box_is_in_its_ranges(box, right, up):
    lon = box.west + right * (box.east - box.west)
    lat = box.south + up * (box.north - box.south)
    assert _held(box, lon, lat)


@given(boxes())
def test_ranges_are_few_in_order_and_apart(box):
    found = ranges(box)
    assert 1 <= len(found) <= 64
    assert all(first <= last for first, last in found)
    assert all(one[1] + 1 < other[0] for one, other in itertools.pairwise(found))


def test_ranges_read_little_around_a_box():
    """A town's box: a point half a box away from it is in none of its ranges."""
    box = Box(3.02, 50.60, 3.10, 50.65)
    for lon, lat in ((2.98, 50.62), (3.14, 50.62), (3.06, 50.575), (3.06, 50.675)):
        assert not _held(box, lon, lat)


@given(LONGITUDES, LATITUDES, st.integers(0, 20))
def test_a_tile_holds_the_points_whose_quadkeys_begin_with_it(lon, lat, depth):
    size = 1 << depth
    key = quadkey(lon, lat) >> 2 * (LEVELS - depth)
    x = sum(((key >> (2 * bit)) & 1) << bit for bit in range(depth))
    y = sum(((key >> (2 * bit + 1)) & 1) << bit for bit in range(depth))
    box = Tile(depth, x, y).box()
    assert 0 <= x < size
    assert 0 <= y < size
    near = 1e-9
    assert box.west - near <= lon <= box.east + near
    assert box.south - near <= lat <= box.north + near


def test_a_box_is_counted_in_tiles():
    tile = Tile(12, 2083, 1377).box()
    inner = Box(tile.west + 1e-6, tile.south + 1e-6, tile.east - 1e-6, tile.north - 1e-6)
    assert across(inner, 12) == 1
    assert across(inner, 14) == 4


def test_what_is_no_tile_is_known():
    assert Tile(2, 3, 3).is_sound
    assert not Tile(2, 4, 0).is_sound
    assert not Tile(2, 0, -1).is_sound


@given(LONGITUDES, LATITUDES, st.integers(0, 31))
def test_the_quadkeys_of_a_tile_are_those_that_share_its_first_bits(lon, lat, depth):
    shift = 2 * (LEVELS - depth)
    key = quadkey(lon, lat)
    bits = key >> shift
    x = sum(((bits >> (2 * place)) & 1) << place for place in range(depth))
    y = sum(((bits >> (2 * place + 1)) & 1) << place for place in range(depth))
    first, last = Tile(depth, x, y).quadkeys()
    assert first <= key <= last
    assert (first >> shift, last >> shift) == (bits, bits)
    assert last - first + 1 == 1 << shift
