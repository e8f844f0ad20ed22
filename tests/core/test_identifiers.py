"""Codes that people read, the quadkey of a point, names in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core.identifiers import ALPHABET, LEVELS, normal_code, quadkey, slug, tracking_code

codes = st.text(ALPHABET, min_size=12, max_size=12)


def test_tracking_code_reads_well():
    code = tracking_code()
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("0O1IL5SU8")


def test_tracking_codes_do_not_repeat():
    assert len({tracking_code() for _ in range(10_000)}) == 10_000


@given(codes, st.sampled_from(["", " ", "-", "–", ".", "  -  "]), st.booleans())
def test_code_is_found_however_it_is_typed(code, separator, lower):
    typed = separator.join([code[:4], code[4:8], code[8:]])
    stored = "-".join([code[:4], code[4:8], code[8:]])
    assert normal_code(typed.lower() if lower else typed) == stored


@given(st.text(max_size=40))
def test_anything_typed_is_a_code_or_none(text):
    found = normal_code(text)
    assert found is None or normal_code(found) == found


lons = st.floats(-180, 179.9)
lats = st.floats(-85, 85)


@given(lons, lats)
def test_quadkey_fits_a_signed_64_bit_integer(lon, lat):
    assert 0 <= quadkey(lon, lat) < 2 ** (2 * LEVELS)


@given(lons, lats, st.integers(1, 20))
def test_points_of_a_tile_share_the_first_bits(lon, lat, depth):
    """Two points share 2d bits exactly when they share their tile of depth d."""
    other = (lon + 1e-9, lat)
    shift = 2 * (LEVELS - depth)
    same_tile = quadkey(lon, lat) >> shift == quadkey(*other) >> shift
    column = int((lon + 180) / 360 * 2**depth) == int((other[0] + 180) / 360 * 2**depth)
    assert same_tile == column


def test_quadkey_of_the_poles_stays_in_the_square():
    assert quadkey(0, 90) == quadkey(0, 85.05112878)
    assert quadkey(0, -90) == quadkey(0, -85.05112878)
    assert quadkey(180, 0) < 2 ** (2 * LEVELS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Faubourg de Béthune", "faubourg-de-bethune"),
        ("Vauban-Esquermes", "vauban-esquermes"),
        ("Sacré-Cœur n° 2", "sacre-coeur-n-2"),
        ("  ", ""),
        ("10", "10"),
    ],
)
def test_slug_of_a_name(name, expected):
    assert slug(name) == expected
