"""Which point a typed address stands for, where nobody chose one: the rule.

An address is clear when, of all answers in the town that the report is for,

1. the best is a house number, or a number at most `_NEIGHBOUR` away from one that we hold;
2. nothing that was typed speaks against it (`ranking.SURE`);
3. no other answer is nearly as good (`APART`), unless it is the same place.

Otherwise nobody guesses: the report waits in "À localiser", and its words say where. A street
alone is no point: it may cross three sectors.
"""

from typing import Final

from riverain.territory.addresses import ranking, searching
from riverain.territory.addresses.facts import Exactness, Found
from riverain.territory.facts import CollectivityFacts
from riverain.territory.locator import locate

APART: Final = 0.08
_NEIGHBOUR: Final = 10
SAME_PLACE: Final = 100.0  # metres


def clear_answer(text: str, *, town: CollectivityFacts) -> Found | None:
    """The one point in `town` that a typed address stands for, or None."""
    return clear_in(searching.search(text, town=town), town)


def clear_in(answers: list[Found], town: CollectivityFacts) -> Found | None:
    """The clear one of some answers, of those that lie in `town`; the best first."""
    return clear_among([one for one in answers if _is_in(one, town)])


def clear_among(answers: list[Found]) -> Found | None:
    """The clear one of some answers, the best first. Pure."""
    if not answers or not _is_house(answers[0]) or answers[0].score < ranking.SURE:
        return None
    best, others = answers[0], answers[1:]
    for other in others:
        if best.score - other.score < APART and best.metres_to(other) > SAME_PLACE:
            return None
    return best


def _is_house(found: Found) -> bool:
    if found.exactness == Exactness.NEAR:
        asked, held = (int(text.split()[0]) for text in (found.name, found.near))
        return abs(asked - held) <= _NEIGHBOUR
    return found.exactness == Exactness.HOUSE


def _is_in(found: Found, town: CollectivityFacts) -> bool:
    place = locate(found.lon, found.lat)
    return place is not None and place.collectivity.id == town.id
