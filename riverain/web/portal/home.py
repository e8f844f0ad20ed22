"""The portal's first pages: what one may say, in families, types, or one's own words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from riverain.catalogue.facts import Nature
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal import offers
from riverain.web.portal.follow_forms import CodeForm
from riverain.web.portal.towns import takes_reports
from riverain.web.ui.access import public

# As much as a sentence: the rest of a longer text finds nothing more.
LONGEST_QUESTION = 200


@public("residents begin here")
@require_safe
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
        },
    )


@public("the catalogue is public")
@require_safe
@takes_reports
def choose(request: HttpRequest, town: CollectivityFacts) -> HttpResponse:
    """The families, or the types that answer the words of `q`."""
    text = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUESTION]
    return render(
        request,
        "portal/choose_family.html",
        {
            "text": text,
            "found": offers.found_by_words(town, text),
            "families": offers.families(town),
        },
    )


@public("the catalogue is public")
@require_safe
@takes_reports
def choose_type(request: HttpRequest, town: CollectivityFacts, family: str) -> HttpResponse:
    chosen = offers.family(town, family)
    return render(
        request, "portal/choose_type.html", {"family": chosen, "groups": offers.groups(chosen)}
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
    types = [type_ for family in families for type_ in family.types]
    if len(types) == 1:
        return redirect(reverse("portal:report", args=[types[0].code]))
    return render(
        request,
        "portal/by_nature.html",
        {
            "is_praise": nature is Nature.PRAISE,
            "groups": [offers.Group(family.name, family.types) for family in families],
        },
    )
