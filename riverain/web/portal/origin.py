"""Forms that anyone may send: no session, no account and no token stands behind them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from riverain.core.refusals import Forbidden
from riverain.web.ui.origins import from_elsewhere

P = ParamSpec("P")


def anonymous_form(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For views that read neither session nor user (docs/decisions/0007): a forged form would
    give its author nothing that they cannot send by themselves, while a token that expires loses
    what a resident wrote. So the token is not asked; the browser's own word on where the form
    comes from is, so that another site cannot make its visitors send reports.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and from_elsewhere(request):
            raise Forbidden(
                _("Ce formulaire a été envoyé depuis un autre site. Ouvrez-le ici pour l’envoyer."),
                code="other_origin",
            )
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)
