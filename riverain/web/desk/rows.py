"""A report as the list shows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from riverain.accounts.permissions import Permission
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import CatalogueFacts, Nature, Priority
from riverain.core import clock
from riverain.organisation.members import Member
from riverain.reports import door, queries, states, wording
from riverain.reports.lifecycle import PAUSED, Status
from riverain.reports.models import Channel, Report
from riverain.territory import queries as territory
from riverain.web.desk.words import PRIORITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`anchor` names the row in its page, so that a link leads back to it."""

    anchor: str
    href: str
    title: str
    number: str
    where: str
    is_located: bool
    channel: Any
    state: str
    state_kind: str
    priority: Any
    due: datetime | None
    is_late: bool
    age: timedelta | None
    icon: str
    thumb: str
    is_open_here: bool


# Stands for a report's own in an address.
_NUMBER = "NUMBER"


def rows_of(
    member: Member, reports: Iterable[Report], *, carried: str, open_number: str = ""
) -> list[Row]:
    """One query, for the pictures; another where some lie in areas retired since. `carried` is what
    each address keeps of the list's, and `open_number` the report that stands beside the list."""
    reports = list(reports)
    pictures = queries.first_pictures(report.pk for report in reports)
    districts = territory.area_names({one.district_id for one in reports if one.district_id})
    # Found once: the addresses of a page differ by their numbers alone.
    there = reverse("desk:report", args=[_NUMBER])
    photo = reverse("desk:photo", args=[_NUMBER, 0, "thumb"])
    return [
        _row(
            member,
            one,
            href=there.replace(_NUMBER, one.number) + carried,
            thumb=_photo(photo, one, pictures.get(one.pk)),
            district=districts[one.district_id] if one.district_id else "",
            is_open=one.number == open_number,
        )
        for one in reports
    ]


def anchor_of(number: str) -> str:
    return f"s-{number}"


def _photo(pattern: str, report: Report, picture_id: int | None) -> str:
    if picture_id is None:
        return ""
    return pattern.replace("/0/", f"/{picture_id}/").replace(_NUMBER, report.number)


def _row(
    member: Member, report: Report, *, href: str, thumb: str, district: str, is_open: bool
) -> Row:
    now, status = clock.now(), Status(report.status)
    reads = door.may(member, Permission.READ_TEXTS, report)
    runs = report.is_open and status not in PAUSED
    catalogue = catalogues.catalogue(report.collectivity_id)
    # A type younger than the catalogue in memory is asked for.
    type_ = catalogue.type_by_id(report.type_id) or report.type
    return Row(
        anchor=anchor_of(report.number),
        href=href,
        title=type_.name,
        number=report.number,
        where=", ".join(filter(None, [street(report.address) if reads else "", district])),
        is_located=report.is_located,
        channel=wording.CHANNELS[Channel(report.channel)],
        state="" if status is Status.TO_PROCESS else wording.for_agents(states.state_of(report)),
        state_kind=state_kind(status),
        priority=PRIORITIES[Priority(report.priority)]
        if report.is_open and report.priority < Priority.NORMAL
        else "",
        due=report.due_at if runs else None,
        is_late=runs and report.due_at is not None and report.due_at < now,
        age=now - report.received_at if report.received_has_time else None,
        icon=_icon(report, catalogue, type_.family_id),
        thumb=thumb if reads else "",
        is_open_here=is_open,
    )


def state_kind(status: Status) -> str:
    """The chip's kind for a status."""
    if status in PAUSED:
        return "wait"
    if status in {Status.CLAIMED, Status.REJECTION_PROPOSED}:
        return "soon"
    return "brand" if status in {Status.TO_PROCESS, Status.IN_PROGRESS} else "done"


# The end of an address of the national base: all reports at hand are of the same few towns.
_POST_TOWN = re.compile(r",? \d{5} [^,]+$")


def street(address: str) -> str:
    """An address without its town, for those who work there."""
    return _POST_TOWN.sub("", address)


# What asks for no work on the ground has its own icon, whatever the family of its type.
_BY_NATURE = {Nature.SUGGESTION: "bulb", Nature.PRAISE: "heart"}


def _icon(report: Report, catalogue: CatalogueFacts, family_id: int) -> str:
    """The nature's own, else the family's."""
    if own := _BY_NATURE.get(Nature(report.nature)):
        return own
    return next((one.icon for one in catalogue.families if one.id == family_id), "") or "flag"
