"""Plain pages that the law asks for, and what the pages' modules fetch."""

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from riverain.guard import pow as proof_of_work
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal.towns import takes_reports
from riverain.web.ui.access import public

# Seconds for which a browser asks nothing, then asks whether the outlines have changed.
ZONES_LIFE = 3_600


@public("the law asks that it be read by anyone (GDPR, article 13)")
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/personal_data.html")


@public("the law asks that it be read by anyone (law 2005-102, article 47)")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@public("districts are public; the map draws them where there are no tiles")
@require_safe
@takes_reports
def zones(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    """The districts, or the outline of a town that has none, as GeoJSON."""
    text = territory.outlines(town.id)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        text, content_type="application/geo+json"
    )
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={ZONES_LIFE}"
    return response


@public("a challenge is asked before anyone is known")
@require_safe
@never_cache
def challenge(_request: HttpRequest) -> HttpResponse:
    """What the browser solves while the form is filled (`guard.pow`)."""
    return JsonResponse(proof_of_work.challenge())
