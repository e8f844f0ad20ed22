"""An agent's browser for the benches: signed in as after the sign-in page."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from riverain.accounts.models import User

# As long as Django's own, and ours alone: forms carry it back.
CSRF = "b" * 32


def cookie(email: str) -> str:
    """The header `Cookie` of a new session of this person. Raises User.DoesNotExist."""
    user = User.objects.get(email=email)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    held = {
        settings.SESSION_COOKIE_NAME: session.session_key,
        settings.CSRF_COOKIE_NAME: CSRF,
    }
    return "; ".join(f"{name}={value}" for name, value in held.items())
