"""The collectivity that a request is for, and what a page says when there is none to report to."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.territory.kinds import CollectivityState

P = ParamSpec("P")

GONE = 410


def town_of(request: HttpRequest) -> CollectivityFacts | None:
    """What `CollectivityMiddleware` found."""
    found: CollectivityFacts | None = getattr(request, "collectivity", None)
    return found


def place(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `place`, which signs every page and gives times their zone."""
    return {"place": town_of(request)}


def takes_reports(
    view: Callable[Concatenate[HttpRequest, CollectivityFacts, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Gives an open collectivity to the view; answers itself where there is none. Pages that
    follow what was reported before stand without this: they live on when a town leaves."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        town = town_of(request)
        if town is None:
            return _no_town(request)
        if town.state == CollectivityState.ELSEWHERE:
            return render(request, "portal/elsewhere.html", {"link": _bare_link(town)})
        if town.state == CollectivityState.CLOSED:
            gone = render(request, "portal/closed.html", {"links": chooser()}, status=GONE)
            # A browser keeps for ever what is gone (RFC 9111, 4.2.2), and a town may come back.
            gone["Cache-Control"] = "no-cache"
            return gone
        return view(request, town, *args, **kwargs)

    return guarded


def chooser() -> list[tuple[str, str]]:
    """Name and address of each collectivity that takes reports here."""
    return [(town.name, f"/c/{town.slug}/") for town in territory.open_collectivities()]


def _no_town(request: HttpRequest) -> HttpResponse:
    if request.path_info != "/":
        return redirect("portal:home")
    links = chooser()
    return render(request, "portal/choose.html" if links else "portal/empty.html", {"links": links})


def _bare_link(town: CollectivityFacts) -> str:
    """The other tool's address with nothing to carry along yet."""
    return territory.elsewhere_url(town)
