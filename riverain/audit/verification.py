"""Proves the log: every chain link by link, every personal value that stands, every seal.

It may run while reports come, move and are erased. Entries are only ever added, and each is read
with its values by one statement, hence at one instant; a value that was gone by then has its
`erased` entry further along the stream, which is read at that instant or later. Read by two
statements, a value that is erased in between would be called lost.
"""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final, TypeAlias

from django.db import connection

from riverain.audit import chain, sealing
from riverain.audit.chain import Stream

MOST_FAULTS = 100
_BATCH = 2_000

# An instant that Python cannot hold (a hand wrote infinity) comes as none, which no entry has.
_PAGE: Final = """
SELECT entry.stream_kind, entry.stream_id, entry.seq, entry.kind, entry.acting, entry.payload,
 CASE WHEN entry.at BETWEEN '0002-01-01' AND '9999-01-01' THEN entry.at END,
 entry.previous_hash, entry.hash, said.name, said.value, said.salt
 FROM (SELECT * FROM audit_entry WHERE (stream_kind, stream_id, seq) > (%s, %s, %s)
 ORDER BY stream_kind, stream_id, seq LIMIT %s) entry
 LEFT JOIN audit_personalvalue said ON said.stream_kind = entry.stream_kind
 AND said.stream_id = entry.stream_id AND said.seq = entry.seq
 ORDER BY entry.stream_kind, entry.stream_id, entry.seq"""
# What entries that are gone left behind. Values are written and read with their entries: one
# without, at any instant, lost it by hand.
_ORPHANS: Final = """
SELECT said.stream_kind, said.stream_id, said.seq, said.name FROM audit_personalvalue said
 WHERE NOT EXISTS (SELECT FROM audit_entry entry WHERE entry.stream_kind = said.stream_kind
 AND entry.stream_id = said.stream_id AND entry.seq = said.seq)
 ORDER BY said.stream_kind, said.stream_id, said.seq, said.name LIMIT %s"""

# A personal value, by the entry and the name under which it was said.
Said: TypeAlias = tuple[int, str]


@dataclass
class Verdict:
    """What was read and what is wrong; `faults` is empty when the log is proved. `sealed_at` is
    the instant of the last seal, and `unsealed` counts the entries that no seal vouches for yet:
    had they been cut off or written anew, nothing would show it."""

    entries: int = 0
    streams: int = 0
    values: int = 0
    seals: int = 0
    sealed_at: str = ""
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(text)


@dataclass(frozen=True, slots=True)
class _Link:
    """An entry as it stands, whatever someone made of it, with the values that stand: salt and
    value by their names."""

    stream: Stream
    seq: int
    kind: str
    acting: str
    payload: str
    at: datetime | None
    previous: bytes
    hash: bytes
    values: dict[str, tuple[bytes, str]]


def verify() -> Verdict:
    """Reads the whole log once, in order of streams. Memory does not grow with it, but for the
    heads of the sealed streams."""
    verdict = Verdict()
    sealed = _sealed_heads(verdict)
    for stream, links in groupby(_links(), key=attrgetter("stream")):
        verdict.streams += 1
        _verify_stream(stream, links, sealed.pop(stream, {}), verdict)
    for stream, heads in sealed.items():
        verdict.fault(f"{stream}: sealed up to entry {max(heads)}, but the stream is gone")
    _verify_orphans(verdict)
    return verdict


def _verify_stream(
    stream: Stream, links: Iterable[_Link], sealed: dict[int, str], verdict: Verdict
) -> None:
    previous, number = chain.GENESIS, 0
    gone: set[Said] = set()
    erased: set[Said] = set()
    for number, link in enumerate(links, start=1):
        verdict.entries += 1
        if link.seq != number:
            verdict.fault(f"{stream}: entry {number} is missing")
            return
        if link.previous != previous:
            verdict.fault(f"{stream}: entry {number} does not follow the one before")
        said = _said(link)
        if said is None:
            verdict.fault(f"{stream}: entry {number} was changed")
        else:
            committed, erases = said
            gone |= _verify_values(link, committed, verdict)
            erased |= erases
        previous = link.hash
        if number in sealed and sealed[number] != previous.hex():
            verdict.fault(f"{stream}: entry {number} is not the one that was sealed")
    for seq, name in sorted(gone - erased):
        verdict.fault(f"{stream}: {name} of entry {seq} is gone, not erased")
    last = max(sealed, default=0)
    if last > number:
        verdict.fault(f"{stream}: sealed up to entry {last}, but only {number} stand")
    verdict.unsealed += max(0, number - last)


def _said(link: _Link) -> tuple[dict[str, str], set[Said]] | None:
    """The values that the entry commits to, and those that it erased. None when it is not what was
    written: then nothing that it says counts."""
    try:
        payload = json.loads(link.payload)
        if link.at is None or link.hash != chain.entry_hash(
            stream=link.stream,
            seq=link.seq,
            kind=link.kind,
            acting=link.acting,
            payload=payload,
            at=link.at,
            previous=link.previous,
        ):
            return None
        erases = payload["values"] if link.kind == "erased" else ()
        return dict(payload.get("personal", {})), {(seq, name) for seq, name in erases}
    except (TypeError, AttributeError, KeyError, ValueError, RecursionError):
        return None  # a hand may have written anything


def _verify_values(link: _Link, committed: dict[str, str], verdict: Verdict) -> set[Said]:
    """Those that are gone: erased, if an entry after this one says so."""
    for name, (salt, value) in link.values.items():
        verdict.values += 1
        about = f"{name} of entry {link.seq}"
        if name not in committed:
            verdict.fault(f"{link.stream}: {about} stands, but the entry does not speak of it")
        elif chain.commitment(salt, value) != committed[name]:
            verdict.fault(f"{link.stream}: {about} was changed")
    return {(link.seq, name) for name in committed.keys() - link.values.keys()}


def _verify_orphans(verdict: Verdict) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [MOST_FAULTS])
        for kind, identifier, seq, name in cursor.fetchall():
            stream = Stream(kind, identifier)
            verdict.fault(f"{stream}: {name} of entry {seq} stands, but the entry is gone")


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
            verdict.sealed_at = body["at"]
            for kind, identifier, seq, digest in body["heads"]:
                # The first seal of an entry counts, whatever a later one says of it.
                heads.setdefault(Stream(kind, identifier), {}).setdefault(seq, digest)
    except (json.JSONDecodeError, KeyError, ValueError, TypeError):
        verdict.fault(f"seal {verdict.seals + 1}: the line cannot be read")
    return heads


def _links() -> Iterator[_Link]:
    """Every entry, by pages of the unique index: no long transaction."""
    last = ("", -1, -1)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_PAGE, [*last, _BATCH])
            rows = cursor.fetchall()
        page = [_link(list(of_entry)) for _key, of_entry in groupby(rows, itemgetter(0, 1, 2))]
        yield from page
        if len(page) < _BATCH:
            return
        last = (page[-1].stream.kind, page[-1].stream.id, page[-1].seq)


def _link(rows: list[tuple[Any, ...]]) -> _Link:
    """An entry from its rows, one for each value: of one without, a row whose value is null."""
    stream_kind, stream_id, seq, kind, acting, payload, at, previous, digest, *_value = rows[0]
    return _Link(
        stream=Stream(stream_kind, stream_id),
        seq=seq,
        kind=kind,
        acting=acting,
        payload=payload,
        at=at,
        previous=bytes(previous),
        hash=bytes(digest),
        values={
            name: (bytes(salt), value) for *_entry, name, value, salt in rows if name is not None
        },
    )
