"""What maps ask for: the squares of the drawn town, and what is at a point. All of it is public, as
the names of streets and the numbers of doors are on the walls."""

import gzip

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.core.quadkeys import Tile
from riverain.core.refusals import Invalid, NotFound
from riverain.guard import client, limits
from riverain.territory import plan
from riverain.territory.addresses.nearest import nearest
from riverain.territory.kinds import CollectivityState
from riverain.territory.locator import locate
from riverain.web.ui.access import public

# Seconds for which a browser asks nothing, then asks whether the square has changed.
_LIFE = 3_600
# A map asks for some thirty squares at once and says a point each time it rests; a town hall looks
# at maps behind one address.
_SQUARES, _POINTS, _MINUTE = 3_000, 600, 60


@public("names of streets and numbers of doors are open data (Base Adresse Nationale)")
@require_safe
def square(request: HttpRequest, depth: int, x: int, y: int) -> HttpResponse:
    """One square as JSON. Raises NotFound outside the grid and for depths that are not drawn, and
    TooMany."""
    tile = Tile(depth, x, y)
    if depth not in plan.DEPTHS or not tile.is_sound:
        raise NotFound(_("Ce carré du plan n’existe pas."))
    _spend(request, "plan", limit=_SQUARES)
    drawn = plan.draw(tile)
    etag = f'"{drawn.digest}"'
    response = get_conditional_response(request, etag=etag) or _answer(request, drawn.body)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={_LIFE}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@public("what stands at a point of the town is on its walls")
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """What to say of `lon` and `lat` (degrees): the address, else the district, or that nobody
    here takes what lies there. Raises Invalid for what is no point on Earth, and TooMany."""
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        raise Invalid(_("Il manque la longitude ou la latitude du point."), field="lon") from None
    _spend(request, "point", limit=_POINTS)
    place = locate(lon, lat)
    if place is None:
        return _said(
            _(
                "Cet endroit est hors du territoire : personne ne recevrait votre demande ici."
                " Tapez l’adresse, ou déplacez la carte."
            ),
            nowhere=True,
        )
    if place.collectivity.state != CollectivityState.OPEN:
        return _said(
            _("Cet endroit est à %(town)s, qui reçoit les demandes ailleurs.")
            % {"town": place.collectivity.short_name}
        )
    near = nearest(lon, lat)
    town = place.collectivity.short_name
    district = place.district.name if place.district else ""
    around = _("%(district)s, %(town)s") % {"district": district, "town": town}
    words = near.label if near else around if district else town
    said = _("Repère placé : %(where)s.") % {"where": words}
    return _said(said, address=near.label if near else "", inside=True)


def _spend(request: HttpRequest, name: str, *, limit: int) -> None:
    limits.spend(name, client.address(request), limit=limit, per_seconds=_MINUTE)


def _said(
    said: str, *, address: str = "", inside: bool = False, nowhere: bool = False
) -> HttpResponse:
    """`inside` for what is received here, `nowhere` for what nobody receives."""
    response = JsonResponse(
        {"said": said, "address": address, "inside": inside, "nowhere": nowhere}
    )
    response["Cache-Control"] = "private, max-age=60"
    return response


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(body), content_type="application/json")
    headers = {"Content-Encoding": "gzip"}
    return HttpResponse(body, content_type="application/json", headers=headers)
