"""The sign-in pages, and a page for agents to come back to."""

from django.http import HttpResponse
from django.urls import include, path

from riverain.web.ui.access import signed_in


@signed_in(None)
def desk(request):
    return HttpResponse(request.user.label)


urlpatterns = [
    path("agents/", desk),
    path("agents/connexion/", include("riverain.web.desk.account_urls")),
    path("langue/", include("django.conf.urls.i18n")),
]
