"""What a ring must be, what is mended, what is refused and in which words."""

import math
from contextlib import suppress

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon, mapping

from riverain.territory import geometry
from riverain.territory.geometry import Fault, ShapeError
from tests.territory.made import LAT, LON, square

RING = [[3.0, 50.6], [3.1, 50.6], [3.1, 50.7], [3.0, 50.7], [3.0, 50.6]]
WGS84, LAMBERT_93 = 4326, 2154


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def refusal(raw, number=WGS84):
    with pytest.raises(ShapeError) as caught:
        geometry.read(raw, number)
    return caught.value


def test_polygon_is_read_as_it_is():
    shape = geometry.read(polygon(RING), WGS84)
    assert not shape.repaired
    assert shape.geometry.equals(Polygon(RING))


def test_multipolygon_keeps_every_part():
    parts = MultiPolygon([square(), square(x=0.05)])
    assert geometry.read(mapping(parts) | listed(parts), WGS84).geometry.equals(parts)


def listed(shape):
    """The coordinates as JSON gives them: lists, not tuples."""

    def lists(value):
        return [lists(item) for item in value] if isinstance(value, tuple | list) else value

    return {"coordinates": lists(mapping(shape)["coordinates"])}


def test_hole_is_kept():
    hole = [[3.04, 50.64], [3.06, 50.64], [3.06, 50.66], [3.04, 50.66], [3.04, 50.64]]
    shape = geometry.read(polygon(RING, hole), WGS84).geometry
    assert not shape.contains(shapely.Point(3.05, 50.65))
    assert shape.contains(shapely.Point(3.02, 50.62))


def test_altitude_is_left_out():
    high = [[*position, 42.5] for position in RING]
    assert not geometry.read(polygon(high), WGS84).geometry.has_z


def test_same_area_gives_same_bytes_wherever_its_ring_begins_and_turns():
    turned = list(reversed(RING[2:-1] + RING[:3]))
    assert geometry.read(polygon(turned), WGS84).wkb == geometry.read(polygon(RING), WGS84).wkb


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (None, "n’a pas de géométrie"),
        ("Polygon", "type « None »"),
        ({"type": "GeometryCollection", "geometries": []}, "type « GeometryCollection »"),
        ({"type": "Point", "coordinates": [3.0, 50.6]}, "type « Point »"),
        ({"type": "Polygon"}, "est vide"),
        ({"type": "Polygon", "coordinates": []}, "est vide"),
        ({"type": "Polygon", "coordinates": {"a": 1}}, "est vide"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "est vide"),
        ({"type": "MultiPolygon", "coordinates": [3.0]}, "est vide"),
        (polygon([]), "moins de quatre points"),
        (polygon(RING[:3]), "moins de quatre points"),
        (polygon(RING[:4]), "n’est pas fermé"),
        (polygon("RING"), "n’est pas une liste de points"),
        (polygon([3.0, 50.6, 3.1, 50.6]), "n’a pas deux coordonnées"),
        (polygon([[3.0], *RING[1:]]), "n’a pas deux coordonnées"),
        (polygon([["3.0", 50.6], *RING[1:]]), "n’est pas un nombre : « 3.0 »"),
        (polygon([[True, 50.6], *RING[1:]]), "n’est pas un nombre"),
        (polygon([[None, 50.6], *RING[1:]]), "n’est pas un nombre"),
        (polygon([[math.nan, 50.6], *RING[1:]]), "n’est pas un nombre fini"),
        (polygon([[math.inf, 50.6], *RING[1:]]), "n’est pas un nombre fini"),
        (polygon([[10**400, 50.6], *RING[1:]]), "n’est pas un nombre fini"),
        (polygon([[3.0, 50.6]] * 5), "contour n’est pas valide"),
        (polygon([[3.0, 50.6], [3.1, 50.6], [3.2, 50.6], [3.0, 50.6]]), "se croise lui-même"),
    ],
)
def test_bad_geometry_is_refused_with_its_reason(raw, words):
    assert words in str(refusal(raw))


def test_bow_tie_is_refused_with_the_place_of_the_crossing():
    bow_tie = [[3.0, 50.6], [3.1, 50.7], [3.1, 50.6], [3.0, 50.7], [3.0, 50.6]]
    assert str(refusal(polygon(bow_tie))) == (
        "son contour se croise lui-même près du point 3.05000 ; 50.65000"
    )


def test_hole_outside_is_refused():
    outside = [[3.5, 50.6], [3.55, 50.6], [3.55, 50.65], [3.5, 50.65], [3.5, 50.6]]
    assert "hors de son contour" in str(refusal(polygon(RING, outside)))


def test_parts_that_lie_on_one_another_are_refused():
    raw = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    assert "n’est pas valide" in str(refusal(raw)) or "se croise" in str(refusal(raw))


def test_spike_is_mended_and_said():
    spike = [*RING[:2], [3.1, 50.65], [3.2, 50.65], [3.1, 50.65], *RING[2:]]
    shape = geometry.read(polygon(spike), WGS84)
    assert shape.repaired
    assert shape.geometry.is_valid
    assert shape.geometry.equals(Polygon(RING))


def test_small_loop_is_mended_without_moving_the_area():
    loop = [*RING[:2], [3.1, 50.65], [3.1001, 50.6502], [3.1, 50.6502], [3.1001, 50.65], *RING[2:]]
    shape = geometry.read(polygon(loop), WGS84)
    assert shape.repaired
    assert shape.geometry.area == pytest.approx(Polygon(RING).area, rel=0.001)


def test_more_points_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(geometry, "MAX_POSITIONS", 4)
    assert "plus de 4 points" in str(refusal(polygon(RING)))


def test_lambert_93_becomes_degrees():
    to_lambert = Transformer.from_crs(WGS84, LAMBERT_93, always_xy=True)
    metres = [list(to_lambert.transform(*position)) for position in RING]
    shape = geometry.read(polygon(metres), LAMBERT_93)
    assert shape.geometry.equals_exact(Polygon(RING), tolerance=1e-8)


def test_metres_without_a_system_are_refused_with_the_option():
    metres = [
        [704_000, 7_059_000],
        [705_000, 7_059_000],
        [705_000, 7_060_000],
        [704_000, 7_059_000],
    ]
    refused = refusal(polygon(metres))
    assert refused.fault == Fault.NOT_DEGREES
    assert "--crs EPSG:2154" in str(refused)
    assert "(704000 ; 7059000)" in str(refused)


def test_degrees_said_to_be_metres_are_refused():
    refused = refusal(polygon(RING), LAMBERT_93)
    assert refused.fault == Fault.NOT_THAT_SYSTEM
    assert "EPSG:2154 (Lambert-93)" in str(refused)


@pytest.mark.parametrize(
    "place",
    [(3.06, 50.63), (-61.55, 16.24), (55.45, -20.88), (45.2, -12.8), (-52.3, 4.9), (166.4, -22.2)],
    ids=["Lille", "Guadeloupe", "La Réunion", "Mayotte", "Guyane", "Nouméa"],
)
def test_latitude_first_is_refused_everywhere_in_france(place):
    lon, lat = place
    ring = [[lon, lat], [lon + 0.01, lat], [lon + 0.01, lat + 0.01], [lon, lat]]
    assert geometry.read(polygon(ring), WGS84).geometry.area > 0
    swapped = refusal(polygon([[y, x] for x, y in ring]))
    assert swapped.fault == Fault.SWAPPED
    assert "longitude d’abord" in str(swapped)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=5),
        max_leaves=30,
    ),
    st.sampled_from(["Polygon", "MultiPolygon"]),
    st.sampled_from([WGS84, LAMBERT_93, 3857]),
)
def test_any_coordinates_are_read_or_refused(coordinates, kind, number):
    with suppress(ShapeError):
        assert geometry.read({"type": kind, "coordinates": coordinates}, number).geometry.is_valid


@given(st.lists(st.tuples(st.floats(0, 0.2), st.floats(0, 0.2)), min_size=3, max_size=12))
def test_any_ring_becomes_a_valid_area_of_about_the_same_size_or_is_refused(points):
    ring = [[LON + x, LAT + y] for x, y in [*points, points[0]]]
    with suppress(ShapeError):
        shape = geometry.read(polygon(ring), WGS84)
        assert shape.geometry.is_valid
        assert shape.geometry.area == pytest.approx(Polygon(ring).area, rel=0.0101)
