"""A report as its reporter sees it, for an agent: read only (S0-75).

The tracking code is the reporter's right to answer, claim and thank: an agent who reads the page
needs none of it, so that nothing an agent does can pass for the reporter's. The code, the forms and
the links that lead to them are left out.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.accounts.permissions import Permission
from riverain.core.refusals import Forbidden, NotFound
from riverain.reports import queries
from riverain.reports.pictures import Shown
from riverain.reports.sight import sight_of
from riverain.web.portal.tracked import tracked
from riverain.web.ui.access import AgentRequest, signed_in


@require_safe
@signed_in(Permission.READ_REPORTS)
def as_reporter(request: AgentRequest, number: str) -> HttpResponse:
    """Raises NotFound for a report that is not theirs or that was erased, Forbidden for an agent
    who may not read what its reporter wrote, or reads it from outside the town."""
    report = queries.readable(request.member, number)
    sight = sight_of(request.member, report)
    if not sight.texts or sight.outside:
        raise Forbidden(_("Votre rôle n’ouvre pas cette page."), code="no_permission")
    if report.anonymised_at is not None:
        raise NotFound(_("Les données de cette demande sont effacées : l’usager ne la voit plus."))

    def picture_at(shown: Shown, variant: str) -> str:
        return reverse("desk:photo", args=[report.number, shown.picture.pk, variant])

    shown = tracked(report, picture_at=picture_at)
    return render(
        request,
        "portal/tracking.html",
        {
            "place": shown.town,
            "case": shown,
            "received": False,
            "message_form": None,
            "read_only": True,
            "back": reverse("desk:report", args=[report.number]),
        },
    )
