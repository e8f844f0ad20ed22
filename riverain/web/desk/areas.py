"""The outlines that the desk's maps draw."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.accounts.permissions import Permission
from riverain.core.refusals import NotFound
from riverain.territory import queries as territory
from riverain.web.desk.frame import towns_of
from riverain.web.ui.access import AgentRequest, signed_in


@require_safe
@signed_in(Permission.READ_REPORTS)
def areas(request: AgentRequest, slug: str) -> HttpResponse:
    """The districts of a town of the member, else its outline, as GeoJSON. Raises NotFound."""
    for town in towns_of(request.member, Permission.READ_REPORTS):
        if town.slug == slug:
            return HttpResponse(territory.outlines(town.id), content_type="application/geo+json")
    raise NotFound(_("Cette collectivité n’existe pas, ou n’est pas de votre ressort."))
