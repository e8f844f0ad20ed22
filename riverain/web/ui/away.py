"""The database away: said once a minute in the journal, and nothing of what was typed is lost.

Whoever sends a form meanwhile is given a page that holds it: the same fields, with the same
submission's identifier, so that sending again when the database is back makes one report. A form
whose session or token has ended comes back in the same way.
"""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from riverain.web.ui.origins import from_elsewhere

# Signs and fields that the page takes back: the longest form of ours has a tenth of it.
MOST_SIGNS: Final = 40_000
MOST_FIELDS: Final = 120
# A value of more signs than this is words that someone typed: it is shown, whatever its name.
_WORDS: Final = 40
# SQLSTATE classes and codes of a server that cannot be reached or is going down or coming up
# (PostgreSQL, appendix A): connection lost, shutdown, crash, start, too many connections.
_AWAY_CLASSES: Final = ("08", "57P")
_AWAY_CODES: Final = frozenset({"53300"})

_SHOWN: Final = {
    "address": _("Adresse ou lieu"),
    "description": _("Ce que vous voyez"),
    "text": _("Votre message"),
}


def is_away(error: BaseException | None) -> bool:
    """Whether `error` says that the database cannot be reached, rather than that it refused a
    statement (a lock or a statement that took too long are OperationalErrors too)."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code in _AWAY_CODES or code.startswith(_AWAY_CLASSES)


@dataclass(frozen=True, slots=True)
class Typed:
    """A field of a form that could not be taken. `label` is empty for what nobody typed."""

    name: str
    value: str
    label: Any = ""

    @property
    def rows(self) -> int:
        """Lines of the box that shows it."""
        return min(12, 1 + self.value.count("\n") + len(self.value) // 60)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form to be sent again: its fields, and the names of its files, which no page can keep."""

    fields: tuple[Typed, ...]
    files: tuple[str, ...]

    def with_value(self, name: str, value: str) -> "Kept":
        """The same form with one field of this name and value."""
        others = tuple(field for field in self.fields if field.name != name)
        return Kept((*others, Typed(name, value)), self.files)


def kept(request: HttpRequest) -> Kept | None:
    """What was posted, or None for what must not come back: a password, another site's form,
    more than a page can bear, or nothing at all."""
    if request.method != "POST" or from_elsewhere(request):
        return None
    try:
        fields = tuple(_fields(request))
        files = tuple(sorted(request.FILES))
    except (OSError, BadRequest, SuspiciousOperation, MultiPartParserError, RuntimeError):
        # Cut on the way, too large, not a form, or read already by who parses it by hand.
        return None
    secret = any("password" in field.name for field in fields)
    signs = sum(len(field.name) + len(field.value) for field in fields)
    if not fields or secret or len(fields) > MOST_FIELDS or signs > MOST_SIGNS:
        return None
    return Kept(fields, files)


def _fields(request: HttpRequest) -> Iterator[Typed]:
    for name, values in request.POST.lists():
        for value in map(str, values):
            label = _SHOWN.get(name, "") if value else ""
            if not label and (len(value) > _WORDS and " " in value):
                label = _("Votre texte")
            yield Typed(name, value, label)


class OnceAMinute(logging.Filter):
    """Of the lines that Django writes for each request while the database is away, lets one a
    minute through, without a trace: the first says all that an operator can know."""

    every: Final = 60.0

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.said_at = float("-inf")
        self.since = 0

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            error = getattr(getattr(record, "request", None), "database_error", None)
        if not is_away(error):
            return True
        with self.lock:
            self.since += 1
            if time.monotonic() - self.said_at < self.every:
                return False
            count, self.since, self.said_at = self.since, 0, time.monotonic()
        record.msg = (
            "The database does not answer (%s). Requests answered 503 since it was said: %d"
        )
        record.args = (" ".join(str(error).split()), count)
        record.exc_info = record.exc_text = None
        return True
