"""What may be the same matter as a report: open ones nearby, and others of the same person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Func, IntegerField, Q, QuerySet

from riverain.accounts.permissions import Permission
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import CatalogueFacts
from riverain.core.boxes import Box
from riverain.core.distances import METRES_A_DEGREE, metres_a_degree_east, metres_between
from riverain.core.quadkeys import ranges
from riverain.organisation.members import Member
from riverain.reports import kept
from riverain.reports.lifecycle import OPEN
from riverain.reports.models import Report
from riverain.reports.queries import allowed
from riverain.reports.timeline import reports_of_contact

METRES = 150
# Shown at most; a hot spot has its own view, and nobody reads a list of forty.
FEW = 3
# Read at most, to find the nearest few among them.
_CLOSE = 60
# The tiles of two across and two high, at most.
_ACROSS = 2
_RANGES = _ACROSS**2
_READ = ("id", "number", "type_id", "address", "lon", "lat", "received_at")


@dataclass(frozen=True, slots=True)
class Other:
    """Another report, as far as a line about it says it."""

    number: str
    type_name: str
    address: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Nearby:
    """`metres` is as the crow flies."""

    report: Other
    metres: int


@dataclass(frozen=True, slots=True)
class Known:
    """What else a person reported: how many before this one, and the newest of the others."""

    before: int
    others: tuple[Other, ...]


def nearby(member: Member, report: Report) -> list[Nearby]:
    """The open reports of the same family within 150 m, the nearest first: one query, over a few
    ranges of quadkeys. Only where the member may know exact places."""
    lon, lat, catalogue = report.lon, report.lat, catalogues.catalogue(report.collectivity_id)
    type_ = catalogue.type_by_id(report.type_id)
    if lon is None or lat is None or type_ is None:
        return []
    high, wide = METRES / METRES_A_DEGREE, METRES / metres_a_degree_east(lat)
    family = [one for one, held in catalogue.by_id.items() if held.family_id == type_.family_id]
    there = (
        _within(Box(lon - wide, lat - high, lon + wide, lat + high))
        & Q(collectivity_id=report.collectivity_id, type_id__in=family, status__in=sorted(OPEN))
        & ~Q(pk=report.pk)
    )
    rows = kept.rows(_newest, allowed(member, Permission.READ_TEXTS), there, fixed=(_CLOSE,))
    found = sorted((metres_between(lon, lat, row[4], row[5]), row) for row in rows)
    return [
        Nearby(_other(row, catalogue), round(away)) for away, row in found[:FEW] if away <= METRES
    ]


def _within(box: Box) -> Q:
    """Always as many ranges: it is one statement then, planned once."""
    found = ranges(box, most_across=_ACROSS)
    inside = Q()
    for first, last in found + found[-1:] * (_RANGES - len(found)):
        inside |= Q(quadkey__gte=first, quadkey__lte=last)
    return inside & Q(lon__gte=box.west, lon__lte=box.east, lat__gte=box.south, lat__lte=box.north)


def _newest(seen: Q, there: Q, most: int) -> QuerySet[Report, Any]:
    rows = Report.objects.filter(seen, there).order_by("-received_at", "-id")
    return rows.values_list(*_READ)[:most]


def _count(seen: Q, there: Q) -> QuerySet[Report, Any]:
    every = Func(function="COUNT", template="%(function)s(*)", output_field=IntegerField())
    return Report.objects.filter(seen, there).values_list(every)


def _other(row: tuple[Any, ...], catalogue: CatalogueFacts) -> Other:
    _id, number, type_id, address, _lon, _lat, received_at = row
    return Other(number, catalogue.by_id[type_id].name, address, received_at)


def of_same_person(member: Member, report: Report, contact: dict[str, str]) -> Known:
    """The reports that left the same e-mail address or number, among those whose contacts the
    member may read. Two or three queries; none where nothing was left."""
    ids = reports_of_contact(email=contact.get("email", ""), phone=contact.get("phone", ""))
    others = [one for one in ids if one != report.pk]
    if not others:
        return Known(0, ())
    seen = allowed(member, Permission.READ_CONTACTS)
    theirs = Q(pk__in=others, collectivity_id=report.collectivity_id)
    earlier = theirs & Q(received_at__lt=report.received_at)
    rows = kept.rows(_newest, seen, theirs, fixed=(FEW,))
    catalogue = catalogues.catalogue(report.collectivity_id)
    return Known(
        before=sum(row[0] for row in kept.rows(_count, seen, earlier)),
        others=tuple(_other(row, catalogue) for row in rows),
    )
