"""The product's own gallery (/ui/, riverain/web/ui/gallery) for the tests, with what it cannot have:
a page that repeats what a form brought, a puzzle, messages. Served as the URL configuration."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import ensure_csrf_cookie

from riverain.guard import pow as proof_of_work
from riverain.web.ui import errors
from riverain.web.ui.gallery import samples
from riverain.web.ui.gallery.samples import ReportForm
from tests.ui import grid

__all__ = ["MIDDLEWARE", "ReportForm"]

# Ours alone: the portal's asks the database which town a request is for.
MIDDLEWARE = [name for name in settings.MIDDLEWARE if "riverain.web.portal" not in name]


@ensure_csrf_cookie
def show(request, name):
    if "dit" in request.GET:
        messages.success(request, "Votre signalement est enregistré.")
        messages.error(request, "La photo n’a pas pu être lue.")
    context = samples.context(request) | {"action": "/recu", "puzzle": "/enigme"}
    if "couleur" in request.GET:
        colour = f"#{request.GET['couleur']}"
        context["place"] = SimpleNamespace(**{**vars(samples.PLACE), "brand_colour": colour})
    return render(request, f"ui/gallery/{name}.html", context)


def sent(request):
    """What a form brought, for the test that sent it."""
    return JsonResponse(
        {
            "fields": {name: request.POST.getlist(name) for name in request.POST},
            "files": [[file.name, file.size] for file in request.FILES.getlist("photos")],
        }
    )


def puzzle(_request):
    return JsonResponse(proof_of_work.challenge())


urlpatterns = [
    *grid.urlpatterns,
    path("", include("riverain.web.ui.urls")),
    path("ui/", include("riverain.web.ui.gallery.urls")),
    path("page/<slug:name>", show),
    path("enigme", puzzle),
    path("recu", sent),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
