"""How time is said, in the active language: « hier à 16 h 40 », « encore 3 h », « sous 24 h ».

Pure: every function is given its instants, its zone and (through Django's active language) its
tongue. Sentences start in lower case, for use inside others; `capfirst` makes a first word.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language, gettext, ngettext

from riverain import routing
from riverain.catalogue.facts import Counts, TypeFacts, Unit
from riverain.core.typography import french
from riverain.reports import wording
from riverain.territory.facts import CollectivityFacts

MINUTE, HOUR, DAY = 60, 3600, 86_400
_NEAR = timedelta(hours=24)
_WEEK = 7


class Urgency(StrEnum):
    """What a deadline asks for; the names of the chip's kinds."""

    LATE = "late"
    SOON = "soon"
    CALM = "brand"


def typeset(text: str) -> str:
    """`french(text)` when the active language is French, else `text` as it is."""
    return french(text) if (get_language() or "").startswith("fr") else text


def clock_time(at: datetime, zone: str) -> str:
    """« 16 h 40 », « 9 h » on the hour."""
    local = at.astimezone(ZoneInfo(zone))
    return _clock_time(local.hour, local.minute, get_language())


@lru_cache(maxsize=4096)
def _clock_time(hour: int, minute: int, _language: str | None) -> str:
    """The minutes of a day in a few languages: a page of a list says a hundred of them."""
    return wording.time_of(time(hour, minute))


def on_day(at: datetime, zone: str) -> str:
    """« le 3 mars 2026 », « le 1er mars 2026 »."""
    return gettext("le %(day)s") % {"day": wording.dated(at.astimezone(ZoneInfo(zone)))}


def exact(at: datetime, zone: str) -> str:
    """« lundi 3 mars 2026 à 16 h 40 »: for the hover and for screen readers."""
    local = at.astimezone(ZoneInfo(zone))
    return _exact(local.date(), local.hour, local.minute, get_language())


@lru_cache(maxsize=4096)
def _exact(on: date, hour: int, minute: int, language: str | None) -> str:
    """Whoever works on a list opens it again and again: the same few hundred minutes."""
    return gettext("%(day)s à %(time)s") % {
        "day": _weekday(on, language),
        "time": _clock_time(hour, minute, language),
    }


@lru_cache(maxsize=4096)
def _weekday(on: date, _language: str | None) -> str:
    """« lundi 3 mars 2026 »: a list says the same few days over and over."""
    return wording.in_full(on)


def moment(at: datetime, *, now: datetime, zone: str) -> str:
    """An instant as people say it, seen from `now`, past or to come.

    The clock time is said within a week; further away the day is enough, with its year.
    """
    distance = at - now
    seconds = int(abs(distance.total_seconds()))
    if seconds < MINUTE:
        return gettext("à l’instant")
    if seconds < HOUR:
        said = length(abs(distance))
        if distance < timedelta(0):
            return gettext("il y a %(length)s") % {"length": said}
        return gettext("dans %(length)s") % {"length": said}
    local, here = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    days = (local.date() - here.date()).days
    values = {"time": clock_time(at, zone), "weekday": formatted(local, "l")}
    if abs(days) >= _WEEK:
        return on_day(at, zone)
    named = {
        -2: gettext("avant-hier à %(time)s"),
        -1: gettext("hier à %(time)s"),
        0: gettext("aujourd’hui à %(time)s"),
        1: gettext("demain à %(time)s"),
    }
    return named.get(days, gettext("%(weekday)s à %(time)s")) % values


def length(span: timedelta) -> str:
    """A length of time at a glance: « 20 min », « 3 h », « 2 j ». Rounded down, hours to 48."""
    return _length(*_rounded(span), get_language())


def _rounded(span: timedelta) -> tuple[int, int]:
    """How many of which unit, in seconds; none of none below a minute."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < MINUTE:
        return 0, 0
    unit = MINUTE if seconds < HOUR else HOUR if seconds < 2 * DAY else DAY
    return seconds // unit, unit


@lru_cache(maxsize=4096)
def _length(count: int, unit: int, _language: str | None) -> str:
    """A list says a hundred of a few lengths."""
    if not count:
        return gettext("moins d’une minute")
    if unit == MINUTE:
        return gettext("%(count)d\u00a0min") % {"count": count}
    if unit == HOUR:
        return gettext("%(count)d\u00a0h") % {"count": count}
    return gettext("%(count)d\u00a0j") % {"count": count}


def spelled(span: timedelta) -> str:
    """A length of time in words, for a sentence: « 21 heures », « 1 jour », « 20 minutes »."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < MINUTE:
        return gettext("moins d’une minute")
    if seconds < HOUR:
        count = seconds // MINUTE
        words = ngettext("%(count)d\u00a0minute", "%(count)d\u00a0minutes", count)
    elif seconds < 2 * DAY:
        count = seconds // HOUR
        words = ngettext("%(count)d\u00a0heure", "%(count)d\u00a0heures", count)
    else:
        count = seconds // DAY
        words = ngettext("%(count)d\u00a0jour", "%(count)d\u00a0jours", count)
    return words % {"count": count}


def deadline(due: datetime, *, now: datetime) -> str:
    """« encore 3 h », « en retard de 20 min »."""
    left = due - now
    return _deadline(left < timedelta(0), *_rounded(abs(left)), get_language())


@lru_cache(maxsize=4096)
def _deadline(is_late: bool, count: int, unit: int, language: str | None) -> str:  # noqa: FBT001 - a key
    words = gettext("en retard de %(length)s") if is_late else gettext("encore %(length)s")
    return words % {"length": _length(count, unit, language)}


def urgency(due: datetime, *, now: datetime) -> Urgency:
    """Late from the instant itself, soon within a day of it."""
    if due < now:
        return Urgency.LATE
    return Urgency.SOON if due - now < _NEAR else Urgency.CALM


@dataclass(frozen=True, slots=True)
class Spoken:
    """Times for a page that is read at `now` (`reports.answers.Times`)."""

    now: datetime
    zone: str

    def by(self, due: datetime) -> str:
        """« d’ici 20 minutes », « avant demain 9 h 12 », « avant le 3 décembre 2026 »."""
        if due - self.now < timedelta(hours=1):
            return gettext("d’ici %(length)s") % {"length": spelled(due - self.now)}
        local = due.astimezone(ZoneInfo(self.zone))
        values = {"time": clock_time(due, self.zone), "weekday": formatted(local, "l")}
        days = self._days_to(local.date())
        if days >= _WEEK:
            return gettext("avant %(day)s") % {"day": on_day(due, self.zone)}
        named = {
            0: gettext("aujourd’hui avant %(time)s"),
            1: gettext("avant demain %(time)s"),
        }
        return named.get(days, gettext("avant %(weekday)s %(time)s")) % values

    def on(self, day: date) -> str:
        """« aujourd’hui », « demain », « jeudi », « jeudi 3 décembre »."""
        days = self._days_to(day)
        named = {-1: gettext("hier"), 0: gettext("aujourd’hui"), 1: gettext("demain")}
        if days in named:
            return named[days]
        if 1 < days < _WEEK:
            return str(formatted(day, "l"))
        return wording.day(day)

    def late(self, due: datetime) -> str:
        """« 2 jours »; empty when the deadline is not missed."""
        return spelled(self.now - due) if due < self.now else ""

    def is_past(self, day: date) -> bool:
        return self._days_to(day) < 0

    def _days_to(self, day: date) -> int:
        return (day - self.now.astimezone(ZoneInfo(self.zone)).date()).days


def committed(type_: TypeFacts, town: CollectivityFacts) -> str:
    """What the town commits to for a type, by its own deadline or the town's: « sous 24 h »,
    « sous 15 jours », « sous 5 jours ouvrés »."""
    deadline = routing.committed_to(type_, town)
    count = deadline.amount
    if deadline.unit is Unit.HOURS:
        words = gettext("sous %(count)d\u00a0h")
    elif deadline.counts is Counts.WORKING:
        words = ngettext(
            "sous %(count)d\u00a0jour ouvré", "sous %(count)d\u00a0jours ouvrés", count
        )
    else:
        words = ngettext("sous %(count)d\u00a0jour", "sous %(count)d\u00a0jours", count)
    return words % {"count": count}


def kept(closed: datetime, *, due: datetime) -> str:
    """« engagement tenu », or by how much it was missed."""
    if closed <= due:
        return gettext("engagement tenu")
    return gettext("engagement dépassé de %(length)s") % {"length": length(closed - due)}
