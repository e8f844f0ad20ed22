"""Reads. Every one starts from what the person may see."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from riverain.accounts.permissions import Permission
from riverain.audit.models import Entry
from riverain.catalogue import queries as catalogues
from riverain.core import clock
from riverain.core.identifiers import normal_code
from riverain.core.refusals import NotFound
from riverain.files.queries import gone
from riverain.organisation.members import Member
from riverain.organisation.rules import Grant, Scope
from riverain.reports import door, kept, single
from riverain.reports.acting import ENTER, Reporter
from riverain.reports.lifecycle import CLOSED, ELSEWHERE, OPEN, RUNNING, Status
from riverain.reports.listed import Listed
from riverain.reports.models import Picture, Report
from riverain.territory import queries as territory

PAGE = 50
_UNANSWERED = Q(unanswered=True)
_UNDELIVERED = Q(undelivered=True)
# One that no word and no quotation mark follows.
_DASH = re.compile(r"-(?![^\W_]|\")")

# The desk's views, in the order in which they are shown (S0-77 is the first).
VIEWS = (
    "to_process",
    "late",
    "due_today",
    "to_resume",
    "mine",
    "unanswered",
    "work_done",
    "waiting",
    "transferred",
    "claims",
    "rejections",
    "to_locate",
    "to_look_at",
    "undelivered",
    "open",
    "closed",
)


def visible(member: Member, permission: Permission = Permission.READ_REPORTS) -> QuerySet[Report]:
    """The reports on which a member holds a permission; none without a grant that gives it."""
    return Report.objects.filter(allowed(member, permission))


def allowed(member: Member, permission: Permission) -> Q:
    """On which reports a member holds a permission."""
    there = Q(pk__in=[])
    for grant in member.reach(permission):
        there |= _within(grant)
    return there


def readable(member: Member, number: str) -> Report:
    """One report by its number, its row alone: names of types, services and areas are in memory.
    Raises NotFound for what is not there and for what the member may not see, in the same words.
    """
    for found in single.numbered(number, member.collectivity_ids):
        if door.may(member, Permission.READ_REPORTS, found):
            return found
    raise NotFound(_("Ce signalement n’existe pas, ou n’est pas de votre ressort."))


def entered(member: Member, number: str) -> Report:
    """A report that this member entered for someone, wherever it went since: what is read aloud
    to the caller. Raises NotFound, also once they may not enter reports there any more."""
    entries = Entry.objects.filter(
        stream_kind=door.STREAM, stream_id=OuterRef("pk"), seq=1, acting=member.label
    )
    found = (
        Report.objects.filter(
            Exists(entries),
            # the index of numbers is by town
            collectivity_id__in=sorted(member.collectivity_ids),
            number=number,
            anonymised_at__isnull=True,
        )
        .select_related("type", "service", "partner", "district")
        .first()
    )
    if found is None or not member.may(ENTER, collectivity_id=found.collectivity_id):
        raise NotFound(_("Ce signalement n’existe pas, ou n’est pas de votre ressort."))
    return found


def first_pictures(report_ids: Iterable[int]) -> dict[int, int]:
    """The first picture, by its id, of each of these reports that has one, in one query. Those of
    messages are left out: outside bodies do not see them (`sight`)."""
    return dict(kept.rows(_first_pictures, Q(report_id__in=list(report_ids))))


def _first_pictures(of_reports: Q) -> QuerySet[Picture, Any]:
    return (
        Picture.objects.filter(of_reports)
        .exclude(from_reporter=True, seq__gt=1)
        .order_by("report_id", "seq", "position")
        .distinct("report_id")
        .values_list("report_id", "pk")
    )


def picture(report: Report, picture_id: int) -> Picture:
    """A picture of this report. Raises NotFound for one of another, in the same words."""
    found = report.pictures.select_related("file").filter(pk=picture_id).first()
    if found is None:
        raise gone()
    return found


def by_code(code: str) -> tuple[Report, Reporter]:
    """The report of a tracking code, and the right that the code gives. Raises NotFound."""
    clean = normal_code(code)
    found = (
        Report.objects.filter(tracking_code=clean)
        .select_related("type", "service", "partner", "district")
        .first()
        if clean
        else None
    )
    if found is None:
        raise no_such_code()
    return found, Reporter(report_id=found.pk)


def no_such_code() -> NotFound:
    """The same words for a code that is free, one that was erased, and what cannot be one."""
    return NotFound(
        _(
            "Aucun signalement ne porte ce code. Il compte douze caractères, par exemple"
            " K7QX-92MP-4TFC ; il est dans votre mail de confirmation."
        ),
        field="code",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a worklist is narrowed by; empty means all."""

    view: str = "to_process"
    collectivity_id: int | None = None
    type_id: int | None = None
    family_id: int | None = None
    service_id: int | None = None
    partner_id: int | None = None
    district_id: int | None = None
    sector_id: int | None = None
    channel: str = ""
    status: str = ""
    late: bool = False
    text: str = ""


def page(member: Member, filters: Filters, number: str | int | None = 1) -> "Page[Listed]":
    """A page of a view, the most pressing first: urgent ones, then by deadline. Two queries
    whatever the number of rows: the count, the rows."""
    asked = _asked(member, filters)
    total = _counted(asked)
    shown: Page[Any] = Paginator(range(total), PAGE).get_page(number)
    start = (shown.number - 1) * PAGE
    rows = kept.rows(_listed, asked, fixed=(filters.view, start)) if total else []
    shown.object_list = [Listed._make(row) for row in rows]
    return shown


def _count(asked: Q) -> QuerySet[Report, Any]:
    every = Func(function="COUNT", template="%(function)s(*)", output_field=IntegerField())
    return Report.objects.filter(asked).values_list(every)


def _listed(asked: Q, view: str, start: int) -> QuerySet[Report, Any]:
    """Keys first, since an index alone tells them (`reports_report_open`); only the rows of
    one page are read whole."""
    keys = in_order(Report.objects.filter(asked), view).values("pk")[start : start + PAGE]
    return in_order(Report.objects.filter(pk__in=keys), view).values_list(*Listed._fields)


def in_order(rows: QuerySet[Report], view: str) -> QuerySet[Report]:
    """Reports of a view, the most pressing first; of those that ended, the last one first."""
    order = (
        ["-closed_at", "-id"]
        if view == "closed"
        else ["priority", F("due_at").asc(nulls_last=True), "id"]
    )
    return rows.order_by(*order)


def in_view(member: Member, filters: Filters) -> QuerySet[Report]:
    """What a worklist holds, in no order."""
    return Report.objects.filter(_asked(member, filters))


def count(member: Member, filters: Filters) -> int:
    """How many reports a worklist holds."""
    return _counted(_asked(member, filters))


def holds(member: Member, filters: Filters, report_id: int) -> bool:
    """Whether a worklist holds this report."""
    return _counted(_asked(member, filters) & Q(pk=report_id)) > 0


def _counted(asked: Q) -> int:
    return sum(row[0] for row in kept.rows(_count, asked))


def pressing(member: Member) -> tuple[Q, Q]:
    """Which reports are late, and which are due before the day ends."""
    views = _views(member)
    return views["late"].rows, views["due_today"].rows


def counts(member: Member, filters: Filters) -> Mapping[str, int]:
    """How many reports each view but "closed" holds, in one query: one pass over the open ones by
    status, and over those of the ended that someone still waits for."""
    views = {name: view for name, view in _views(member).items() if name != "closed"}
    tests = {name: view.test for name, view in views.items() if view.test}
    narrowed = _narrowed(member, filters)
    still = narrowed & Q(status__in=sorted(OPEN))
    ended = narrowed & Q(status__in=sorted(CLOSED)) & (_UNANSWERED | _UNDELIVERED)
    rows = kept.rows(_by_status, still, ended, *tests.values())
    by_status = {status: dict(zip(["", *tests], row, strict=True)) for status, *row in rows}
    return {
        name: sum(
            by_status[one][name if name in tests else ""]
            for one in view.statuses
            if one in by_status
        )
        for name, view in views.items()
    }


def _by_status(still: Q, ended: Q, *tests: Q) -> QuerySet[Report, Any]:
    """Of each status: how many, and how many pass each of the tests."""
    passing = {f"test_{at}": Count("pk", filter=one) for at, one in enumerate(tests)}
    open_ones, ended_ones = (
        Report.objects.filter(among).values_list("status").annotate(all=Count("pk"), **passing)
        for among in (still, ended)
    )
    return open_ones.union(ended_ones, all=True)


def _within(grant: Grant) -> Q:
    within = Q(collectivity_id__in=sorted(grant.collectivity_ids))
    if grant.area_ids:
        areas = sorted(grant.area_ids)
        within &= Q(district_id__in=areas) | Q(sector_id__in=areas)
    match grant.scope:
        case Scope.ALL:
            return within
        case Scope.AREA:
            return within if grant.area_ids else Q(pk__in=[])
        case Scope.SERVICE:
            return within & Q(service_id__in=sorted(grant.service_ids))
        case Scope.PARTNER:
            return within & Q(partner_id=grant.partner_id) & Q(partner_id__isnull=False)


def _asked(member: Member, filters: Filters) -> Q:
    return _narrowed(member, filters) & _views(member)[filters.view].rows


def _narrowed(member: Member, filters: Filters) -> Q:
    """What the member may see, narrowed. Words find a report only where the member may read the
    words of residents: a search would else answer what the page does not show."""
    exact = {
        "collectivity_id": filters.collectivity_id,
        "type_id": filters.type_id,
        "service_id": filters.service_id,
        "partner_id": filters.partner_id,
        "district_id": filters.district_id,
        "sector_id": filters.sector_id,
        "channel": filters.channel or None,
        "status": filters.status or None,
    }
    asked = allowed(member, Permission.READ_REPORTS)
    asked &= Q(**{name: value for name, value in exact.items() if value is not None})
    if filters.family_id is not None:
        asked &= Q(type_id__in=_types_of(member, filters.family_id))
    if filters.late:
        asked &= _views(member)["late"].rows
    if filters.text:
        readable_words = Q(search__words=_words(filters.text)) & allowed(
            member, Permission.READ_TEXTS
        )
        # as numbers are written, not whatever the case: their index finds it then
        asked &= readable_words | Q(number=filters.text.strip().upper())
    return asked


def _words(text: str) -> str:
    """« rue de Lille - trottoir » asks for a pavement, « rue de Lille -trottoir » for none.
    PostgreSQL takes both for « without », and fails on 32 in a row, as in a line of a mail."""
    return _DASH.sub(" ", text)


def _types_of(member: Member, family_id: int) -> list[int]:
    """The types of a family, retired ones too. Not a join: what is counted would leave the index
    for it."""
    return [
        one.id
        for town in sorted(member.collectivity_ids)
        for one in catalogues.catalogue(town).by_id.values()
        if one.family_id == family_id
    ]


@dataclass(frozen=True, slots=True)
class _View:
    """The reports of these statuses, of those the ones that pass the test."""

    statuses: frozenset[Status]
    test: Q = field(default_factory=Q)

    @property
    def rows(self) -> Q:
        if self.statuses == frozenset(Status):
            return self.test
        return Q(status__in=sorted(self.statuses)) & self.test


def _views(member: Member) -> dict[str, _View]:
    now = clock.now()
    midnight = _end_of_day(member, now)
    today = Q(due_at__gte=now, due_at__lt=midnight)
    come = Q(resume_on__lt=midnight.date())
    return {
        "to_process": _View(frozenset({Status.TO_PROCESS, Status.CLAIMED})),
        "late": _View(RUNNING, Q(due_at__lt=now)),
        "due_today": _View(RUNNING, today),
        # What was put off until a day that has come (P-25).
        "to_resume": _View(frozenset({Status.WAITING}), come),
        "mine": _View(OPEN, Q(agent_id=member.user_id)),
        # Who wrote after the ending waits too, and who was to be told of it by a mail that failed.
        "unanswered": _View(frozenset(Status), _UNANSWERED),
        "work_done": _View(RUNNING, Q(work_done_at__isnull=False)),
        "waiting": _View(frozenset({Status.WAITING})),
        "transferred": _View(ELSEWHERE),
        "claims": _View(frozenset({Status.CLAIMED})),
        "rejections": _View(frozenset({Status.REJECTION_PROPOSED})),
        "to_locate": _View(OPEN, Q(quadkey__isnull=True)),
        "to_look_at": _View(OPEN, Q(looked_at=False)),
        "undelivered": _View(frozenset(Status), _UNDELIVERED),
        "open": _View(OPEN),
        "closed": _View(CLOSED),
    }


def _end_of_day(member: Member, now: datetime) -> datetime:
    """Midnight where the member works."""
    here = clock.local(now, territory.time_zone(member.collectivity_ids))
    return datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo)
