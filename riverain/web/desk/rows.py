"""A report as the list shows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from riverain.accounts.permissions import Permission
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import Nature, Priority
from riverain.core import clock
from riverain.organisation.members import Member
from riverain.reports import door, queries, states, wording
from riverain.reports.lifecycle import OPEN, PAUSED, RUNNING, Status
from riverain.reports.listed import Listed
from riverain.reports.models import Channel, Report
from riverain.territory import queries as territory
from riverain.web.desk.words import PRIORITIES
from riverain.web.ui.links import address


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
    member: Member, reports: Iterable[Report | Listed], *, carried: str, open_number: str = ""
) -> list[Row]:
    """One query, for the pictures; another where some lie in areas retired since. `carried` is what
    each address keeps of the list's, and `open_number` the report that stands beside the list."""
    reports, now = list(reports), clock.now()
    pictures = queries.first_pictures(report.pk for report in reports)
    districts = territory.area_names({one.district_id for one in reports if one.district_id})
    # Found once: the addresses of a page differ by their numbers alone.
    there = address("desk:report", _NUMBER) + carried
    photo = address("desk:photo", _NUMBER, 0, "thumb")
    rows = []
    for one in reports:
        reads = door.may(member, Permission.READ_TEXTS, one)
        district = districts[one.district_id] if one.district_id else ""
        picture = pictures.get(one.pk) if reads else None
        rows.append(
            _row(
                one,
                now=now,
                href=there.replace(_NUMBER, one.number, 1),
                thumb=photo.replace("/0/", f"/{picture}/").replace(_NUMBER, one.number)
                if picture
                else "",
                where=", ".join(filter(None, [street(one.address) if reads else "", district])),
                is_open_here=one.number == open_number,
            )
        )
    return rows


def anchor_of(number: str) -> str:
    return f"s-{number}"


def _row(report: Report | Listed, *, now: datetime, **known: Any) -> Row:
    status = Status(report.status)
    is_open, priority = status in OPEN, Priority(report.priority)
    due = report.due_at if status in RUNNING else None
    type_ = catalogues.type_of(report.collectivity_id, report.type_id)
    return Row(
        anchor=anchor_of(report.number),
        title=type_.name,
        number=report.number,
        is_located=report.is_located,
        channel=wording.CHANNELS[Channel(report.channel)],
        state="" if status is Status.TO_PROCESS else wording.for_agents(states.state_of(report)),
        state_kind=state_kind(status),
        priority=PRIORITIES[priority] if is_open and priority < Priority.NORMAL else "",
        due=due,
        is_late=due is not None and due < now,
        age=now - report.received_at if report.received_has_time else None,
        icon=_BY_NATURE.get(Nature(report.nature), type_.shown_icon),
        **known,
    )


def state_kind(status: Status) -> str:
    """The chip's kind for a status."""
    if status in PAUSED:
        return "wait"
    if status in {Status.CLAIMED, Status.REJECTION_PROPOSED}:
        return "soon"
    if status in {Status.REJECTED, Status.NOT_KEPT}:
        return "plain"
    return "brand" if status in {Status.TO_PROCESS, Status.IN_PROGRESS} else "done"


# The end of an address of the national base: all reports at hand are of the same few towns.
_POST_TOWN = re.compile(r",? \d{5} [^,]+$")


def street(address: str) -> str:
    """An address without its town, for those who work there."""
    return _POST_TOWN.sub("", address)


# What asks for no work on the ground has its own icon, whatever its type.
_BY_NATURE = {Nature.SUGGESTION: "bulb", Nature.PRAISE: "heart"}
