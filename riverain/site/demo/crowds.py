"""Reports that come together: two hot spots of the last ten days, and neighbours who report the
same thing. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from riverain.reports.lifecycle import Status
from riverain.site.demo import ground
from riverain.site.demo.cases import Case, Place, World
from riverain.site.demo.days import ZONE
from riverain.site.demo.ground import INSIDE, OUTSIDE, Spot

_DAY: Final = timedelta(days=1)
# A neighbour reports within so long, at one of so many doors around; for this share of what is
# done, and of what is in hand.
_TWIN_AFTER: Final = (timedelta(hours=1), timedelta(hours=30))
_TWIN_DOORS: Final = 3
_TWINS: Final = 0.07
_AWAKE: Final = (7, 22)


@dataclass(frozen=True, slots=True)
class Pin:
    """A report whose type, place and receipt are decided by the others around it."""

    type_code: str
    place: Place
    spot: Spot
    received: datetime
    ending: Status


@dataclass(frozen=True, slots=True)
class HotSpot:
    """More reports of a type in one street, in the last ten days, than its past explains. Of the
    `done` first, then of those in hand, the receipts spread over so many days ago."""

    type_code: str
    place: Place
    street: str
    done: int
    done_days: tuple[float, float]
    open: int
    open_days: tuple[float, float]


HOT_SPOTS: Final = (
    HotSpot(
        "salissures-depots-dejections",
        Place(INSIDE, "wazemmes"),
        "rue Jules-Guesde",
        done=9,
        done_days=(5.5, 9.5),
        open=15,
        open_days=(0.4, 4.5),
    ),
    HotSpot(
        "pigeons-rats",
        Place(OUTSIDE, "fives"),
        "place Degeyter",
        done=3,
        done_days=(8.5, 9.8),
        open=12,
        open_days=(0.4, 7.0),
    ),
)


def hot_spots(world: World) -> Iterator[Pin]:
    for spot in HOT_SPOTS:
        street = ground.named(spot.street)
        endings = [(Status.DONE, spot.done_days)] * spot.done
        endings += [(Status.IN_PROGRESS, spot.open_days)] * spot.open
        for ending, days in endings:
            received = _by_day(world, world.now - world.rng.uniform(*days) * _DAY)
            door = ground.in_street(street, world.rng)
            yield Pin(spot.type_code, spot.place, door, received, ending)


def has_twin(world: World, case: Case) -> bool:
    """Whether a neighbour of this one reports the same."""
    if case.pinned is not None or case.spot is None or case.market:
        return False
    if case.ending is Status.DONE:
        room = case.received < world.now - 30 * _DAY
    else:
        room = case.ending is Status.IN_PROGRESS and case.received < world.now - 2 * _DAY
    return room and world.happens(_TWINS)


def twin_of(world: World, case: Case) -> Pin:
    """Raises ValueError for a case without a place."""
    if case.spot is None:
        raise ValueError("a report without a place has no neighbours")
    first, last = (span.total_seconds() for span in _TWIN_AFTER)
    received = case.received + timedelta(seconds=world.rng.uniform(first, last))
    return Pin(
        case.type_.code,
        case.place,
        ground.near(case.spot, world.rng, houses=_TWIN_DOORS),
        _by_day(world, received),
        case.ending,
    )


def _by_day(world: World, instant: datetime) -> datetime:
    """The instant, or the evening before where people sleep at it."""
    local = instant.astimezone(ZONE)
    first, last = _AWAKE
    if first <= local.hour < last:
        return instant
    evening = local.replace(hour=last - world.rng.randint(1, 4), minute=world.rng.randrange(60))
    return evening if local.hour >= last else evening - _DAY
