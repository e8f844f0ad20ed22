"""What the settings need to stand before Django reads them, made where nobody gave it."""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from riverain.site.embedded import Server
from riverain.site.embedded.home import Home


def home() -> Path:
    """RIVERAIN_HOME made absolute, so that children and other folders mean the same one."""
    path = Path(os.environ.get("RIVERAIN_HOME") or "var").resolve()
    os.environ["RIVERAIN_HOME"] = str(path)
    return path


@contextlib.contextmanager
def prepared() -> Iterator[Server | None]:
    """Django, ready to use. Yields the embedded server, or None where DATABASE_URL names one.

    With an embedded server the keys are made too, and kept under RIVERAIN_HOME/secrets: whoever
    runs a database of their own says what the keys are, as several machines share them.
    """
    path = home()
    if given("DATABASE_URL"):
        _set_up()
        yield None
        return
    with Server(path) as server:
        invent("RIVERAIN_SECRET_KEY", "secret_key")
        invent("RIVERAIN_SEAL_KEY", "seal_key")
        os.environ["DATABASE_URL"] = server.app_url()
        os.environ["DATABASE_OWNER_URL"] = server.owner_url()
        _set_up()
        yield server


def given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def invent(name: str, secret: str, *, make: Callable[[], str] = secrets.token_urlsafe) -> str:
    """Sets the variable from the secret of that name, unless it is given already."""
    if not given(name):
        kept = Home(home())
        kept.prepare()
        os.environ[name] = kept.secret(secret, make=make)
    return os.environ.get(name, "")


def _set_up() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "riverain.config.settings"
    django.setup()
