"""The agents' first page: a view of the reports, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from riverain.accounts.permissions import Permission
from riverain.catalogue.facts import Priority
from riverain.core import clock
from riverain.organisation.members import Member
from riverain.reports import door, queries, states, wording
from riverain.reports.lifecycle import PAUSED, Status
from riverain.reports.models import Channel, Picture, Report
from riverain.web.desk import frame
from riverain.web.desk.filters import FilterForm
from riverain.web.desk.words import PRIORITIES, VIEWS
from riverain.web.ui.access import AgentRequest, signed_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report as the list shows it."""

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


@require_safe
@signed_in(Permission.READ_REPORTS)
def worklist(request: AgentRequest) -> HttpResponse:
    form = FilterForm(request.GET, member=request.member)
    form.is_valid()
    filters = form.filters
    found = Paginator(queries.worklist(request.member, filters), queries.PAGE)
    page = found.get_page(request.GET.get("page"))
    pictures = queries.first_pictures(report.pk for report in page.object_list)
    return frame.page(
        request,
        "desk/worklist.html",
        {
            "title": VIEWS[filters.view][1],
            "view": VIEWS[filters.view][0],
            "total": found.count,
            "page": page,
            "form": form,
            "active": form.active(),
            "rows": [
                _row(request.member, report, pictures.get(report.pk)) for report in page.object_list
            ],
        },
        view=filters.view,
    )


def _row(member: Member, report: Report, picture: Picture | None) -> Row:
    now, status = clock.now(), Status(report.status)
    reads = door.may(member, Permission.READ_TEXTS, report)
    runs = report.is_open and status not in PAUSED
    return Row(
        href=reverse("desk:report", args=[report.number]),
        title=report.type.name,
        number=report.number,
        where=_where(report, reads=reads),
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
        icon=report.type.family.icon or "flag",
        thumb=reverse("desk:photo", args=[report.number, picture.pk, "thumb"])
        if picture and reads
        else "",
    )


def state_kind(status: Status) -> str:
    """The chip's kind for a status."""
    if status in PAUSED:
        return "wait"
    if status in {Status.CLAIMED, Status.REJECTION_PROPOSED}:
        return "soon"
    return "brand" if status in {Status.TO_PROCESS, Status.IN_PROGRESS} else "done"


def _where(report: Report, *, reads: bool) -> str:
    district = report.district.name if report.district else ""
    parts = [report.address if reads else "", district]
    return ", ".join(part for part in parts if part)
