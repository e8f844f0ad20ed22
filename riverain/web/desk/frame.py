"""What surrounds every desk page: the place, the views with their counts, who is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from riverain.accounts.permissions import Permission
from riverain.notifications.delay import mails_are_late
from riverain.organisation.members import Member
from riverain.organisation.models import PartnerKind
from riverain.organisation.queries import directory
from riverain.reports import queries
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.desk.words import GROUPS, GROUPS_OUTSIDE, NEEDED, TO_US, VIEWS, WORK
from riverain.web.ui.access import AgentRequest
from riverain.web.ui.links import address

_NAMED_TOWNS = 2
# What whoever comes in the morning asks first; the first of them that a member sees are shown.
_TODAY = ("late", "due_today", "unanswered", "mine")
# Who comes for one of these finds its figure first.
_LEADS = frozenset({"transferred", "rejections"})
_SHOWN_TODAY = 3
# What an address says of a list. In French, since agents share these addresses.
LIST = (
    "vue",
    "q",
    "statut",
    "ville",
    "famille",
    "type",
    "service",
    "partenaire",
    "quartier",
    "secteur",
    "canal",
    "retard",
    "affichage",
    "page",
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a page is signed with, the zone of its times, the town's colour where it is one's."""

    name: str
    timezone: str
    brand_colour: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A view in the rail. `count` is None where it is not counted."""

    code: str
    href: str
    name: Any
    count: int | None
    is_here: bool
    is_late: bool


Groups: TypeAlias = list[tuple[Any, list[Link]]]


def page(
    request: AgentRequest,
    template: str,
    context: dict[str, Any],
    *,
    town: CollectivityFacts | None = None,
    view: str = "",
    status: int = 200,
) -> HttpResponse:
    """A desk page. `town` signs it, else the towns of the member; `view` is lit in the rail."""
    views = groups(request.member, view)
    around = signed(request, town) | {
        "groups": views,
        "today": today(request.member, views),
        "may_enter": bool(request.member.reach(Permission.ENTER_REPORTS)),
        "agent": request.user.name,
        "mails_are_late": mails_are_late(),
    }
    return render(request, template, around | context, status=status)


def signed(request: AgentRequest, town: CollectivityFacts | None) -> dict[str, Any]:
    """Whose page it is: what its times and its title are said with."""
    return {
        "place": Place(town.short_name, town.timezone, town.brand_colour)
        if town
        else _place(request.member),
        "carried": carried(request),
    }


def carried(request: HttpRequest) -> str:
    """The list that stands beside a report, as the end of an address: "?vue=…" with its filters.
    Empty for a report that was opened by itself, from a mail for instance."""
    if "vue" not in request.GET:
        return ""
    kept = [(name, value) for name in LIST if (value := request.GET.get(name, ""))]
    return f"?{urlencode(kept)}" if kept else ""


def groups(member: Member, here: str = "") -> Groups:
    """The rail's headings, each with its views. One query."""
    counts = queries.counts(member, queries.Filters())
    shown, outside = set(views_of(member)), is_outside(member)
    found: Groups = []
    for title, codes in GROUPS_OUTSIDE if outside else GROUPS:
        links = [
            _link(code, name_of(code, outside=outside), counts, here)
            for code in codes
            if code in shown
        ]
        if links:
            found.append((title, links))
    return found


def today(member: Member, views: Groups) -> list[Link]:
    """The figures of the first page, where no report is open yet. What a landlord was sent, what a
    manager decides lead there."""
    by_code = {link.code: link for _title, links in views for link in links}
    first = first_view(member)
    asked = (first, *_TODAY) if first in _LEADS else _TODAY
    return [by_code[code] for code in asked if code in by_code][:_SHOWN_TODAY]


def is_outside(member: Member) -> bool:
    """Whether the member reads reports only for an outside body that holds them."""
    grants = member.reach(Permission.READ_REPORTS)
    return bool(grants) and all(grant.partner_id is not None for grant in grants)


def name_of(code: str, *, outside: bool) -> Any:
    """What a view is called by those who see it."""
    return TO_US if outside and code == "transferred" else VIEWS[code][1]


def _link(code: str, name: Any, counts: Mapping[str, int], here: str) -> Link:
    return Link(
        code=code,
        href=f"{address('desk:worklist')}?vue={VIEWS[code][0]}",
        name=name,
        count=counts.get(code),
        is_here=code == here,
        is_late=code == "late" and bool(counts.get(code)),
    )


def towns_of(member: Member, permission: Permission) -> list[CollectivityFacts]:
    """The towns that take reports where the member holds a permission: the instance's own
    first, then by name."""
    held: set[int] = set()
    for grant in member.reach(permission):
        held |= grant.collectivity_ids
    there = (one for one in territory.open_collectivities() if one.id in held)
    return sorted(there, key=lambda one: (not one.is_default, one.short_name))


def views_of(member: Member) -> list[str]:
    """The views that concern this member: those for which they hold a right (`NEEDED`)."""
    held = {one for grant in member.reach(Permission.READ_REPORTS) for one in grant.permissions}
    return [code for code in VIEWS if code not in NEEDED or held & NEEDED[code]]


def first_view(member: Member) -> str:
    """What a member comes for: proposals of rejection for whoever decides and takes nothing in
    hand, everything that goes on for whoever only reads, what is transferred to a landlord or a
    network, else what is to be processed (S0-77): a contractor too is handed work, not reports."""
    if not any(member.reach(one) for one in WORK):
        return "open"
    if is_outside(member) and not _is_contractor(member):
        return "transferred"
    decides = member.reach(Permission.REJECT) and not member.reach(Permission.TAKE)
    return "rejections" if decides else "to_process"


def _is_contractor(member: Member) -> bool:
    held = directory()
    partners = (held.partner(grant.partner_id or 0) for grant in member.grants)
    return any(one is not None and one.kind == PartnerKind.CONTRACTOR for one in partners)


def _place(member: Member) -> Place:
    towns = towns_of(member, Permission.READ_REPORTS)
    zone = territory.time_zone([town.id for town in towns])
    if not towns or len(towns) > _NAMED_TOWNS:
        return Place("Riverain", zone)
    colour = towns[0].brand_colour if len(towns) == 1 else ""
    return Place(_(" et ").join(town.short_name for town in towns), zone, colour)
