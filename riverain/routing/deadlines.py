"""When a deadline falls. Pure.

- Hours elapse: so many times 3,600 seconds later, whatever clocks and calendars do.
- Days elapse on the town's clocks: the same local time so many days later. Across a change of the
  clocks that is an hour more or less; a local time that the change skips is taken an hour later.
- Working days: the same local time on the Nth working day after the report's day. A report that
  comes on a day when the service does not work counts as received when it next opens. A working
  day is one of the service's weekdays that is no public holiday in the collectivity's zone (L-07).

So Friday 16:40 and one working day is Monday 16:40; Saturday 10:00 and one working day is Tuesday
08:00 for a service that opens at eight.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

import holidays

from riverain.catalogue.facts import Counts, Deadline, Unit
from riverain.organisation.facts import Calendar
from riverain.territory.rules import HOLIDAY_SUBDIVISIONS

_DAY = timedelta(days=1)


def due_at(
    deadline: Deadline, *, instant: datetime, timezone: str, holiday_zone: str, calendar: Calendar
) -> datetime:
    """The instant (UTC) by which a deadline that starts at `instant` must be kept.

    `timezone` is an IANA name, `holiday_zone` a `territory.HolidayZone`. Never before `instant`.
    Raises ValueError for a naive instant, KeyError for an unknown holiday zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a deadline starts at an aware instant")
    if deadline.unit is Unit.HOURS:
        return instant.astimezone(UTC) + timedelta(hours=deadline.amount)
    zone = ZoneInfo(timezone)
    start = instant.astimezone(zone)
    if deadline.counts is Counts.ELAPSED:
        return _at(start.replace(tzinfo=None) + deadline.amount * _DAY, zone)
    working = _working_days(start.date(), calendar, holiday_zone)
    first = next(working)
    at = start.time() if first == start.date() else calendar.opens
    last = next(islice(working, deadline.amount - 1, None))
    return _at(datetime.combine(last, at), zone)


def is_working_day(day: date, *, holiday_zone: str, calendar: Calendar) -> bool:
    return day.weekday() in calendar.weekdays and day not in _holidays(holiday_zone, day.year)


def _working_days(day: date, calendar: Calendar, holiday_zone: str) -> Iterator[date]:
    """The working days from `day` on. Endless: no weekday is a holiday every week."""
    while True:
        if is_working_day(day, holiday_zone=holiday_zone, calendar=calendar):
            yield day
        day += _DAY


def _at(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant when the clocks of `zone` show `local`; the first one when they do so twice."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


@lru_cache(maxsize=512)
def _holidays(holiday_zone: str, year: int) -> frozenset[date]:
    """The public holidays of a zone in a year."""
    return frozenset(
        holidays.country_holidays("FR", subdiv=HOLIDAY_SUBDIVISIONS[holiday_zone], years=year)
    )
