"""How many reports each day of the demo's past brings: more each month as the service becomes
known, more on Mondays, fewer in August, each type in its season, some in numbers after a storm.
Pure.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from riverain.organisation.facts import Calendar
from riverain.routing.deadlines import is_working_day
from riverain.site.demo.subjects import Subject

ZONE: Final = ZoneInfo("Europe/Paris")
# The whole past of the demo.
PAST: Final = timedelta(days=364)
CALENDAR: Final = Calendar()
SUNDAY: Final = 6

# From Monday to Sunday; August and the end of December are quiet.
_WEEK: Final = (1.4, 1.15, 1.05, 1.0, 1.0, 0.75, 0.65)
_MONTHS: Final[Mapping[int, float]] = {7: 0.9, 8: 0.7}
_CHRISTMAS: Final = frozenset({(12, day) for day in range(24, 32)} | {(1, 1)})
# In so many days the reports are e times as many.
_GROWTH: Final = 200
# The last storm, and how many times the usual reports it brings that day and the two after.
_LAST_STORM: Final = 6
_AFTERMATH: Final = (14.0, 9.0, 3.0)
_OTHER_STORMS: Final = ((70, 120), (190, 330))


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the past, from `today` back. `storms` are days as well."""

    today: date
    storms: tuple[date, ...]
    _sums: dict[tuple[str, bool, bool], list[float]] = field(default_factory=dict)

    def draw(
        self,
        subject: Subject,
        rng: Random,
        *,
        newest: int,
        oldest: int,
        market: bool = False,
        office: bool = False,
    ) -> date | None:
        """A day between so many days ago. `market` keeps to market days, `office` to those on
        which offices are open; None when no day of them is such a day."""
        sums = self._sums_of(subject, market=market, office=office)
        low, high = sums[newest], sums[min(oldest + 1, len(sums) - 1)]
        if high <= low:
            return None
        ago = bisect_right(sums, rng.uniform(low, high)) - 1
        return self.today - timedelta(days=min(max(ago, newest), oldest))

    def _sums_of(self, subject: Subject, *, market: bool, office: bool) -> list[float]:
        key = (subject.type_code, market, office)
        if key not in self._sums:
            weights = (
                self._weight(subject, ago, market=market, office=office)
                for ago in range(PAST.days + 1)
            )
            self._sums[key] = [0.0, *accumulate(weights)]
        return self._sums[key]

    def _weight(self, subject: Subject, ago: int, *, market: bool, office: bool) -> float:
        day = self.today - timedelta(days=ago)
        works = is_working_day(day, holiday_zone="metropole", calendar=CALENDAR)
        if (market and day.weekday() != SUNDAY) or (office and not works):
            return 0.0
        weight = math.exp(-ago / _GROWTH) * _WEEK[day.weekday()] * _MONTHS.get(day.month, 1.0)
        if (day.month, day.day) in _CHRISTMAS:
            weight *= 0.5
        weight *= subject.season[day.month - 1] / 100
        since = min((since for since in self.since_storms(day)), default=None)
        if subject.stormy and since is not None and since < len(_AFTERMATH):
            weight *= _AFTERMATH[since]
        return weight

    def since_storms(self, day: date) -> list[int]:
        """How many days after each storm that was before it."""
        return [(day - storm).days for storm in self.storms if storm <= day]

    def is_stormy(self, day: date) -> bool:
        return any(since < len(_AFTERMATH) for since in self.since_storms(day))


def days_until(now: datetime, rng: Random) -> Days:
    """With one storm last week and two in the year."""
    today = now.astimezone(ZONE).date()
    agos = (_LAST_STORM, *(rng.randint(*span) for span in _OTHER_STORMS))
    return Days(today, tuple(today - timedelta(days=ago) for ago in agos))
