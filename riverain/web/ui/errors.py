"""Pages for when something is refused or broken. None of them asks anything of the database.

The site names `bad_request`, `forbidden`, `not_found` and `broken` as its handlers, `csrf_failure`
in CSRF_FAILURE_VIEW, and `RefusalMiddleware` last in MIDDLEWARE.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from riverain.core.refusals import Forbidden, Refused, TooMany
from riverain.web.ui import away

_LOG = logging.getLogger("riverain.errors")
_RETRY_SECONDS = 20


@dataclass(frozen=True)
class Words:
    """What happened, and what to do about it."""

    title: Any
    advice: Any
    icon: str = "alert"
    calls: bool = False


WORDS = {
    400: Words(
        _("Nous n’avons pas pu lire cet envoi."),
        _("L’adresse ou le formulaire est incomplet. Revenez en arrière et recommencez."),
    ),
    403: Words(
        _("Cette page ne vous est pas ouverte."),
        _("Connectez-vous avec un compte qui y a droit, ou demandez-le à votre responsable."),
        icon="lock",
    ),
    404: Words(
        _("Cette page n’existe pas, ou plus."),
        _("Vérifiez l’adresse. Un code de suivi s’écrit en trois groupes de quatre signes."),
        icon="search",
    ),
    409: Words(
        _("Quelqu’un l’a modifié avant vous."),
        _("Revenez en arrière, rechargez la page et regardez ce qui a changé."),
        icon="transfer",
    ),
    413: Words(
        _("L’envoi est trop lourd."),
        _("Revenez en arrière, retirez une photo ou choisissez-la plus petite, puis envoyez."),
        icon="camera",
    ),
    422: Words(
        _("Cette demande ne peut pas être acceptée."),
        _("Revenez en arrière et corrigez votre saisie."),
    ),
    429: Words(
        _("Trop de demandes en peu de temps."),
        _("Attendez un peu, puis recommencez : rien n’est perdu."),
        icon="pause",
    ),
    500: Words(
        _("Quelque chose s’est cassé de notre côté."),
        _("Ce n’est pas votre faute. Revenez en arrière et recommencez dans quelques minutes."),
        calls=True,
    ),
    503: Words(
        _("Le service fait une courte pause."),
        _("Il revient dans quelques instants. Ce qui était déjà envoyé est bien enregistré."),
        icon="pause",
        calls=True,
    ),
}


# Agents come back to their list, and hold no tracking codes.
_DESK = "/agents/"
_ADVICE_TO_AGENTS = {
    404: _(
        "Vérifiez le numéro : le signalement a pu être confié à un service qui n’est pas le vôtre."
    )
}


def page(
    status: int,
    *,
    title: object = None,
    advice: object = None,
    retry_after: int | None = None,
    again: str = "",
    kept: away.Kept | None = None,
    sign_in: str = "",
    path: str = "",
) -> HttpResponse:
    """The page of `status`. Rendered without a request: no session, no user, no message is read.

    `path` is the one that was asked for, from which one goes back to the agents' or the residents'
    pages; `again` is the address that is worth another try; `kept` the form to be sent again,
    `sign_in` where to sign in before that.
    """
    words, for_agents = WORDS[status], path.startswith(_DESK)
    usual = _ADVICE_TO_AGENTS.get(status, words.advice) if for_agents else words.advice
    html = get_template("ui/error.html").render(
        {
            "status": status,
            "title": words.title if title is None else title,
            "advice": usual if advice is None else advice,
            "for_agents": for_agents,
            "icon": words.icon,
            "calls": words.calls,
            "again": again,
            "kept": kept,
            "sign_in": sign_in,
        }
    )
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def refused(refusal: Refused, *, path: str = "") -> HttpResponse:
    """The refusal's own sentence, under the status that it carries."""
    retry_after = refusal.retry_after if isinstance(refusal, TooMany) else None
    return page(refusal.status, title=str(refusal), retry_after=retry_after, path=path)


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return page(413)
    return page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(exception, 403, request.path)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(exception, 404, request.path)


def _said(exception: Exception, status: int, path: str) -> HttpResponse:
    if isinstance(exception, Refused):
        return refused(exception, path=path)
    return page(status, path=path)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that does not answer."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return pause(request)
    return page(500, path=request.path)


def pause(request: HttpRequest) -> HttpResponse:
    """503, with another try: the same page, or the same form with what was typed in it."""
    if request.method != "POST":
        again = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        return page(503, retry_after=_RETRY_SECONDS, again=again)
    kept = away.kept(request)
    advice = (
        _("Votre saisie n’est pas encore envoyée. La voici : gardez cette page ouverte.")
        if kept
        else _(
            "Votre envoi n’est pas passé. Revenez en arrière : votre saisie y est encore. Attendez"
            " un instant, puis envoyez de nouveau."
        )
    )
    return page(503, advice=advice, retry_after=_RETRY_SECONDS, kept=kept)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page was left open too long, or cookies are refused: said as that, not as an attack.

    What was typed comes back with a fresh token, where the browser itself says that the form is
    ours: whoever else sent it would be given a form that passes.
    """
    kept = away.kept(request) if request.headers.get("Sec-Fetch-Site") == "same-origin" else None
    title = _("Cette page est restée ouverte trop longtemps.")
    if kept:
        fresh = kept.with_value("csrfmiddlewaretoken", get_token(request))
        advice = _("Rien n’est perdu : voici votre saisie. Relisez-la et envoyez-la de nouveau.")
        return page(403, title=title, advice=advice, kept=fresh)
    return page(
        403,
        title=title,
        advice=_(
            "Revenez en arrière, rechargez la page et envoyez de nouveau. Votre navigateur doit"
            " accepter le cookie de ce site."
        ),
    )


def signed_out(request: HttpRequest, sign_in: str) -> HttpResponse:
    """A form that came after the session's end. What was typed in it stays on the page while its
    author signs in beside. Raises Forbidden where there is nothing to keep."""
    kept = away.kept(request)
    if kept is None:
        raise Forbidden(
            _("Votre session a pris fin : connectez-vous, puis recommencez."), code="signed_out"
        )
    advice = _("Rien n’est perdu : connectez-vous dans un autre onglet, puis envoyez d’ici.")
    title = _("Votre session a pris fin.")
    return page(403, title=title, advice=advice, kept=kept, sign_in=sign_in)


class RefusalMiddleware:
    """Answers a refusal that no view caught with its page, and a lost database with a pause."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refused(exception, path=request.path)
        if isinstance(exception, OperationalError | InterfaceError):
            marked: Any = request
            marked.database_error = exception  # what `away.OnceAMinute` reads
            if not away.is_away(exception):
                _LOG.warning("%s: %s", request.path, exception)
            return pause(request)
        return None
