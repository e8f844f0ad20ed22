"""The worklist on a map: what stands in a box, gathered by the squares of the quadkey's grid.

The address and the exact point of a report need a right of their own (`sight`): a member who
lacks it for a report does not find it here, and reads how many there are by district.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Avg, Case, CharField, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from riverain.accounts.permissions import Permission
from riverain.core.boxes import Box
from riverain.core.identifiers import LEVELS
from riverain.core.quadkeys import across, ranges
from riverain.organisation.members import Member
from riverain.reports import queries
from riverain.reports.listed import Listed
from riverain.reports.models import Report
from riverain.reports.queries import Filters

# A map tile is 256 pixels wide: two levels deeper, a square of 64 holds one mark of 44.
_DEEPER = 2
# A box is gathered into so many squares across at most, whatever zoom is asked for with it.
_MOST_ACROSS = 48


class Urgency(StrEnum):
    LATE = "late"
    TODAY = "today"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One report on the map. Nothing of whoever made it."""

    number: str
    title: str
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A square that holds reports, at their middle. `pin` is there when it holds one only."""

    lon: float
    lat: float
    count: int
    late: int
    today: int
    pin: Pin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """How many reports of a worklist a district holds; `id` None for those that lie in none."""

    id: int | None
    name: str
    count: int
    late: int


def marks(member: Member, filters: Filters, box: Box, zoom: int) -> list[Mark]:
    """The squares of a box that hold reports, in two queries. Their counts add up to exactly the
    reports in the box that the member may place on a map."""
    late, today = queries.pressing(member)
    cells = list(
        inside(member, filters, box)
        .annotate(cell=_cell(box, zoom))
        .values("cell")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=late),
            today=Count("pk", filter=today),
            mean_lon=Avg("lon"),
            mean_lat=Avg("lat"),
            one=Min("pk"),
        )
        .order_by("cell")
    )
    alone = _pins(member, (cell["one"] for cell in cells if cell["count"] == 1))
    return [
        Mark(
            lon=cell["mean_lon"],
            lat=cell["mean_lat"],
            count=cell["count"],
            late=cell["late"],
            today=cell["today"],
            pin=alone.get(cell["one"]) if cell["count"] == 1 else None,
        )
        for cell in cells
    ]


def inside(member: Member, filters: Filters, box: Box) -> QuerySet[Report]:
    """The reports of a worklist in a box, of those that the member may place on a map."""
    near = Q()
    for first, last in ranges(box):
        near |= Q(quadkey__range=(first, last))
    return _placeable(member, filters).filter(
        near, lon__range=(box.west, box.east), lat__range=(box.south, box.north)
    )


def first_inside(member: Member, filters: Filters, box: Box, *, limit: int) -> list[Listed]:
    """The list of a box: what the worklist would show of it, in its order."""
    # Keys first: whole rows would be read, and sorted, for all that the box holds.
    keys = queries.in_order(inside(member, filters, box), filters.view).values_list("pk", flat=True)
    rows = queries.in_order(Report.objects.filter(pk__in=list(keys[:limit])), filters.view)
    return [Listed._make(row) for row in rows.values_list(*Listed._fields)]


def extent(member: Member, filters: Filters) -> Box | None:
    """The box of all that can be placed, where a map of the worklist begins; None for nothing."""
    sides = _placeable(member, filters).aggregate(
        west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat")
    )
    return None if sides["west"] is None else Box(**sides)


def by_district(member: Member, filters: Filters) -> list[District]:
    """All of a worklist by district, wherever the member may read of it: the same as the map, for
    whoever sees none. Those that lie in no district, or nowhere yet, come last."""
    late, _today = queries.pressing(member)
    rows = (
        queries.in_view(member, filters)
        .values("district_id", "district__name")
        .annotate(count=Count("pk"), late=Count("pk", filter=late))
        .order_by(F("district__name").asc(nulls_last=True), "district_id")
    )
    return [
        District(
            id=row["district_id"],
            name=row["district__name"] or "",
            count=row["count"],
            late=row["late"],
        )
        for row in rows
    ]


def _placeable(member: Member, filters: Filters) -> QuerySet[Report]:
    may_place = queries.allowed(member, Permission.READ_TEXTS)
    return queries.in_view(member, filters).filter(may_place, quadkey__isnull=False)


def _cell(box: Box, zoom: int) -> CombinedExpression:
    """The square of the grid that a report is gathered into."""
    depth = min(zoom + _DEEPER, LEVELS)
    while across(box, depth) > _MOST_ACROSS:
        depth -= 1
    return F("quadkey").bitrightshift(2 * (LEVELS - depth))


def _pins(member: Member, ids: Iterable[int]) -> dict[int, Pin]:
    late, today = queries.pressing(member)
    urgency = Case(
        When(late, then=Value(Urgency.LATE)),
        When(today, then=Value(Urgency.TODAY)),
        default=Value(Urgency.OTHER),
        output_field=CharField(),
    )
    rows: Any = (
        Report.objects.filter(pk__in=list(ids))
        .annotate(urgency=urgency)
        .order_by("pk")
        .values_list("pk", "number", "type__name", "urgency")
    )
    return {
        pk: Pin(number=number, title=title, urgency=Urgency(said))
        for pk, number, title, said in rows
    }
