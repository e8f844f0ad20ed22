"""The portal's first pages: what one may say, by a photo, in one's own words, families, types."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from riverain.catalogue.facts import Nature
from riverain.core.refusals import Invalid, Refused
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal import offers
from riverain.web.portal.beginning import Beginning, begin, begun
from riverain.web.portal.follow_forms import CodeForm
from riverain.web.portal.origin import anonymous_form
from riverain.web.portal.towns import takes_reports
from riverain.web.ui import parts
from riverain.web.ui.access import public
from riverain.web.ui.redirects import see_other

# Seconds for which a browser believes the types that answer some words.
WORDS_LIFE = 300


@public("residents begin here")
@require_safe
@gzip_page
@takes_reports
def home(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    return render(
        request,
        "portal/home.html",
        {
            "families": offers.families(town),
            "suggests": bool(offers.families(town, Nature.SUGGESTION)),
            "praises": bool(offers.families(town, Nature.PRAISE)),
            "code_form": CodeForm(),
            "begun": Beginning(),
        },
    )


@public("the catalogue is public")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@anonymous_form
@takes_reports
def choose(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    """The families, or the types that answer the words of `q`; and where a browser without
    JavaScript sends the photo that a report begins with."""
    if request.method != "POST":
        return _choosing(request, town, begun(request))
    try:
        file = request.FILES.get("photos")
        if file is None:
            raise Invalid(_("Choisissez d’abord une photo."), field="photos")
        return see_other(reverse("portal:choose") + begin(request, file).query)
    except Refused as refusal:
        return _choosing(request, town, Beginning(), refusal=refusal)


def _choosing(
    request: HttpRequest,
    town: CollectivityFacts,
    start: Beginning,
    *,
    refusal: Refused | None = None,
) -> HttpResponse:
    return render(
        request,
        "portal/choose_family.html",
        {
            "begun": start,
            "text": start.words,
            "found": offers.found_by_words(town, start.words),
            "families": offers.families(town),
            "refusal": refusal,
        },
        status=refusal.status if refusal else HTTPStatus.OK,
    )


@public("the catalogue is public")
@require_safe
@cache_control(private=True, max_age=WORDS_LIFE)
@takes_reports
def words(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    """The types that answer what is being typed, for js/words.js."""
    start = begun(request)
    return JsonResponse(
        {
            "types": [
                {
                    "href": reverse("portal:report", args=[offer.type.code]) + start.query,
                    "name": parts.words(offer.type.name),
                    "family": parts.words(offer.family.name),
                    "promise": parts.words(offer.promise),
                    "icon": parts.icon(offer.type.shown_icon),
                }
                for offer in offers.found_by_words(town, start.words)
            ]
        }
    )


@public("the catalogue is public")
@require_safe
@gzip_page
@takes_reports
def choose_type(request: HttpRequest, town: CollectivityFacts, family: str) -> HttpResponse:
    chosen = offers.family(town, family)
    return render(
        request,
        "portal/choose_type.html",
        {"begun": begun(request), "family": chosen, "groups": offers.groups(town, chosen)},
    )


@public("the catalogue is public")
@require_safe
@takes_reports
def suggest(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    return _by_nature(request, town, Nature.SUGGESTION)


@public("the catalogue is public")
@require_safe
@takes_reports
def praise(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    return _by_nature(request, town, Nature.PRAISE)


def _by_nature(request: HttpRequest, town: CollectivityFacts, nature: Nature) -> HttpResponse:
    """The types of a nature, by family; straight to the form when there is only one."""
    families = offers.families(town, nature)
    groups = [offers.group(town, family.name, family) for family in families]
    types = [type_ for family in families for type_ in family.types]
    if len(types) == 1:
        return redirect(reverse("portal:report", args=[types[0].code]))
    return render(
        request,
        "portal/by_nature.html",
        {
            "begun": Beginning(),
            "is_praise": nature is Nature.PRAISE,
            "groups": groups,
            # A tile then says its family: its type would say what the page's title says already.
            "one_each": bool(groups) and len(types) == len(groups),
        },
    )
