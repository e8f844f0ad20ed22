"""A report's history and words, read from the log.

Values come by class, so that a reader who may not see contacts never has them in memory.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models.functions import Lower

from riverain.audit.models import EMAIL, PHONE, Entry, PersonalValue
from riverain.reports.door import STREAM

# Every step asks for it.
_LAST_VALUE: Final = """
SELECT value FROM audit_personalvalue
 WHERE stream_kind = %s AND stream_id = %s AND name = %s ORDER BY seq DESC LIMIT 1"""
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
    """The history of a report in two queries. `contacts`, `notes` and `texts` say which values
    are read at all."""
    values: dict[int, dict[str, str]] = {}
    rows = PersonalValue.objects.filter(stream_kind=STREAM, stream_id=report_id)
    if not texts:
        rows = rows.filter(name__startswith=CONTACT_PREFIX) if contacts else rows.none()
    elif not contacts:
        rows = rows.exclude(name__startswith=CONTACT_PREFIX)
    if not notes:
        rows = rows.exclude(name="note")
    for seq, name, value in rows.order_by("seq", "name").values_list("seq", "name", "value"):
        values.setdefault(seq, {})[name] = value
    entries = Entry.objects.filter(stream_kind=STREAM, stream_id=report_id).order_by("seq")
    return Story(
        tuple(
            Step(
                id=entry.pk,
                seq=entry.seq,
                kind=entry.kind,
                acting=entry.acting,
                at=entry.at,
                said={key: value for key, value in entry.payload.items() if key != "personal"},
                words=values.get(entry.seq, {}),
                gave=frozenset(entry.payload.get("personal", ())),
            )
            for entry in entries
        )
    )


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
    found: set[int] = set()
    for name, value in ((EMAIL, email), (PHONE, phone)):
        if value:
            found.update(
                PersonalValue.objects.alias(lower=Lower("value"))
                .filter(stream_kind=STREAM, name=name, lower=value.lower())
                .values_list("stream_id", flat=True)
            )
    return sorted(found)
