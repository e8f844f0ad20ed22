"""Proof of work: the sender's browser spends a second that a robot sending thousands cannot.

ALTCHA's protocol, version 2, with SHA-256. What goes to the browser (`challenge()`, as JSON):

    {"parameters": {"algorithm": "SHA-256", "cost": 1, "keyLength": 32,
                    "keyPrefix": "<32 hex>", "nonce": "<32 hex>", "salt": "<32 hex>",
                    "expiresAt": <Unix seconds>},
     "signature": "<64 hex>"}

The browser looks for the one counter, from 0 to COUNTERS - 1, whose

    key = SHA-256(salt || nonce || counter)     salt, nonce: 16 bytes from hex;
                                                counter: 4 bytes, big-endian

begins with keyPrefix, and sends as one form field the base64 of the UTF-8 JSON

    {"challenge": <the object above, unchanged>,
     "solution": {"counter": <integer>, "derivedKey": "<the key, 64 lower-case hex>"}}

The 36 bytes are one SHA-256 block: our loop in plain JavaScript, in a Worker, tries 800,000
counters a second on a server core (measured); a phone eight times slower needs 2 s at worst, half
of it on average. `crypto.subtle` costs a promise
a try, twenty times slower, and is missing outside HTTPS: not to be used here. Ask for the
challenge when the form is first touched, and for another before `expiresAt`.
"""

import secrets
from datetime import timedelta
from typing import Any, Final

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac

from riverain.core import clock
from riverain.guard import limits

ALGORITHM: Final = "SHA-256"
COUNTERS: Final = 200_000
LIFE: Final = timedelta(minutes=20)
# A real answer has some 500 characters.
MOST_CHARACTERS: Final = 2_000


def challenge() -> dict[str, Any]:
    """A new challenge, good for twenty minutes. It is not stored: its signature is enough."""
    made = altcha.create_challenge(
        ALGORITHM,
        cost=1,
        counter=secrets.randbelow(COUNTERS),
        expires_at=clock.now() + LIFE,
        hmac_secret=_key(),
    )
    answer: dict[str, Any] = made.to_dict()
    return answer


def verify(text: str) -> bool:
    """Whether `text` solves a challenge of ours, in time, for the first time: solving once lets
    one send through. True with the setting PROOF_OF_WORK off; False for anything else, whatever
    it is. Raises RuntimeError inside a transaction, whose roll-back would unspend the solution.
    """
    if not settings.PROOF_OF_WORK:
        return True
    if not text or len(text) > MOST_CHARACTERS:
        return False
    try:
        payload = altcha.Payload.from_base64(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    if not altcha.verify_solution(payload, _key()).verified:
        return False
    # The library asks the system's clock; ours may be another (tests, histories).
    if payload.challenge.parameters.expires_at <= clock.now().timestamp():
        return False
    signature = payload.challenge.signature
    return limits.once("proof", signature, per_seconds=int(LIFE.total_seconds()))


def _key() -> bytes:
    """Its own key, drawn from SECRET_KEY: what signs challenges signs nothing else."""
    return salted_hmac("riverain.guard.pow", "challenge", algorithm="sha256").digest()
