"""How a sender or a limit's key is written before it is counted, and never in clear.

Tables hold keyed digests only: an address, an e-mail or a number cannot be read out of them, nor
tried one by one by who lacks SECRET_KEY.
"""

import hashlib
import hmac
import re
import uuid
from functools import lru_cache
from typing import Final

from django.conf import settings

# Country codes of French nine-digit numbers: mainland, Guadeloupe, Guyane, Martinique, Réunion.
_FRENCH: Final = re.compile(r"(?:\+|00)(?:33|590|594|596|262)0?(\d{9})")


def digest(purpose: str, *parts: str) -> bytes:
    """32 bytes that stand for `parts`; their lengths are in, so that ab + c is not a + bc."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.digest(_key(purpose, settings.SECRET_KEY), text.encode(), "sha256")


def window_id(name: str, key: str, per_seconds: int) -> uuid.UUID:
    """The row that counts a limit's window for one key: 128 bits of its digest."""
    return uuid.UUID(bytes=digest("window", name, key, str(per_seconds))[:16])


def comparable_email(text: str) -> str:
    """One mailbox written in several ways compares equal: case, blanks and a "+tag" do not count.
    Empty for what holds no at sign."""
    local, at, domain = text.strip().casefold().rpartition("@")
    if not at:
        return ""
    return f"{local.partition('+')[0]}@{domain}"


def comparable_phone(text: str) -> str:
    """One number written in several ways compares equal: 06 12 34 56 78, +33 6 12 34 56 78 and
    0033 (0)6.12.34.56.78. Empty without any digit."""
    plain = re.sub(r"[^\d+]", "", text)
    french = _FRENCH.fullmatch(plain)
    if french:
        return f"0{french[1]}"
    return re.sub(r"\A00", "+", plain) if plain.strip("+") else ""


@lru_cache(maxsize=16)
def _key(purpose: str, secret: str) -> bytes:
    """A key of its own for each purpose, as `django.utils.crypto.salted_hmac` draws it: a report
    is counted and looked up by half a dozen digests."""
    return hashlib.sha256(f"riverain.guard.{purpose}{secret}".encode()).digest()
