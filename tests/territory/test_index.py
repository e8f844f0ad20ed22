"""Who receives a point and in which areas it is: nesting, overlaps, borders, holes."""

import subprocess
import sys

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from riverain.territory.index import AreaIndex
from tests.harness import ROOT
from tests.territory.facts import outline, town

GRID = st.integers(0, 20)


def index(*outlines, towns=None):
    known = towns or [town(number) for number in {item.area.collectivity_id for item in outlines}]
    return AreaIndex({item.id: item for item in known}, outlines)


def receiver(place):
    return place and place.collectivity.id


def test_point_outside_every_outline_is_nowhere():
    assert index(outline(box(0, 0, 1, 1))).locate(2, 2) is None


def test_nothing_known_is_nowhere():
    assert index().locate(3.06, 50.63) is None


@pytest.mark.row("S0-03")
def test_smallest_commune_outline_receives_where_they_nest():
    nested = index(
        outline(box(0, 0, 10, 10), town_id=1),
        outline(box(0, 0, 3, 3), town_id=2),
        outline(box(1, 1, 2, 2), town_id=3),
    )
    assert [receiver(nested.locate(*point)) for point in ((9, 9), (2.5, 2.5), (1.5, 1.5))] == [
        1,
        2,
        3,
    ]


def test_precedence_of_an_outline_does_not_take_a_commune_from_another():
    nested = index(
        outline(box(0, 0, 10, 10), town_id=1, precedence=0),
        outline(box(0, 0, 3, 3), town_id=2, precedence=900),
    )
    assert receiver(nested.locate(1, 1)) == 2


@pytest.mark.row("S0-04")
def test_town_that_is_elsewhere_receives_and_a_closed_one_does_not():
    outlines = [outline(box(0, 0, 10, 10), town_id=1), outline(box(0, 0, 3, 3), town_id=2)]
    elsewhere = index(*outlines, towns=[town(1), town(2, state="elsewhere")])
    closed = index(*outlines, towns=[town(1), town(2, state="closed")])
    assert (receiver(elsewhere.locate(1, 1)), receiver(closed.locate(1, 1))) == (2, 1)
    assert [area.collectivity_id for area in closed.locate(1, 1).areas] == [1]


def test_commune_goes_before_the_agglomeration_that_has_its_outline():
    shared = index(
        outline(box(0, 0, 1, 1), town_id=1),
        outline(box(0, 0, 1, 0.999), town_id=2),
        towns=[town(1), town(2, kind="agglomeration")],
    )
    assert receiver(shared.locate(0.5, 0.5)) == 1


def test_district_without_an_outline_leads_to_its_town():
    simplified = index(
        outline(box(0, 0, 9.9, 10), town_id=1),
        outline(box(0, 0, 10, 10), town_id=1, kind="district", code="fives"),
    )
    place = simplified.locate(9.95, 5)
    assert (receiver(place), place.district.code) == (1, "fives")


@pytest.mark.parametrize("kind", ["sector", "contract_zone", "hub"])
def test_other_areas_alone_lead_nowhere(kind):
    assert index(outline(box(0, 0, 1, 1), kind=kind)).locate(0.5, 0.5) is None


def test_own_district_goes_first_whatever_its_precedence():
    place = index(
        outline(box(0, 0, 10, 10), town_id=1),
        outline(box(0, 0, 3, 3), town_id=2),
        outline(box(0, 0, 1, 1), town_id=1, kind="district", code="of-lille", precedence=0),
        outline(box(0, 0, 3, 3), town_id=2, kind="district", code="own", precedence=900),
    ).locate(0.5, 0.5)
    assert (place.district.code, receiver(place)) == ("own", 2)
    assert [area.code for area in place.areas if area.kind == "district"] == ["own", "of-lille"]


@pytest.mark.row("S0-71")
def test_district_of_another_town_serves_where_the_receiver_has_none():
    place = index(
        outline(box(0, 0, 10, 10), town_id=1),
        outline(box(0, 0, 3, 3), town_id=2),
        outline(box(0, 0, 3, 3), town_id=1, kind="district", code="hellemmes"),
    ).locate(1, 1)
    assert (receiver(place), place.district.code, place.sector) == (2, "hellemmes", None)


@pytest.mark.row("P-24")
def test_overlap_goes_to_the_lower_precedence_then_to_the_smaller():
    town_outline = outline(box(0, 0, 10, 10))
    park = outline(box(0, 0, 5, 5), kind="sector", code="park", precedence=10)
    street = outline(box(0, 0, 1, 1), kind="sector", code="street", precedence=20)
    square = outline(box(0, 0, 2, 2), kind="sector", code="square", precedence=20)
    place = index(town_outline, street, square, park).locate(0.5, 0.5)
    assert [area.code for area in place.areas if area.kind == "sector"] == [
        "park",
        "street",
        "square",
    ]
    assert place.sector == place.first("sector") == park.area


def test_hole_is_not_of_the_area_and_its_border_is():
    ring = Polygon(box(0, 0, 10, 10).exterior.coords, [box(4, 4, 6, 6).exterior.coords])
    holed = index(outline(ring))
    assert holed.locate(5, 5) is None
    assert receiver(holed.locate(4, 5)) == 1
    assert receiver(holed.locate(3, 3)) == 1


def test_point_on_a_shared_border_has_one_answer_whatever_the_order():
    left = outline(box(0, 0, 1, 1), kind="district", code="left", number=9)
    right = outline(box(1, 0, 2, 1), kind="district", code="right", number=1)
    whole = outline(box(0, 0, 2, 1), code="whole")
    answers = {
        index(*order).locate(1, 0.5).district.code
        for order in ([whole, left, right], [right, left, whole], [left, whole, right])
    }
    assert answers == {"left"}


@given(st.lists(st.tuples(GRID, GRID), min_size=3, max_size=25, unique=True), st.randoms())
def test_partition_gives_each_point_to_one_town_and_the_order_changes_nothing(corners, shuffle):
    """Triangles between random points share exact corners: a true partition of their hull."""
    triangles = list(
        shapely.delaunay_triangles(shapely.MultiPoint(corners)).geoms,
    )
    outlines = [
        outline(triangle, town_id=number, code=f"t{number}")
        for number, triangle in enumerate(triangles, start=1)
    ]
    first = index(*outlines)
    shuffled = list(outlines)
    shuffle.shuffle(shuffled)
    second = index(*shuffled)
    for number, triangle in enumerate(triangles, start=1):
        inside = triangle.centroid
        assert receiver(first.locate(inside.x, inside.y)) == number
        for x, y in triangle.exterior.coords:
            holding = [n for n, other in enumerate(triangles, 1) if other.covers(Point(x, y))]
            smallest = min(holding, key=lambda n: (triangles[n - 1].area, f"town-{n}"))
            assert receiver(first.locate(x, y)) == receiver(second.locate(x, y)) == smallest


@given(
    st.lists(st.tuples(GRID, GRID, st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12),
    st.floats(-1, 30),
    st.floats(-1, 30),
)
def test_place_agrees_with_asking_every_polygon(boxes, lon, lat):
    """Random overlapping boxes: the tree and the prepared polygons change no answer."""
    outlines = [
        outline(box(x, y, x + width, y + height), town_id=number, code=f"b{number}")
        for number, (x, y, width, height) in enumerate(boxes, start=1)
    ]
    place = index(*outlines).locate(lon, lat)
    holding = [item for item in outlines if item.geometry.intersects(Point(lon, lat))]
    assert (place is None) == (not holding)
    if place is not None:
        assert {area.code for area in place.areas} == {item.area.code for item in holding}
        smallest = min(
            holding, key=lambda item: (item.geometry.area, f"town-{item.area.collectivity_id}")
        )
        assert receiver(place) == smallest.area.collectivity_id


def test_threads_that_ask_a_fresh_index_at_once_are_told_the_truth():
    asked = subprocess.run(
        [sys.executable, "-m", "tests.territory.ask_at_once"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr[-2_000:]
