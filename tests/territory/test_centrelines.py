"""Streets drawn from their doors: between their sides, without courtyards, led to each other."""

import math

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from riverain.territory.centrelines import Plane, network

PLANE = Plane(3.06, 50.63)


def _doors(*said):
    """(number, x, y) in metres of the plane, as doors in degrees."""
    return [(number, *PLANE.degrees(x, y)) for number, x, y in said]


def _sides(length=200, width=14, y=0):
    """A straight street from west to east, odd doors south, even ones north."""
    odd = [(2 * i + 1, 20.0 * i, y - width / 2) for i in range(length // 20 + 1)]
    even = [(2 * i + 2, 20.0 * i, y + width / 2) for i in range(length // 20 + 1)]
    return _doors(*odd, *even)


@given(st.floats(-5_000, 5_000), st.floats(-5_000, 5_000))
def test_metres_and_degrees_lead_back_to_the_same_place(x, y):
    back = PLANE.metres(*PLANE.degrees(x, y))
    assert math.dist((x, y), back) < 1e-6


def test_a_street_runs_between_its_sides():
    (line,) = network({1: _sides()}, PLANE)[1]
    assert all(abs(y) < 0.5 for _x, y in line.coords)
    assert line.length > 200


def test_a_street_with_doors_on_one_side_follows_that_side():
    (line,) = network({1: _doors((1, 0, 5), (3, 50, 5), (5, 100, 5))}, PLANE)[1]
    assert all(abs(y - 5) < 0.1 for _x, y in line.coords)


def test_a_bend_is_kept():
    doors = _doors((1, 0, 0), (3, 60, 0), (5, 120, 0), (7, 120, 60), (9, 120, 120))
    (line,) = network({1: doors}, PLANE)[1]
    assert line.distance(Point(120, 0)) < 0.1
    assert line.distance(Point(60, 60)) > 50


def test_a_door_in_a_courtyard_bends_nothing():
    doors = _doors((1, 0, 0), (3, 40, 0), (5, 45, 90), (7, 50, 0), (9, 100, 0))
    (line,) = network({1: doors}, PLANE)[1]
    assert max(abs(y) for _x, y in line.coords) < 1


def test_a_street_cut_by_a_large_gap_is_two_stretches():
    doors = _doors((1, 0, 0), (3, 50, 0), (5, 900, 0), (7, 950, 0))
    assert len(network({1: doors}, PLANE)[1]) == 2


def test_the_ends_reach_the_street_ahead_and_go_no_further():
    across = _doors((1, 240, -100), (3, 240, 0), (5, 240, 100))
    drawn = network({1: _sides(length=200), 2: across}, PLANE)
    (street,), (other,) = drawn[1], drawn[2]
    assert street.distance(other) < 0.01
    assert max(x for x, _y in street.coords) < 241
    # Westwards nothing is near: a stub of a few metres.
    assert -20 < min(x for x, _y in street.coords) < -5


def test_one_door_is_no_street_and_two_that_face_each_other_have_no_direction():
    assert network({1: _doors((1, 0, 0))}, PLANE) == {}
    assert network({1: _doors((1, 0, -7), (2, 0, 7))}, PLANE) == {}
    assert network({1: []}, PLANE) == {}


def test_doors_at_one_place_are_one_place():
    assert network({1: _doors((1, 0, 0), (3, 0, 0), (5, 0.2, 0))}, PLANE) == {}


doors = st.lists(
    st.tuples(st.integers(0, 9_999), st.floats(3.0, 3.1), st.floats(50.6, 50.66)), max_size=12
)


@given(st.dictionaries(st.integers(1, 5), doors, max_size=4))
def test_whatever_the_doors_every_line_is_one_that_can_be_drawn(streets):
    for lines in network(streets, PLANE).values():
        for line in lines:
            assert isinstance(line, LineString)
            assert len(line.coords) >= 2
            assert all(math.isfinite(x) and math.isfinite(y) for x, y in line.coords)
