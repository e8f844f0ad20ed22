"""Seals: the heads of the log, signed and written outside the database.

The chain shows that an entry was changed; it cannot show that a whole stream, or the end of one,
is gone. A seal can: it holds the head of every stream that moved since the seal before, and the
digest of that seal. Seals are lines of JSON, one file a month, only ever added to. The ledger of
erasures stands beside them: it says what has to be erased again in a backup that is restored later
(docs/operating.md).

A line without its end was being written when the machine or the worker stopped: it never counted,
and is cut off before the next one is written.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from riverain.audit.models import Entry
from riverain.core import clock

# An entry with a smaller number may be committed after a larger one: each seal looks again at
# the numbers just before the last that it saw.
OVERLAP = 2_000
_LOCK = 7_201_001


def seal() -> int:
    """Writes one seal of the streams that moved, and the erasures among their entries. Returns
    the number of heads sealed; 0 (and no line) when nothing moved since the last seal.

    What a seal has said none says again: of an entry that is written anew afterwards, no later one
    may vouch.
    """
    folder: Path = settings.SEALS_ROOT
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        _cut_unfinished(folder)
        last = next(_newest_first(folder), None)
        through = last["through"] if last else 0
        newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        # Smaller than the last seal's in a log that was restored from an older day.
        since = min(through, newest) - OVERLAP
        cursor.execute(
            "SELECT DISTINCT ON (stream_kind, stream_id)"
            " stream_kind, stream_id, seq, encode(hash, 'hex')"
            " FROM audit_entry WHERE id > %s AND id <= %s"
            " ORDER BY stream_kind, stream_id, seq DESC",
            [since, newest],
        )
        said = _said_since(folder, since)
        heads = [list(row) for row in cursor.fetchall() if row[:3] not in said]
        _ledger(folder, since)
        if not heads and newest >= through:
            return 0
        body = {
            "form": 1,
            "at": clock.now().isoformat(),
            "through": newest,
            "heads": heads,
            "previous": digest(last) if last else "",
        }
        body["signature"] = signature(body)
        _append(folder / f"heads-{clock.now():%Y-%m}.jsonl", body)
    return len(heads)


def read() -> Iterator[dict[str, Any]]:
    """All seals, oldest first."""
    for path in sorted(settings.SEALS_ROOT.glob("heads-*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n"):
                    yield json.loads(line)


def signature(body: dict[str, Any]) -> str:
    """HMAC-SHA256 by a key that the database does not hold."""
    unsigned = {key: value for key, value in body.items() if key != "signature"}
    return hmac.new(_key(), _canonical(unsigned), hashlib.sha256).hexdigest()


def digest(body: dict[str, Any]) -> str:
    """What the next seal says of this one."""
    return hashlib.sha256(_canonical(body)).hexdigest()


def _ledger(folder: Path, since: int) -> None:
    """Adds the erasures whose entries are numbered above `since`, each once."""
    path = folder / "erasures.jsonl"
    known = set()
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            known = {json.loads(line)["entry"] for line in lines}
    erased = Entry.objects.filter(kind="erased", id__gt=since).order_by("id")
    for entry in erased:
        if entry.pk not in known:
            _append(
                path,
                {
                    "entry": entry.pk,
                    "stream": [entry.stream_kind, entry.stream_id],
                    "at": entry.at.isoformat(),
                    "values": entry.payload["values"],
                },
            )


def _said_since(folder: Path, since: int) -> set[tuple[str, int, int]]:
    """The heads (kind, identifier, number) that seals hold of entries numbered above `since`."""
    said: set[tuple[str, int, int]] = set()
    for body in _newest_first(folder):
        if body["through"] <= since:
            break
        said |= {(kind, identifier, seq) for kind, identifier, seq, _hash in body["heads"]}
    return said


def _newest_first(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("heads-*.jsonl"), reverse=True):
        for line in reversed(path.read_text(encoding="utf-8").splitlines()):
            yield json.loads(line)


def _cut_unfinished(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        with path.open("r+b") as file:
            if file.seek(0, os.SEEK_END) == 0:
                continue
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.seek(0)
                file.truncate(file.read().rfind(b"\n") + 1)


def _append(path: Path, body: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(body, sort_keys=True, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _key() -> bytes:
    return hashlib.sha256(b"riverain seal " + settings.SEAL_KEY.encode()).digest()
