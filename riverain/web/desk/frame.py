"""What surrounds every desk page: the place, the views with their counts, who is signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from riverain.accounts.permissions import Permission
from riverain.organisation.members import Member
from riverain.reports import queries
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.desk.words import GROUPS, INSIDE_ONLY, VIEWS
from riverain.web.ui.access import AgentRequest

_NAMED_TOWNS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """What a page is signed with, and the zone of its times."""

    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Link:
    """A view in the rail. `count` is None where it is not counted."""

    href: str
    name: Any
    count: int | None
    is_here: bool
    is_late: bool


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
    around = {
        "place": Place(town.short_name, town.timezone) if town else _place(request.member),
        "groups": list(_groups(request.member, view)),
        "may_enter": bool(request.member.reach(Permission.ENTER_REPORTS)),
        "agent": request.user.name,
    }
    return render(request, template, around | context, status=status)


def towns_of(member: Member, permission: Permission) -> list[CollectivityFacts]:
    """The towns that take reports where the member holds a permission: the instance's own
    first, then by name."""
    held: set[int] = set()
    for grant in member.reach(permission):
        held |= grant.collectivity_ids
    there = (one for one in territory.open_collectivities() if one.id in held)
    return sorted(there, key=lambda one: (not one.is_default, one.short_name))


def is_outside(member: Member) -> bool:
    """Whether all that the member may read is what an outside body was handed."""
    return all(one.partner_id is not None for one in member.reach(Permission.READ_REPORTS))


def views_of(member: Member) -> list[str]:
    """The views that concern this member."""
    left_out = INSIDE_ONLY if is_outside(member) else frozenset()
    return [code for code in VIEWS if code not in left_out]


def _groups(member: Member, here: str) -> Iterator[tuple[Any, list[Link]]]:
    counts = queries.counts(member, queries.Filters())
    shown = set(views_of(member))
    for title, codes in GROUPS:
        links = [
            Link(
                href=f"{reverse('desk:worklist')}?vue={VIEWS[code][0]}",
                name=VIEWS[code][1],
                count=counts.get(code),
                is_here=code == here,
                is_late=code == "late" and bool(counts.get(code)),
            )
            for code in codes
            if code in shown
        ]
        if links:
            yield title, links


def _place(member: Member) -> Place:
    towns = towns_of(member, Permission.READ_REPORTS)
    zone = towns[0].timezone if towns else "Europe/Paris"
    if not towns or len(towns) > _NAMED_TOWNS:
        return Place("Riverain", zone)
    return Place(_(" et ").join(town.short_name for town in towns), zone)
