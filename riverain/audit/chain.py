"""How an entry is hashed and how a personal value is committed to. Pure.

The hash is SHA-256 over canonical JSON (sorted keys, no blanks, UTF-8) that carries the version
of this form, so that a later form can stand beside entries written in this one.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FORM = 1
GENESIS = bytes(32)

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stream:
    """One report or one administered object: the kind of thing, and its identifier."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a stream: its number and its hash (32 bytes)."""

    seq: int
    hash: bytes


# The head of a stream that its caller has just made: nothing needs reading.
NEW = Head(seq=0, hash=GENESIS)


def entry_hash(  # the parts of an entry, in the order of its columns
    *,
    stream: Stream,
    seq: int,
    kind: str,
    acting: str,
    payload: Payload,
    at: datetime,
    previous: bytes,
) -> bytes:
    """The 32 bytes that bind an entry to all those before it. Raises TypeError for a payload that
    would not come back from the database to the letter (a float, a date)."""
    _only_exact(payload)
    canonical = json.dumps(
        {
            "form": FORM,
            "stream": str(stream),
            "seq": seq,
            "kind": kind,
            "acting": acting,
            "payload": payload,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "previous": previous.hex(),
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(canonical.encode()).digest()


def commitment(salt: bytes, value: str) -> str:
    """What an entry keeps of a personal value. Without salt and value it tells nothing: the salt
    is 16 random bytes, deleted together with the value."""
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def _only_exact(value: Any) -> None:
    if value is None or isinstance(value, (str, int)):
        return
    if isinstance(value, Mapping):
        for key, part in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a payload's keys are text, not {key!r}")
            _only_exact(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _only_exact(part)
    else:
        raise TypeError(f"a payload holds text, whole numbers, lists and maps, not {value!r}")
