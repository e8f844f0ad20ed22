"""Which collectivity a request is for: the host name says, or the path, or the instance's default.

Stands after LocaleMiddleware, since its own page is in the reader's language, and before whatever
looks at the path (CommonMiddleware, the views): under `/c/<slug>/` they see the rest of it.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils.translation import gettext as _

from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.ui import errors

# The first words of paths that belong to the whole instance: no collectivity, no query for one.
UNTIED: Final = frozenset(
    {
        "agents",
        "api",
        "console",
        "healthz",
        "metrics",
        "ogc",
        "open311",
        "partenaires",
        "readyz",
        "static",
        "terrain",
    }
)
_PREFIXED: Final = re.compile(r"/c/(?P<slug>[a-z0-9-]{1,60})(?P<rest>/.*)?", re.DOTALL)


class CollectivityMiddleware:
    """Sets `request.collectivity`: the facts, or None. Links that are made while a prefixed
    request is answered keep its prefix."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        prefixed = _PREFIXED.fullmatch(request.path_info)
        if prefixed and _first(prefixed["rest"] or "/") not in UNTIED:
            return self._under_prefix(request, prefixed["slug"], prefixed["rest"])
        if _first(request.path_info) in UNTIED:
            return self._answer(request, None)
        named = territory.collectivity_for_host(request.get_host())
        return self._answer(request, named or territory.default_collectivity())

    def _under_prefix(self, request: HttpRequest, slug: str, rest: str | None) -> HttpResponse:
        town = territory.collectivity_by_slug(slug)
        if town is None:
            return errors.page(
                404,
                title=_("Cette collectivité n’est pas connue ici."),
                advice=_("Vérifiez l’adresse, ou partez de l’accueil."),
            )
        if rest is None:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        whole = get_script_prefix()
        set_script_prefix(f"{whole}c/{slug}/")
        request.path_info = rest
        try:
            return self._answer(request, town)
        finally:
            set_script_prefix(whole)

    def _answer(self, request: HttpRequest, town: CollectivityFacts | None) -> HttpResponse:
        tied: Any = request
        tied.collectivity = town
        return self.get_response(request)


def _first(path: str) -> str:
    return path.lstrip("/").partition("/")[0]
