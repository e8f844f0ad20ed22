"""A report's history and words, read from the log.

Values come by class, so that a reader who may not see contacts never has them in memory.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db import connection

from riverain.audit.models import EMAIL, PHONE, PersonalValue
from riverain.reports.door import STREAM

# Values come by class: of contacts, the note among agents, all others. Written once a process, as
# in `single`: every page about a report asks for it.
_STORY: Final = """
SELECT entry.id, entry.seq, entry.kind, entry.acting, entry.at, entry.payload,
 said.name, said.value
 FROM audit_entry entry LEFT JOIN audit_personalvalue said
 ON said.stream_kind = entry.stream_kind AND said.stream_id = entry.stream_id
 AND said.seq = entry.seq
 AND CASE WHEN starts_with(said.name, %(prefix)s) THEN %(contacts)s
 ELSE %(texts)s AND (%(notes)s OR said.name <> 'note') END
 WHERE entry.stream_kind = %(kind)s AND entry.stream_id = %(id)s
 ORDER BY entry.seq, said.name"""
# Every step asks for it.
_LAST_VALUE: Final = """
SELECT value FROM audit_personalvalue
 WHERE stream_kind = %s AND stream_id = %s AND name = %s ORDER BY seq DESC LIMIT 1"""
# The names are written out: the index holds no others.
_OF_CONTACT: Final = f"""
SELECT DISTINCT stream_id FROM audit_personalvalue
 WHERE name IN ('{EMAIL}', '{PHONE}') AND stream_kind = %(kind)s
 AND ((name = '{EMAIL}' AND lower(value) = %(email)s)
 OR (name = '{PHONE}' AND lower(value) = %(phone)s)) ORDER BY stream_id"""  # noqa: S608 - names of ours
CONTACT_PREFIX = "contact."


@dataclass(frozen=True, slots=True)
class Step:
    """One entry with its words."""

    id: int
    seq: int
    kind: str
    acting: str
    at: datetime
    said: dict[str, Any]
    words: dict[str, str]
    # The names of all that it said of persons, whether or not it may be read here and still stands.
    gave: frozenset[str] = frozenset()

    @property
    def told(self) -> bool:
        """Whether the reporter hears of it."""
        return bool(self.said.get("told")) or self.kind == "report.submitted"


@dataclass(frozen=True, slots=True)
class Story:
    """All steps of one report, first to last."""

    steps: tuple[Step, ...]

    @property
    def description(self) -> str:
        return self._first("description")

    @property
    def answers(self) -> dict[str, Any]:
        found = self._first("answers")
        answers: dict[str, Any] = json.loads(found) if found else {}
        return answers

    @property
    def contact(self) -> dict[str, str]:
        """name, email, phone: what was given and may be read."""
        return {
            name.removeprefix(CONTACT_PREFIX): value
            for step in self.steps
            for name, value in step.words.items()
            if name.startswith(CONTACT_PREFIX)
        }

    @property
    def language(self) -> str:
        return str(self.steps[0].said.get("language", "fr")) if self.steps else "fr"

    @property
    def had_email(self) -> bool:
        """Whether the reporter ever left an address, without reading it: else no mail was made."""
        return any(EMAIL in step.gave for step in self.steps)

    @property
    def has_email(self) -> bool:
        """Whether the reporter can be written to, without reading where."""
        erased = {
            (seq, name)
            for step in self.steps
            if step.kind == "erased"
            for seq, name in step.said.get("values", ())
        }
        return any(EMAIL in step.gave and (step.seq, EMAIL) not in erased for step in self.steps)

    def told(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.told)

    def _first(self, name: str) -> str:
        return next((step.words[name] for step in self.steps if name in step.words), "")


def story(report_id: int, *, contacts: bool, notes: bool, texts: bool = True) -> Story:
    """The history of a report in one query. `contacts`, `notes` and `texts` say which values are
    read at all."""
    asked: dict[str, str | int | bool] = {
        "prefix": CONTACT_PREFIX,
        "contacts": contacts,
        "notes": notes,
        "texts": texts,
        "kind": STREAM,
        "id": report_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORY, asked)
        rows = cursor.fetchall()
    return Story(tuple(_step(list(of_entry)) for _seq, of_entry in groupby(rows, itemgetter(1))))


def _step(rows: list[tuple[Any, ...]]) -> Step:
    """An entry from its rows, one for each value: of one without, a row whose value is null."""
    entry_id, seq, kind, acting, at, payload, *_value = rows[0]
    said: dict[str, Any] = json.loads(payload)
    gave = frozenset(said.pop("personal", ()))
    words = {name: value for *_entry, name, value in rows if name is not None}
    return Step(entry_id, seq, kind, acting, at, said, words, gave)


def description_of(report_id: int) -> str:
    """What the reporter wrote; empty when nothing, or erased."""
    return (
        PersonalValue.objects.filter(stream_kind=STREAM, stream_id=report_id, name="description")
        .order_by("seq")
        .values_list("value", flat=True)
        .first()
        or ""
    )


def email_of(report_id: int) -> str:
    """The reporter's e-mail address; empty when none was left, or erased."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_VALUE, [STREAM, report_id, EMAIL])
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def reports_of_contact(*, email: str = "", phone: str = "") -> list[int]:
    """The reports whose reporter left this address or number (access, erasure)."""
    if not email and not phone:
        return []
    asked = {"kind": STREAM, "email": email.lower(), "phone": phone.lower()}
    with connection.cursor() as cursor:
        cursor.execute(_OF_CONTACT, asked)
        return [row[0] for row in cursor.fetchall()]
