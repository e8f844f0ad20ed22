"""The one screen of the desk: views, list, report, side by side where they fit.

A page about one report is asked for in three ways. Whole, with an address that names its list
(`vue`): all three stand there. Whole, with its own address alone: the report, without a list. By
the page itself, for the pane beside its list (htmx): the pane's content and nothing else.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from riverain.territory.facts import CollectivityFacts
from riverain.web.desk import frame
from riverain.web.desk.listing import listing
from riverain.web.ui.access import AgentRequest
from riverain.web.ui.redirects import see_other

PANE = "pane"


def is_pane(request: HttpRequest) -> bool:
    """Whether only the pane's content is asked for."""
    return request.headers.get("HX-Target") == PANE


def page(
    request: AgentRequest,
    template: str,
    context: dict[str, Any],
    *,
    town: CollectivityFacts | None = None,
    status: int = 200,
    number: str = "",
    has_list: bool = False,
) -> HttpResponse:
    """`template` extends `base`, and fills the blocks `title` and `pane`. `number` is the report
    that it shows; `has_list` puts a list beside it whatever the address says."""
    if is_pane(request):
        around = frame.signed(request, town) | {"base": "desk/pane.html"}
        response = render(request, template, around | context, status=status)
    else:
        beside = has_list or bool(frame.carried(request))
        shown = listing(request, open_number=number) if beside else None
        around = {"base": "desk/screen.html", "listing": shown, "at": "report"}
        view = shown.view if shown else ""
        response = frame.page(
            request, template, around | context, town=town, view=view, status=status
        )
    patch_vary_headers(response, ["HX-Target"])
    return response


def leave(request: HttpRequest, address: str) -> HttpResponse:
    """To another page altogether, also when only the pane was asked for."""
    if is_pane(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return see_other(address)
