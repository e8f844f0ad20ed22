"""Addresses that answer what is being typed, for `suggest.js`: public, bounded, limited."""

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.guard import client, limits
from riverain.territory import queries as territory
from riverain.territory.addresses.facts import Exactness, Found
from riverain.territory.addresses.searching import SHORTEST, search
from riverain.territory.facts import CollectivityFacts
from riverain.web.ui.access import public

LONGEST: Final = 200
# A fast hand asks three times a second, and a town hall types behind one address.
_LIMIT, _MINUTE = 600, 60
# The same letters are often typed twice in a row.
_LIFE: Final = 300


@public("names of streets and numbers of doors are open data (Base Adresse Nationale)")
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """The addresses for `q`, on the pages of the request's town, or of `ville` where the page is
    of no town's (the agents'). Each with its words, its point, and what to say of it once it is
    chosen. Nothing for a text that is too short. Raises TooMany."""
    text = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST]
    found: list[Found] = []
    if len(text) >= SHORTEST:
        spend(request)
        found = search(text, town=_town(request))
    response = JsonResponse({"answers": [{**one.as_dict(), "said": _said(one)} for one in found]})
    response["Cache-Control"] = f"private, max-age={_LIFE}"
    return response


def spend(request: HttpRequest) -> None:
    """One search of addresses, which may ask the geocoder of others. Raises TooMany."""
    limits.spend("addresses", client.address(request), limit=_LIMIT, per_seconds=_MINUTE)


def _town(request: HttpRequest) -> CollectivityFacts | None:
    named = request.GET.get("ville")
    if named:
        return territory.collectivity_by_slug(named)
    asked: Any = getattr(request, "collectivity", None)
    return asked if isinstance(asked, CollectivityFacts) else None


def _said(found: Found) -> str:
    if found.exactness == Exactness.STREET:
        return _("À quel numéro ? Tapez-le avant la rue, ou placez le repère sur la carte.")
    if found.exactness == Exactness.NEAR:
        return _("Ce numéro n’est pas sur notre plan : le repère est au %(near)s.") % {
            "near": found.near
        }
    return _("Lieu trouvé.")
