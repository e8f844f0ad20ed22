"""When people of the demo report and work: plausible hours, never in the future. Pure."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from riverain.catalogue.facts import TypeFacts
from riverain.organisation.facts import Calendar
from riverain.routing.deadlines import is_working_day
from riverain.site.demo.cases import Act, Case, World

ZONE: Final = ZoneInfo("Europe/Paris")
# The whole past of the demo.
PAST: Final = timedelta(days=60)
# At or under this, crews on duty come at any hour.
URGENT: Final = timedelta(hours=4)

_CALENDAR: Final = Calendar()
_HOURS: Final = dict(
    zip(range(7, 23), (4, 9, 9, 8, 7, 8, 6, 5, 5, 6, 8, 9, 7, 4, 3, 2), strict=True)
)
_STARTS, _ENDS = time(7, 30), time(16, 45)


def length(world: World, type_: TypeFacts) -> timedelta:
    """How long the town gives itself for a type, nearly: holidays may add to it."""
    probe = world.now - PAST / 2
    return world.due(type_, probe) - probe


def reported(world: World, *, newest: timedelta, oldest: timedelta = PAST) -> datetime:
    """An instant between `oldest` and `newest` ago at which a resident may write."""
    ago = timedelta(seconds=world.rng.uniform(newest.total_seconds(), oldest.total_seconds()))
    day = (world.now - ago).astimezone(ZONE).date()
    return min(_at_hour(day, world.rng), world.now - newest)


def at_work(instant: datetime, rng: Random) -> datetime:
    """The instant, or the next one at which offices and crews work."""
    local = instant.astimezone(ZONE)
    day, clock = local.date(), local.time()
    if clock > _ENDS:
        day, clock = day + timedelta(days=1), time()
    while not is_working_day(day, holiday_zone="metropole", calendar=_CALENDAR):
        day, clock = day + timedelta(days=1), time()
    if clock >= _STARTS:
        return datetime.combine(day, clock, ZONE)
    return datetime.combine(day, _STARTS, ZONE) + timedelta(minutes=rng.uniform(0, 120))


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


def _at_hour(day: date, rng: Random) -> datetime:
    hour = rng.choices(list(_HOURS), list(_HOURS.values()))[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), ZONE)
