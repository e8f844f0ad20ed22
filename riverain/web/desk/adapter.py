"""How the sign-in library (django-allauth) behaves here.

It stands in the desk, above `guard` and `accounts`, because it joins the two: the client's
address by our rule, and passwords by our one door, which writes the log and ends the sessions.
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from riverain.accounts import actions
from riverain.accounts.models import User


def address(request: HttpRequest) -> str:
    from riverain.guard.client import address as of_guard

    return of_guard(request)


logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("L’adresse e-mail ou le mot de passe n’est pas le bon."),
        "incorrect_code": _("Ce code n’est pas le bon. Vérifiez le dernier message reçu."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis recommencez."),
        "rate_limited": _("Trop de demandes. Attendez quelques minutes, puis recommencez."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count by: through our proxies only, never as a header says."""
        return address(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - their signature
        """Accounts are opened by an administrator; residents need none."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """`next` leads nowhere but to this very host, and not down from HTTPS."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def set_password(self, user: User, password: str) -> None:
        """By the one door: the log, and the end of every session."""
        actions.set_password(acting=user.label, user=user, password=password)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        logger.info("%s signed in from %s", user.label, address(request))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002 - never logged: an address, and a password close to a real one
        logger.warning("a sign-in by password failed from %s", address(request))
