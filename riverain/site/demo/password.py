"""The password of the demo's accounts, where nobody set one."""

import secrets
from typing import Final

from riverain.core.identifiers import ALPHABET
from riverain.site import environment

# Without vowels it is like no name and no address, which a password may not be.
_SIGNS: Final = ALPHABET.lower().translate(dict.fromkeys(map(ord, "aey")))


def invent() -> None:
    """Sets RIVERAIN_DEMO_PASSWORD, unless it is given, to the one kept under RIVERAIN_HOME/secrets:
    the first time a new one, `k7qx-92mp-4tfc`, which people type on telephones too."""
    environment.invent("RIVERAIN_DEMO_PASSWORD", "demo_password", make=_new)


def _new() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
