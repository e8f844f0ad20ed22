"""Proves the log: every chain link by link, every personal value that stands, every seal."""

import hmac
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from riverain.audit import chain, sealing
from riverain.audit.chain import Stream
from riverain.audit.models import Entry, PersonalValue

MOST_FAULTS = 100
_BATCH = 2_000

# What stands of a stream, by the entry and the name under which it was said.
Values: TypeAlias = dict[tuple[int, str], PersonalValue]


@dataclass
class Verdict:
    """What was read and what is wrong; `faults` is empty when the log is proved."""

    entries: int = 0
    streams: int = 0
    values: int = 0
    seals: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(text)


def verify() -> Verdict:
    """Reads the whole log once, in order of streams. Memory does not grow with it, but for the
    heads of the sealed streams."""
    verdict = Verdict()
    sealed = _sealed_heads(verdict)
    for stream, entries, values in _streams():
        verdict.streams += 1
        _verify_stream(stream, entries, values, sealed.pop(stream, {}), verdict)
    for stream, heads in sealed.items():
        verdict.fault(f"{stream}: sealed up to entry {max(heads)}, but the stream is gone")
    return verdict


def _verify_stream(
    stream: Stream,
    entries: list[Entry],
    values: Values,
    sealed: dict[int, str],
    verdict: Verdict,
) -> None:
    previous = chain.GENESIS
    erased = {
        (seq, name)
        for entry in entries
        if entry.kind == "erased"
        for seq, name in entry.payload.get("values", [])
    }
    for number, entry in enumerate(entries, start=1):
        verdict.entries += 1
        if entry.seq != number:
            verdict.fault(f"{stream}: entry {number} is missing")
            return
        if bytes(entry.previous_hash) != previous:
            verdict.fault(f"{stream}: entry {number} does not follow the one before")
        expected = chain.entry_hash(
            stream=stream,
            seq=entry.seq,
            kind=entry.kind,
            acting=entry.acting,
            payload=entry.payload,
            at=entry.at,
            previous=bytes(entry.previous_hash),
        )
        if bytes(entry.hash) != expected:
            verdict.fault(f"{stream}: entry {number} was changed")
        previous = bytes(entry.hash)
        if number in sealed and sealed[number] != previous.hex():
            verdict.fault(f"{stream}: entry {number} is not the one that was sealed")
        _verify_values(stream, entry, values, erased, verdict)
    if values:
        seq, name = next(iter(values))
        verdict.fault(f"{stream}: a value {name} says entry {seq}, which does not speak of it")
    beyond = [number for number in sealed if number > len(entries)]
    if beyond:
        verdict.fault(f"{stream}: sealed up to entry {max(beyond)}, but only {len(entries)} stand")


def _verify_values(
    stream: Stream,
    entry: Entry,
    values: Values,
    erased: set[tuple[int, str]],
    verdict: Verdict,
) -> None:
    for name, committed in entry.payload.get("personal", {}).items():
        value = values.pop((entry.seq, name), None)
        if value is None:
            if (entry.seq, name) not in erased:
                verdict.fault(f"{stream}: {name} of entry {entry.seq} is gone, not erased")
            continue
        verdict.values += 1
        if not hmac.compare_digest(chain.commitment(bytes(value.salt), value.value), committed):
            verdict.fault(f"{stream}: {name} of entry {entry.seq} was changed")


def _sealed_heads(verdict: Verdict) -> dict[Stream, dict[int, str]]:
    heads: dict[Stream, dict[int, str]] = {}
    before: dict[str, Any] | None = None
    try:
        for body in sealing.read():
            verdict.seals += 1
            if not hmac.compare_digest(body["signature"], sealing.signature(body)):
                verdict.fault(f"seal {verdict.seals}: the signature is wrong")
            if body["previous"] != (sealing.digest(before) if before else ""):
                verdict.fault(f"seal {verdict.seals}: a seal before it is missing")
            before = body
            for kind, identifier, seq, digest in body["heads"]:
                heads.setdefault(Stream(kind, identifier), {})[seq] = digest
    except (json.JSONDecodeError, KeyError, ValueError, TypeError):
        verdict.fault(f"seal {verdict.seals + 1}: the line cannot be read")
    return heads


def _streams() -> Iterator[tuple[Stream, list[Entry], Values]]:
    """Each stream with its entries and the values that stand, by pages of the unique index: no
    long transaction."""
    last = ("", -1, -1)
    held: dict[Stream, list[Entry]] = {}
    values: dict[Stream, Values] = {}
    while True:
        page = list(
            Entry.objects.raw(
                "SELECT * FROM audit_entry WHERE (stream_kind, stream_id, seq) > (%s, %s, %s)"
                " ORDER BY stream_kind, stream_id, seq LIMIT %s",
                [*last, _BATCH],
            )
        )
        for entry in page:
            held.setdefault(Stream(entry.stream_kind, entry.stream_id), []).append(entry)
        values |= _values(held)
        # The last one may go on in the next page.
        over = list(held) if len(page) < _BATCH else list(held)[:-1]
        for stream in over:
            yield stream, held.pop(stream), values.pop(stream, {})
        if len(page) < _BATCH:
            return
        last = (page[-1].stream_kind, page[-1].stream_id, page[-1].seq)


def _values(streams: Collection[Stream]) -> dict[Stream, Values]:
    """The values of these streams, in one query."""
    found: dict[Stream, Values] = {}
    rows = PersonalValue.objects.raw(
        "SELECT value.* FROM unnest(%s::text[], %s::bigint[]) AS asked (kind, id)"
        " JOIN audit_personalvalue value"
        " ON value.stream_kind = asked.kind AND value.stream_id = asked.id"
        " ORDER BY value.seq, value.name",
        [[one.kind for one in streams], [one.id for one in streams]],
    )
    for value in rows:
        of_stream = found.setdefault(Stream(value.stream_kind, value.stream_id), {})
        of_stream[value.seq, value.name] = value
    return found
