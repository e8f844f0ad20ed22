"""The list in the middle of the screen: the reports of a view, the most pressing first."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page

from riverain.organisation.members import Member
from riverain.reports import queries
from riverain.reports.listed import Listed
from riverain.reports.queries import Filters
from riverain.web.desk.filters import FilterForm
from riverain.web.desk.frame import is_outside, name_of
from riverain.web.desk.mapping import MAP, SHOWN, Mapped, mapped
from riverain.web.desk.rows import Row, rows_of
from riverain.web.desk.words import EMPTY, NOTHING_TO_US, VIEWS
from riverain.web.ui.access import AgentRequest

# In an address: the filters are unfolded.
ASKING = "filtrer"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another view that holds what was looked for."""

    href: str
    name: Any
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The middle of the screen, either a page of rows or a map. Its addresses begin with "?": the
    report beside it stays.

    `carried` is the end of each report's address, so that the list
    stays beside it; `bare` is the view without filters; `is_asking` says that the filters are
    unfolded, `asking` is the address that folds or unfolds them."""

    view: str
    title: Any
    carried: str
    bare: str
    asking: str
    total: int
    page: Page[Listed] | None
    rows: list[Row]
    form: FilterForm
    active: list[tuple[str, str]]
    empty: tuple[Any, Any]
    elsewhere: list[Elsewhere]
    is_asking: bool
    as_list: str
    as_map: str
    map: Mapped | None


def listing(request: AgentRequest, *, open_number: str = "") -> Listing:
    """The list that the address asks for, on a map where it says so. Four queries: the count, the
    keys of the rows, the rows, their pictures; a map asks for its own rows, and counts alone here.
    Words that find nothing are looked for in all views.
    `open_number` is the report beside it."""
    form = FilterForm(request.GET, member=request.member)
    form.is_valid()
    filters, is_asking = form.filters, ASKING in request.GET
    is_map = request.GET.get(SHOWN) == MAP
    page = None if is_map else queries.page(request.member, filters, request.GET.get("page"))
    if page is None:
        total, shown, more = queries.count(request.member, filters), [], {SHOWN: MAP}
    else:
        total, shown = page.paginator.count, list(page.object_list)
        more = {"page": str(page.number)} if page.number > 1 else {}
    carried = form.address(**more)
    outside = is_outside(request.member)
    asked = {ASKING: "1"} | ({SHOWN: MAP} if is_map else {})
    return Listing(
        view=filters.view,
        title=name_of(filters.view, outside=outside),
        carried=carried,
        bare=f"?vue={VIEWS[filters.view][0]}",
        asking=form.address() if is_asking else form.address(**asked),
        total=total,
        page=page,
        rows=rows_of(request.member, shown, carried=carried, open_number=open_number),
        form=form,
        active=form.active(),
        empty=NOTHING_TO_US if outside and filters.view == "transferred" else EMPTY[filters.view],
        elsewhere=[] if total else _elsewhere(request.member, filters),
        is_asking=is_asking,
        as_list=form.address(),
        as_map=form.address(**{SHOWN: MAP}),
        map=mapped(request.member, form) if is_map else None,
    )


def _elsewhere(member: Member, filters: Filters) -> list[Elsewhere]:
    """Where the words are found, whatever the view and the other filters: a caller's number is
    seldom in the view at hand."""
    if not filters.text:
        return []
    found = []
    for code in ("open", "closed"):
        count = queries.count(member, Filters(view=code, text=filters.text))
        if count:
            address, name = VIEWS[code]
            href = "?" + urlencode({"vue": address, "q": filters.text})
            found.append(Elsewhere(href, name, count))
    return found
