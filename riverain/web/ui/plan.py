"""The squares of the drawn map: streets and doors, public as they are on the walls."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.core.quadkeys import Tile
from riverain.core.refusals import NotFound
from riverain.territory import plan
from riverain.web.ui.access import public

# Seconds for which a browser asks nothing, then asks whether the square has changed.
_LIFE = 3_600


@public("names of streets and numbers of doors are open data (Base Adresse Nationale)")
@require_safe
def square(request: HttpRequest, depth: int, x: int, y: int) -> HttpResponse:
    """One square as JSON. Raises NotFound outside the grid and for depths that are not drawn."""
    tile = Tile(depth, x, y)
    if depth not in plan.DEPTHS or not tile.is_sound:
        raise NotFound(_("Ce carré du plan n’existe pas."))
    drawn = plan.draw(tile)
    etag = f'"{drawn.digest}"'
    response = get_conditional_response(request, etag=etag) or _answer(request, drawn.body)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={_LIFE}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(body), content_type="application/json")
    headers = {"Content-Encoding": "gzip"}
    return HttpResponse(body, content_type="application/json", headers=headers)
