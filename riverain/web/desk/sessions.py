"""« Mes connexions »: where an agent is signed in, and the end of what they do not use any more."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from riverain.accounts import actions, queries
from riverain.web.desk import frame
from riverain.web.ui.access import AgentRequest, signed_in
from riverain.web.ui.redirects import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(None)
def sessions(request: AgentRequest) -> HttpResponse:
    """Of whoever is signed in, with or without a role; there is no way to anyone else's."""
    if request.method == "POST":
        messages.success(request, _ended(request))
        return see_other(request.path)
    found = queries.sessions_of(request.user, here=_here(request))
    return frame.page(
        request,
        "desk/sessions.html",
        {
            "sessions": [(one, _name(one)) for one in found],
            "others": any(not one.is_here for one in found),
            "idle": timedelta(seconds=settings.SESSION_IDLE),
            "life": timedelta(seconds=settings.SESSION_COOKIE_AGE),
        },
    )


def _ended(request: AgentRequest) -> str:
    """Ends what the button asks for; says what was done."""
    user, handle = request.user, request.POST.get("connexion", "")
    if not handle:
        count = actions.end_other_sessions(acting=user.label, user=user, here=_here(request))
        return (
            ngettext(
                "%(count)d autre connexion est terminée.",
                "%(count)d autres connexions sont terminées.",
                count,
            )
            % {"count": count}
            if count
            else _("Vous n’étiez connecté nulle part ailleurs.")
        )
    if actions.end_session(acting=user.label, user=user, handle=handle):
        return _("Cette connexion est terminée.")
    return _("Cette connexion était déjà terminée.")


def _name(one: queries.SignedIn) -> str:
    """« Firefox sur Windows »."""
    known = [part for part in (one.browser, one.system) if part]
    if len(known) > 1:
        return _("%(browser)s sur %(system)s") % {"browser": one.browser, "system": one.system}
    return known[0] if known else _("Navigateur inconnu")


def _here(request: AgentRequest) -> str:
    return request.session.session_key or ""
