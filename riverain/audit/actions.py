"""Writing to the log: the only way in."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from riverain.audit import chain
from riverain.audit.chain import Head, Stream
from riverain.audit.models import Entry, PersonalValue
from riverain.core import clock

# The entry and what it says of persons, in one round trip: reports are received this way.
_WRITE = """
WITH entry AS (
    INSERT INTO audit_entry
        (stream_kind, stream_id, seq, kind, acting, payload, at, previous_hash, hash)
    VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)
    RETURNING id, stream_kind, stream_id, seq
), said AS (
    INSERT INTO audit_personalvalue (stream_kind, stream_id, seq, name, value, salt)
    SELECT entry.stream_kind, entry.stream_id, entry.seq, new.name, new.value, new.salt
    FROM entry, unnest(%s::text[], %s::text[], %s::bytea[]) AS new (name, value, salt)
)
SELECT id FROM entry
"""


def record(
    *,
    stream: Stream,
    kind: str,
    acting: str,
    payload: Mapping[str, Any],
    personal: Mapping[str, str] | None = None,
    head: Head | None = None,
) -> Entry:
    """Adds one entry to a stream, in the caller's transaction.

    `acting` is who acts, never by name: `agent:12`, `reporter`, `system:cli`. `personal` holds
    what the entry says of persons and in their words; the payload keeps only commitments to it.
    `head` is the stream's last entry where the caller knows it (`chain.NEW` for a new stream);
    without it the stream is locked and read.

    Must run inside a transaction (raises RuntimeError otherwise): an entry without the rows that
    it speaks of, or the rows without it, would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record must run inside the transaction of what it records")
    last = head or _locked_head(stream)
    values = {name: (secrets.token_bytes(16), value) for name, value in (personal or {}).items()}
    full = dict(payload)
    if values:
        full["personal"] = {
            name: chain.commitment(salt, value) for name, (salt, value) in values.items()
        }
    at = clock.now()
    entry = Entry(
        stream_kind=stream.kind,
        stream_id=stream.id,
        seq=last.seq + 1,
        kind=kind,
        acting=acting,
        payload=full,
        at=at,
        previous_hash=last.hash,
        hash=chain.entry_hash(
            stream=stream,
            seq=last.seq + 1,
            kind=kind,
            acting=acting,
            payload=full,
            at=at,
            previous=last.hash,
        ),
    )
    _write(entry, values)
    return entry


def head_of(entry: Entry) -> Head:
    """The head that `record` takes for the next entry of the same transaction."""
    return Head(seq=entry.seq, hash=bytes(entry.hash))


def erase(*, stream: Stream, acting: str, reason: str, names: Iterable[str] | None = None) -> Entry:
    """Deletes the personal values of a stream (all, or those of `names`) with their salts, and
    records that it did. The chain still verifies: an entry only commits to what it said.

    `reason` is a code (`asked`, `no-more-mails`), not a text. The ledger outside the database,
    which says what to erase again in a restored backup, is written from these entries when heads
    are sealed.
    """
    with transaction.atomic():
        head = _locked_head(stream)
        values = PersonalValue.objects.filter(stream_kind=stream.kind, stream_id=stream.id)
        if names is not None:
            values = values.filter(name__in=list(names))
        said = sorted(values.values_list("seq", "name"))
        values.delete()
        return record(
            stream=stream,
            kind="erased",
            acting=acting,
            payload={"reason": reason, "values": [[seq, name] for seq, name in said]},
            head=head,
        )


def _write(entry: Entry, values: Mapping[str, tuple[bytes, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            [
                entry.stream_kind,
                entry.stream_id,
                entry.seq,
                entry.kind,
                entry.acting,
                json.dumps(entry.payload),
                entry.at,
                bytes(entry.previous_hash),
                bytes(entry.hash),
                list(values),
                [value for _salt, value in values.values()],
                [salt for salt, _value in values.values()],
            ],
        )
        (entry.id,) = cursor.fetchone()


def _locked_head(stream: Stream) -> Head:
    """Waits for whoever is writing to the stream, then reads its last entry."""
    digest = hashlib.sha256(str(stream).encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)",
            [int.from_bytes(digest[:8], "big", signed=True)],
        )
    last = (
        Entry.objects.filter(stream_kind=stream.kind, stream_id=stream.id)
        .order_by("-seq")
        .values_list("seq", "hash")
        .first()
    )
    return Head(seq=last[0], hash=bytes(last[1])) if last else chain.NEW
