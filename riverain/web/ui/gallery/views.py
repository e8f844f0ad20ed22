"""The pages of the gallery. None of them asks anything of the database."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from riverain.core.refusals import NotFound
from riverain.web.ui import errors
from riverain.web.ui.access import public
from riverain.web.ui.gallery import reading, samples, specimens

PAGES: Final = {
    "home": "ui/gallery/home.html",
    "form": "ui/gallery/form.html",
    "followed": "ui/gallery/followed.html",
    "thanks": "ui/gallery/thanks.html",
    "worklist": "ui/gallery/worklist.html",
    "report": "ui/gallery/report.html",
}
_SHADES: Final = {"avant": ("#8fa39b", "#3f4d53"), "apres": ("#b9cdb3", "#5a7462")}
_REASON: Final = "it shows the house's components and nothing of anyone"


@public(_REASON)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every component in every state, and the tokens."""
    context = samples.context(request)
    groups = [
        (title, [_shown(component, context, request) for component in components])
        for title, components in specimens.GROUPS
    ]
    return render(
        request,
        "ui/gallery/index.html",
        context
        | {
            "groups": groups,
            "colours": [(name, *values) for name, values in reading.colours().items()],
            "sizes": reading.sizes(),
            "pairs": reading.pairs(),
            "pages": PAGES,
            "statuses": sorted(errors.WORDS),
        },
    )


@public(_REASON)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, name: str) -> HttpResponse:
    """An example of a whole page. Raises NotFound."""
    if name not in PAGES:
        raise NotFound("Cet exemple n’existe pas.")
    return render(request, PAGES[name], samples.context(request))


@public(_REASON)
@require_safe
def failing(_request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error. Raises NotFound for a status that has none."""
    if status not in errors.WORDS:
        raise NotFound("Cette erreur n’a pas de page.")
    return errors.page(status)


@public(_REASON)
@require_safe
def image(_request: HttpRequest, name: str) -> HttpResponse:
    """What stands for a photo. Raises NotFound."""
    if name not in _SHADES:
        raise NotFound("Cette image n’existe pas.")
    one, two = _SHADES[name]
    return HttpResponse(
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><linearGradient id="g">'
        f'<stop stop-color="{one}"/><stop offset="1" stop-color="{two}"/></linearGradient>'
        '<rect width="800" height="600" fill="url(#g)"/></svg>',
        content_type="image/svg+xml",
    )


@public(_REASON)
@require_safe
def areas(_request: HttpRequest) -> JsonResponse:
    """Two squares beside each other, named: what a map draws without tiles."""
    return JsonResponse(
        {
            "type": "FeatureCollection",
            "features": [_square("Wazemmes", 3.04), _square("Centre", 3.06)],
        }
    )


def _square(name: str, west: float) -> dict[str, Any]:
    east, south, north = west + 0.02, 50.61, 50.64
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _shown(
    component: specimens.Component, context: dict[str, Any], request: HttpRequest
) -> dict[str, Any]:
    says, props = reading.declared(component.name)
    return {
        "name": component.name,
        "says": says,
        "props": props,
        "examples": [
            (one.state, one.source, _drawn(one.source, context, request))
            for one in component.specimens
        ],
    }


def _drawn(source: str, context: dict[str, Any], request: HttpRequest) -> str:
    """The example as a page would have it, but that it does not take the focus."""
    template = engines["django"].from_string("{% load i18n ui %}" + source)
    return mark_safe(template.render(context, request).replace(" autofocus>", ">"))
