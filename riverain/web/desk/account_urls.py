"""The sign-in pages, at /agents/connexion/: the views of the sign-in library that we use, and no
others (no page changes an address, links a network or opens an account).
"""

from typing import Any

from allauth.account import views
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from riverain.web.ui.access import public


def _public(view: Any) -> Any:
    """Whoever comes here is not signed in yet, or is leaving. The pages hold what was typed and
    the token of a form: no cache keeps them."""
    return public("sign-in is how one stops being anyone")(never_cache(view))


urlpatterns = [
    path("", _public(views.login), name="account_login"),
    # A link or an image elsewhere must not sign anyone out.
    path("fin/", _public(require_POST(views.logout)), name="account_logout"),
    path("code/", _public(views.request_login_code), name="account_request_login_code"),
    path("code/saisie/", _public(views.confirm_login_code), name="account_confirm_login_code"),
    path("mot-de-passe/", _public(views.password_reset), name="account_reset_password"),
    path(
        "mot-de-passe/code/",
        _public(views.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/nouveau/",
        _public(views.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/fait/",
        _public(views.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path("compte-ferme/", _public(views.account_inactive), name="account_inactive"),
    # Always closed (`AccountAdapter.is_open_for_signup`): says who opens accounts.
    path("comptes/", _public(views.signup), name="account_signup"),
]
