"""When people of the demo report and work: plausible hours, never in the future. Pure."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from riverain.catalogue.facts import TypeFacts
from riverain.routing.deadlines import is_working_day
from riverain.site.demo.cases import Act, Case, World
from riverain.site.demo.days import CALENDAR, PAST, ZONE

# At or under this, crews on duty come at any hour.
URGENT: Final = timedelta(hours=4)
SATURDAY: Final = 5

# How many write at each hour, from 7 to 22: before work, at noon, most in the evening.
_WEEKDAY: Final = (5, 10, 9, 6, 5, 8, 6, 4, 4, 6, 9, 12, 11, 7, 4, 2)
_WEEKEND: Final = (1, 3, 6, 9, 10, 8, 6, 6, 7, 7, 8, 8, 7, 5, 3, 1)
_FIRST_HOUR: Final = 7
_MARKET_HOURS: Final = (13, 17)
_DESK_HOURS: Final = (8, 16)
_DUTY_HOURS: Final = (6, 21)
_STARTS, _ENDS = time(7, 30), time(16, 45)


def length(world: World, type_: TypeFacts) -> timedelta:
    """How long the town gives itself for a type, nearly: holidays may add to it."""
    if type_.code not in world.lengths:
        probe = world.now - timedelta(days=30)
        world.lengths[type_.code] = world.due(type_, probe) - probe
    return world.lengths[type_.code]


def reported(world: World, case: Case, *, newest: timedelta, oldest: timedelta = PAST) -> datetime:
    """An instant between `oldest` and `newest` ago at which this case may have come in; the one
    that is pinned, where one is."""
    if case.pinned is not None:
        return case.pinned
    first, last = newest.days, min(max(oldest, newest), PAST).days
    day = None
    if case.market:
        # The day before the newest: that one may end before the market does.
        day = world.days.draw(case.subject, world.rng, newest=first + 1, oldest=last, market=True)
        case.market = day is not None
    if day is None:
        day = world.days.draw(
            case.subject, world.rng, newest=first, oldest=last, office=bool(case.enters)
        )
    if day is None:
        day = (world.now - newest).astimezone(ZONE).date()
    return min(_at_hour(day, case, world.rng), world.now - newest)


def at_work(instant: datetime, rng: Random) -> datetime:
    """The instant, or the next one at which offices and crews work."""
    local = instant.astimezone(ZONE)
    day, clock = local.date(), local.time()
    if clock > _ENDS:
        day, clock = day + timedelta(days=1), time()
    while not is_working_day(day, holiday_zone="metropole", calendar=CALENDAR):
        day, clock = day + timedelta(days=1), time()
    if clock >= _STARTS:
        return datetime.combine(day, clock, ZONE)
    return datetime.combine(day, _STARTS, ZONE) + timedelta(minutes=rng.uniform(0, 120))


def on_duty(instant: datetime, rng: Random) -> datetime:
    """The instant, or the next morning: crews on duty come by day, whatever the day."""
    local = instant.astimezone(ZONE)
    first, last = _DUTY_HOURS
    if first <= local.hour < last:
        return instant
    day = local.date() + timedelta(days=1 if local.hour >= last else 0)
    return datetime.combine(day, time(first), ZONE) + timedelta(minutes=rng.uniform(0, 90))


def may_come(case: Case, instant: datetime) -> bool:
    """Whether someone reports then: residents are awake, offices open."""
    local = instant.astimezone(ZONE)
    if not case.enters:
        return _FIRST_HOUR <= local.hour < _FIRST_HOUR + len(_WEEKDAY)
    first, last = _DESK_HOURS
    works = is_working_day(local.date(), holiday_zone="metropole", calendar=CALENDAR)
    return works and first <= local.hour <= last


def settle(world: World, case: Case) -> None:
    """Puts the acts in order, all after the receipt and before now."""
    latest = world.now - timedelta(minutes=3)
    settled: list[Act] = []
    for act in reversed(case.acts):
        at = min(act.at, latest)
        latest = at - timedelta(minutes=4)
        settled.append(Act(at, act.verb, act.said))
    case.received = min(case.received, latest)
    case.acts = settled[::-1]


def _at_hour(day: date, case: Case, rng: Random) -> datetime:
    if case.market:
        hour = rng.randint(*_MARKET_HOURS)
    elif case.enters:
        hour = rng.randint(*_DESK_HOURS)
    else:
        weights = _WEEKEND if day.weekday() >= SATURDAY else _WEEKDAY
        hour = _FIRST_HOUR + rng.choices(range(len(weights)), weights)[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), ZONE)
