"""What a draft leaves unsaid of its place, found before anything is written.

Not in the submission's transaction: the geocoder may be asked, and takes up to a second. What is
found is no part of what was said: a repeat of the same submission is known by its own words.
"""

from dataclasses import dataclass, replace

from riverain.core.distances import metres_between
from riverain.reports.rules import LONGEST_ADDRESS, Draft
from riverain.territory.addresses import locating
from riverain.territory.addresses.nearest import nearest
from riverain.territory.facts import CollectivityFacts, Place
from riverain.territory.kinds import CollectivityState
from riverain.territory.locator import locate


@dataclass(frozen=True, slots=True)
class Placed:
    """The draft with its place, and which part of it was found: "point", "address", or none."""

    draft: Draft
    place: Place | None
    found: str = ""


def offered(lon: float, lat: float) -> str | None:
    """The address that is shown of a point (degrees) which a report begins with, so that it can be
    checked: empty where none is near, None where nobody receives what lies there."""
    if locate(lon, lat) is None:
        return None
    near = nearest(lon, lat)
    return near.label[:LONGEST_ADDRESS] if near else ""


def stands(lon: float, lat: float, *, address: str, offered: str, town: CollectivityFacts) -> bool:
    """Whether the point that a report began with (degrees) stands beside what its page's field of
    the address came back with, where no map could show both: not where nobody receives it here and
    other words were typed, nor where these are clearly the address of another place."""
    if address in {"", offered}:
        return True
    place = locate(lon, lat)
    if place is None or place.collectivity.state != CollectivityState.OPEN:
        return False
    clear = locating.clear_answer(address, town=town)
    return clear is None or metres_between(lon, lat, clear.lon, clear.lat) <= locating.SAME_PLACE


def placed(draft: Draft, *, collectivity: CollectivityFacts, place: Place | None) -> Placed:
    """A point without an address takes that of the nearest house or street among our own rows; an
    address without a point takes the point that it clearly stands for (`locating.clear_answer`).
    Anything else stays as it is, and waits in "À localiser" where it has no point."""
    if draft.lon is not None and draft.lat is not None:
        near = None if draft.address else nearest(draft.lon, draft.lat)
        if near is None:
            return Placed(draft, place)
        return Placed(replace(draft, address=near.label[:LONGEST_ADDRESS]), place, "address")
    clear = locating.clear_answer(draft.address, town=collectivity) if draft.address else None
    if clear is None:
        return Placed(draft, place)
    located = replace(draft, lon=clear.lon, lat=clear.lat)
    return Placed(located, locate(clear.lon, clear.lat), "point")
