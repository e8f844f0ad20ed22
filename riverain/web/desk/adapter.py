"""How the sign-in library (django-allauth) behaves here.

It stands in the desk, above `guard` and `accounts`, because it joins the two: the client's
address by our rule, and passwords by our one door, which writes the log and ends the sessions.
"""

import logging
import smtplib
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from riverain.accounts import actions
from riverain.accounts.models import User
from riverain.core.refusals import Refused
from riverain.guard.client import address

logger = logging.getLogger(__name__)


class CodeNotSent(Refused):
    """The mail server does not answer: nothing was sent, trying again may work."""

    status = 503


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("L’adresse e-mail ou le mot de passe n’est pas le bon."),
        "incorrect_code": _("Ce code n’est pas le bon. Vérifiez le dernier message reçu."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis recommencez."),
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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises CodeNotSent when the mail server does not answer. One that refuses the address
        is not told of: the answer would say which addresses exist.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except smtplib.SMTPRecipientsRefused:
            logger.warning("the mail server refused the address of a sign-in mail")
        except (OSError, smtplib.SMTPException) as error:
            logger.exception("a sign-in mail could not be sent")
            raise CodeNotSent(_("Le message avec le code n’a pas pu partir.")) from error

    def send_notification_mail(self, *arguments: Any, **named: Any) -> None:
        """What was done stands whether or not its mail leaves; `send_mail` tells the journal."""
        with suppress(CodeNotSent):
            super().send_notification_mail(*arguments, **named)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        logger.info("%s signed in from %s", user.label, address(request))

    def authentication_failed(self, request: HttpRequest, **_credentials: Any) -> None:
        """Says where from and no more: what was typed may be close to a real password."""
        logger.warning("a sign-in by password failed from %s", address(request))
