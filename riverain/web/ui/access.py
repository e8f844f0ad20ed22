"""Who may open a view: said on the view itself. A view that says nothing does not start
(`site` checks every address), so that a forgotten word opens no page.

Each decorator sets `access` on the view; outer decorators keep it when they use
`functools.wraps`, as Django's do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from riverain.accounts.models import User
from riverain.accounts.permissions import Permission
from riverain.core.refusals import Forbidden, Refused
from riverain.organisation.members import Member, member_for
from riverain.web.ui import errors

P = ParamSpec("P")


# In the address of the sign-in page: one came there because a session had ended.
ENDED = "fin"


class Who(StrEnum):
    ANYONE = "anyone"
    CODE_HOLDER = "code-holder"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares. `permission` None asks an agent to be signed in, no more."""

    who: Who
    permission: Permission | None = None
    reason: str = ""


class AgentRequest(HttpRequest):
    """A request that `signed_in` let through."""

    user: User
    member: Member


def public(
    reason: str,
) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """Anyone may open it; `reason` says why that is right."""

    def declare(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        return _declared(view, Access(Who.ANYONE, reason=reason))

    return declare


def by_code(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Whoever holds a report's tracking code, which the view looks up, may open it.

    The code stands in the address: no cache keeps the page, no link leads another site to it, no
    search engine lists it. The pages of refusals are answered here, to be covered too.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Refused as refusal:
            response = errors.refused(refusal)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return _declared(guarded, Access(Who.CODE_HOLDER))


def signed_in(
    permission: Permission | None,
) -> Callable[
    [Callable[Concatenate[AgentRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Agents who hold the permission somewhere; where, the query or the action asks again.

    Whoever is not signed in is led to the sign-in page and back; a form that they send is refused
    (403), on a page that keeps it. Raises Forbidden for a person without the permission.
    What agents read is not kept by any cache, so that nothing shows after they sign out.
    """

    def declare(
        view: Callable[Concatenate[AgentRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            agent = cast("AgentRequest", request)
            agent.member = member_for(agent.user)
            if permission is not None and not agent.member.reach(permission):
                raise Forbidden(_("Votre rôle n’ouvre pas cette page."), code="no_permission")
            response = view(agent, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return _declared(guarded, Access(Who.AGENT, permission=permission))

    return declare


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.method in {"GET", "HEAD"}:
        there: HttpResponse = redirect_to_login(
            request.get_full_path(), resolve_url(settings.LOGIN_URL)
        )
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME):  # who signed out has none left
            there["Location"] += f"&{ENDED}=1"
        if request.headers.get("HX-Request"):
            # A part of a page was asked for: the whole page goes there, and back to this address.
            there = HttpResponse(headers={"HX-Redirect": there["Location"]})
        # Else « back » to this address would show what a part was answered: an empty page.
        there["Cache-Control"] = "private, no-store"
        return there
    return errors.signed_out(request, resolve_url(settings.LOGIN_URL))


def _declared(view: Callable[P, HttpResponseBase], access: Access) -> Callable[P, HttpResponseBase]:
    marked: Any = view
    marked.access = access
    return view
