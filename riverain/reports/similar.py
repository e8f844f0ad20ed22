"""What may be the same matter as a report: open ones nearby, and others of the same person."""

from dataclasses import dataclass

from django.db.models import Q

from riverain.accounts.permissions import Permission
from riverain.catalogue import queries as catalogues
from riverain.core.boxes import Box
from riverain.core.distances import METRES_A_DEGREE, metres_a_degree_east, metres_between
from riverain.core.quadkeys import ranges
from riverain.organisation.members import Member
from riverain.reports.lifecycle import OPEN
from riverain.reports.models import Report
from riverain.reports.queries import visible
from riverain.reports.timeline import reports_of_contact

METRES = 150
# Shown at most; a hot spot has its own view, and nobody reads a list of forty.
FEW = 3
# Read at most, to find the nearest few among them.
_CLOSE = 60
# Of the others, what a line about them says.
_SHOWN = ("number", "address", "lon", "lat", "received_at", "type__name")


@dataclass(frozen=True, slots=True)
class Nearby:
    """`metres` is as the crow flies."""

    report: Report
    metres: int


@dataclass(frozen=True, slots=True)
class Known:
    """What else a person reported: how many before this one, and the newest of the others."""

    before: int
    others: tuple[Report, ...]


def nearby(member: Member, report: Report) -> list[Nearby]:
    """The open reports of the same family within 150 m, the nearest first: one query, over a few
    ranges of quadkeys. Only where the member may know exact places."""
    lon, lat = report.lon, report.lat
    type_ = catalogues.catalogue(report.collectivity_id).type_by_id(report.type_id)
    if lon is None or lat is None or type_ is None:
        return []
    high, wide = METRES / METRES_A_DEGREE, METRES / metres_a_degree_east(lat)
    inside = Q(pk__in=[])
    for first, last in ranges(Box(lon - wide, lat - high, lon + wide, lat + high)):
        inside |= Q(quadkey__range=(first, last))
    there = (
        visible(member, Permission.READ_TEXTS)
        .filter(
            inside,
            collectivity_id=report.collectivity_id,
            type__family_id=type_.family_id,
            status__in=sorted(OPEN),
        )
        .exclude(pk=report.pk)
        .select_related("type")
        .only(*_SHOWN)
        .order_by("-received_at", "-id")[:_CLOSE]
    )
    found = [Nearby(other, round(_away(lon, lat, other))) for other in there]
    close = (one for one in found if one.metres <= METRES)
    return sorted(close, key=lambda one: (one.metres, one.report.pk))[:FEW]


def of_same_person(member: Member, report: Report, contact: dict[str, str]) -> Known:
    """The reports that left the same e-mail address or number, among those whose contacts the
    member may read. Two or three queries; none where nothing was left."""
    ids = reports_of_contact(email=contact.get("email", ""), phone=contact.get("phone", ""))
    others = [one for one in ids if one != report.pk]
    if not others:
        return Known(0, ())
    theirs = visible(member, Permission.READ_CONTACTS).filter(
        pk__in=others, collectivity_id=report.collectivity_id
    )
    return Known(
        before=theirs.filter(received_at__lt=report.received_at).count(),
        others=tuple(
            theirs.select_related("type").only(*_SHOWN).order_by("-received_at", "-id")[:FEW]
        ),
    )


def _away(lon: float, lat: float, other: Report) -> float:
    return metres_between(lon, lat, other.lon or 0, other.lat or 0)
