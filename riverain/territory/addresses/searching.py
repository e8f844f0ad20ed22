"""Searching addresses: our own rows first, then the geocoder behind them."""

from typing import Final

from riverain.territory import queries
from riverain.territory.addresses import geocoder, held
from riverain.territory.addresses.facts import Found
from riverain.territory.facts import CollectivityFacts

MOST: Final = 6
# Fewer letters than this are the beginning of anything.
SHORTEST: Final = 3
# What is sent to others is at least a word and something of the next.
_WORTH_ASKING: Final = 6


def search(text: str, *, town: CollectivityFacts | None, limit: int = MOST) -> list[Found]:
    """The addresses that a typed line may mean, the likeliest first; none for less than SHORTEST
    signs. On the pages of `town` its own streets go before those of its neighbours."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    found = held.search(text, town=town, limit=limit)
    if found or len(text) < _WORTH_ASKING:
        return found
    return geocoder.search(text, near=queries.centre(town.id) if town else None, limit=limit)
