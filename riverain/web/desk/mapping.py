"""The list on a map (`?affichage=carte`): marks by urgency, the list of what is in sight, and the
count by district, which says the same to whoever sees no map.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.accounts.permissions import Permission
from riverain.core.boxes import Box
from riverain.core.refusals import Invalid
from riverain.organisation.members import Member
from riverain.reports import mapping
from riverain.reports.mapping import District, Mark
from riverain.web.desk import frame
from riverain.web.desk.filters import FilterForm
from riverain.web.desk.rows import rows_of
from riverain.web.ui import maps
from riverain.web.ui.access import AgentRequest, signed_in

# In an address: the list is shown on a map.
SHOWN, MAP = "affichage", "carte"
# Rows of the list of a zone: what one person does next, not all that there is.
ROWS = 20
_DEEPEST = 22
# In place of a report's number in an address.
_NUMBER = "NUMERO"
_SIDES = ("ouest", "sud", "est", "nord")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A district with its reports. `href` is its list, empty for what lies in no district."""

    name: str
    href: str
    count: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What `desk/parts/map.html` shows. `box` is where the map begins, empty where nothing can be
    placed; `places` says whether the member may read exact places at all.
    """

    marks_url: str
    rows_url: str
    list_href: str
    box: str
    places: bool
    counts: list[Count]
    ground: str


def mapped(member: Member, form: FilterForm) -> Mapped:
    """The map of a list, two queries: its extent, and the counts by district."""
    asked = form.address(**{SHOWN: MAP})
    extent = mapping.extent(member, form.filters)
    towns = frame.towns_of(member, Permission.READ_REPORTS)
    areas_url = reverse("desk:areas", args=[towns[0].slug]) if towns else ""
    return Mapped(
        marks_url=reverse("desk:map-data") + asked,
        rows_url=reverse("desk:map-rows") + asked,
        list_href=form.address(),
        box=",".join(f"{side:.6f}" for side in extent) if extent else "",
        places=bool(member.reach(Permission.READ_TEXTS)),
        counts=list(_counts(form, mapping.by_district(member, form.filters))),
        ground=maps.ground(areas_url),
    )


@require_safe
@signed_in(Permission.READ_REPORTS)
def data(request: AgentRequest) -> HttpResponse:
    """The marks of a box: nothing of whoever reported, nothing that the list does not show."""
    form = _form(request)
    box, zoom = _box(request), _zoom(request)
    marks = mapping.marks(request.member, form.filters, box, zoom)
    carried = form.address(**{SHOWN: MAP})
    # One address for all: hundreds of them would cost more than the marks.
    href = reverse("desk:report", args=[_NUMBER]) + carried
    return JsonResponse({"marks": [_mark(mark, href) for mark in marks]})


@require_safe
@signed_in(Permission.READ_REPORTS)
def rows(request: AgentRequest) -> HttpResponse:
    """The list of a box, the most pressing first: what the marks say, for eyes and ears."""
    form, box = _form(request), _box(request)
    member, filters = request.member, form.filters
    total = mapping.inside(member, filters, box).count()
    found = mapping.first_inside(member, filters, box, limit=ROWS)
    carried = form.address(**{SHOWN: MAP})
    shown = rows_of(member, found, carried=carried)
    context = frame.signed(request, None) | {"total": total, "rows": shown}
    return render(request, "desk/parts/map_rows.html", context)


def _form(request: AgentRequest) -> FilterForm:
    form = FilterForm(request.GET, member=request.member)
    form.is_valid()
    return form


def _box(request: HttpRequest) -> Box:
    """Raises Invalid for what is no box on Earth."""
    try:
        box = Box(*(float(request.GET[side]) for side in _SIDES))
    except (KeyError, ValueError):
        box = None
    if box is None or not box.is_sound:
        raise Invalid(_("Cette zone de la carte n’existe pas."), field="ouest")
    return box


def _zoom(request: HttpRequest) -> int:
    """Raises Invalid for what is no level of a map."""
    said = request.GET.get("zoom", "")
    if not re.fullmatch(r"\d{1,2}", said, re.ASCII) or int(said) > _DEEPEST:
        raise Invalid(_("Cette zone de la carte n’existe pas."), field="zoom")
    return int(said)


def _mark(mark: Mark, href: str) -> dict[str, object]:
    said: dict[str, object] = {
        # Six digits: ten centimetres.
        "lon": round(mark.lon, 6),
        "lat": round(mark.lat, 6),
        "count": mark.count,
        "late": mark.late,
        "today": mark.today,
    }
    if mark.pin:
        said["pin"] = {
            "title": mark.pin.title,
            "urgency": mark.pin.urgency,
            "href": href.replace(_NUMBER, mark.pin.number, 1),
        }
    return said


def _counts(form: FilterForm, districts: list[District]) -> Iterator[Count]:
    for one in districts:
        yield Count(
            name=one.name or _("Hors quartier, ou sans lieu"),
            href=form.address(quartier=str(one.id)) if one.id else "",
            count=one.count,
            late=one.late,
        )
