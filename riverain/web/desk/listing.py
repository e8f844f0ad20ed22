"""The list in the middle of the screen: the reports of a view, the most pressing first."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from riverain.reports import queries
from riverain.reports.models import Report
from riverain.web.desk.filters import FilterForm
from riverain.web.desk.rows import Row, rows_of
from riverain.web.desk.words import EMPTY, VIEWS
from riverain.web.ui.access import AgentRequest

# In an address: the filters are unfolded.
ASKING = "filtrer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The middle of the screen. Its addresses begin with "?": the report beside it stays.

    `carried` is the end of each report's address, so that the list
    stays beside it; `bare` is the view without filters; `is_asking` says that the filters are
    unfolded, `asking` is the address that folds or unfolds them."""

    view: str
    title: Any
    carried: str
    bare: str
    asking: str
    total: int
    page: Page[Report]
    rows: list[Row]
    form: FilterForm
    active: list[tuple[str, str]]
    empty: tuple[Any, Any]
    is_asking: bool


def listing(request: AgentRequest, *, open_number: str = "") -> Listing:
    """The list that the address asks for, three queries: the rows, their count, their pictures.
    `open_number` is the report beside it."""
    form = FilterForm(request.GET, member=request.member)
    form.is_valid()
    filters = form.filters
    found = Paginator(queries.worklist(request.member, filters), queries.PAGE)
    page = found.get_page(request.GET.get("page"))
    is_asking = ASKING in request.GET
    more = {"page": str(page.number)} if page.number > 1 else {}
    carried = form.address(**more)
    return Listing(
        view=filters.view,
        title=VIEWS[filters.view][1],
        carried=carried,
        bare=f"?vue={VIEWS[filters.view][0]}",
        asking=form.address() if is_asking else form.address(**{ASKING: "1"}),
        total=found.count,
        page=page,
        rows=rows_of(request.member, page.object_list, carried=carried, open_number=open_number),
        form=form,
        active=form.active(),
        empty=EMPTY[filters.view],
        is_asking=is_asking,
    )
