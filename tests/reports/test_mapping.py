"""The worklist on a map: the counts are those of a count by hand, and nobody finds there what
they may not place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riverain.core import clock
from riverain.core.identifiers import quadkey
from riverain.core.quadkeys import Box
from riverain.reports import mapping
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.reports.queries import Filters
from tests import town
from tests.reports.rows import row

LILLE = Box(2.95, 50.59, 3.13, 50.67)
OPEN = Filters(view="open")


@pytest.fixture
def scattered(city):
    """Reports over Lille, some at one place, of every urgency, every fifth one ended. The clock
    stands still: one of them is due in a second."""
    model = town.report(city)
    with clock.frozen(clock.now()) as now:
        due = [now - timedelta(days=1), now + timedelta(seconds=1), now + timedelta(days=9), None]
        Report.objects.bulk_create(
            row(
                model,
                index,
                status=Status.TO_PROCESS if index % 5 else Status.DONE,
                district_id=model.district_id if index % 2 else None,
                due_at=due[index % 4],
                **_placed(index),
            )
            for index in range(60)
        )
        yield list(Report.objects.order_by("pk"))


def _placed(index):
    """Every sixth one at the same place."""
    lon = 3.00 + (index * 37 % 100) / 1000 if index % 6 else 3.0451
    lat = 50.61 + (index * 53 % 100) / 2500 if index % 6 else 50.6301
    return {"lon": lon, "lat": lat, "quadkey": quadkey(lon, lat)}


sides = st.tuples(
    st.floats(2.97, 3.12), st.floats(50.60, 50.66), st.floats(1e-5, 0.15), st.floats(1e-5, 0.06)
)


@pytest.mark.row("S0-74")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(side=sides, zoom=st.integers(0, 22))
def test_the_marks_of_any_box_add_up_to_a_count_by_hand(city, scattered, side, zoom):
    west, south, width, height = side
    box = Box(west, south, west + width, south + height)
    marks = mapping.marks(city.member("administrator"), OPEN, box, zoom)
    wanted = [one for one in scattered if one.status != Status.DONE and box.holds(one.lon, one.lat)]
    late = [one for one in wanted if one.due_at and one.due_at < clock.now()]
    assert sum(mark.count for mark in marks) == len(wanted)
    assert sum(mark.late for mark in marks) == len(late)
    points = {one.number: pytest.approx((one.lon, one.lat)) for one in wanted}
    assert all(points[mark.pin.number] == (mark.lon, mark.lat) for mark in marks if mark.pin)
    assert all((mark.pin is None) == (mark.count > 1) for mark in marks)
    assert all(box.west - 1e-9 <= mark.lon <= box.east + 1e-9 for mark in marks)
    assert all(box.south - 1e-9 <= mark.lat <= box.north + 1e-9 for mark in marks)


def test_far_away_all_are_in_few_marks_and_near_each_is_one(city, scattered):
    member = city.member("administrator")
    far = mapping.marks(member, OPEN, LILLE, 8)
    near = mapping.marks(member, OPEN, LILLE, 19)
    assert len(far) <= 4
    assert len(near) > 20
    assert sum(mark.count for mark in far) == sum(mark.count for mark in near) == 49


def test_a_pin_says_how_pressing_it_is(city, scattered):
    pins = [
        mark.pin
        for mark in mapping.marks(city.member("administrator"), OPEN, LILLE, 20)
        if mark.pin
    ]
    reports = {one.number: one for one in scattered}
    for pin in pins:
        due, now = reports[pin.number].due_at, clock.now()
        if due is None or due > now + timedelta(days=2):
            assert pin.urgency == "other"
        elif due < now:
            assert pin.urgency in {"late", "today"}
    assert {pin.urgency for pin in pins} >= {"late", "other"}


def test_a_huge_box_with_a_deep_zoom_is_gathered_all_the_same(city, scattered):
    marks = mapping.marks(city.member("administrator"), OPEN, Box(-180, -85, 180, 85), 30)
    assert len(marks) == 1
    assert marks[0].count == 49


def test_the_first_of_a_box_are_the_most_pressing(city, scattered):
    found = mapping.first_inside(city.member("administrator"), OPEN, LILLE, limit=5)
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)
    assert found[0].due_at < clock.now()
    assert len(found) == 5


def test_two_queries_whatever_the_number_of_marks(city, scattered, django_assert_num_queries):
    member = city.member("administrator")
    mapping.marks(member, OPEN, LILLE, 14)
    with CaptureQueriesContext(connection) as queries:
        mapping.marks(member, OPEN, LILLE, 19)
    assert len(queries) == 2


def test_filters_hold_on_the_map(city, scattered):
    member = city.member("administrator")
    closed = mapping.marks(member, Filters(view="closed"), LILLE, 5)
    wazemmes = mapping.marks(member, Filters(view="open", district_id=city.wazemmes.pk), LILLE, 5)
    assert sum(mark.count for mark in closed) == 12
    wanted = [
        one
        for one in scattered
        if one.district_id == city.wazemmes.pk and one.status != Status.DONE
    ]
    assert sum(mark.count for mark in wazemmes) == len(wanted)


def test_another_town_finds_nothing_here(city, scattered):
    from riverain.organisation.members import member_for

    member = member_for(city.caen_admin)
    assert mapping.marks(member, OPEN, LILLE, 12) == []
    assert mapping.extent(member, OPEN) is None
    assert mapping.by_district(member, OPEN) == []


def test_who_may_not_read_addresses_gets_no_point_but_the_count_by_district(city, scattered):
    """An elected official reads no address and no exact point (`sight`)."""
    member = city.member("elected")
    assert mapping.marks(member, OPEN, LILLE, 12) == []
    assert mapping.first_inside(member, OPEN, LILLE, limit=20) == []
    assert mapping.extent(member, OPEN) is None
    rows = mapping.by_district(member, OPEN)
    assert [row.name for row in rows] == ["Wazemmes", ""]
    assert sum(row.count for row in rows) == 49


def test_who_has_one_district_finds_that_one(city, scattered):
    marks = mapping.marks(city.member("district_hall"), OPEN, LILLE, 5)
    assert sum(mark.count for mark in marks) == len(
        [
            one
            for one in scattered
            if one.district_id == city.wazemmes.pk and one.status != Status.DONE
        ]
    )


def test_a_report_without_a_place_is_on_no_map_but_in_the_count(city):
    town.report(city, at=None, address="rue des Postes")
    member = city.member("administrator")
    assert mapping.marks(member, OPEN, Box(-180, -85, 180, 85), 3) == []
    assert [(row.id, row.count) for row in mapping.by_district(member, OPEN)] == [(None, 1)]


def test_a_map_begins_where_the_reports_are(city):
    town.report(city, at=town.WAZEMMES)
    town.report(city, at=town.CENTRE)
    found = mapping.extent(city.member("administrator"), OPEN)
    assert found == Box(
        min(town.WAZEMMES[0], town.CENTRE[0]),
        min(town.WAZEMMES[1], town.CENTRE[1]),
        max(town.WAZEMMES[0], town.CENTRE[0]),
        max(town.WAZEMMES[1], town.CENTRE[1]),
    )
