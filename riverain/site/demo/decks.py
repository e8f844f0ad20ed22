"""Decks of cards: shares kept to the unit, in any order. Pure."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

Card = TypeVar("Card")


def deal(weights: Sequence[tuple[Card, int]], size: int, rng: Random) -> list[Card]:
    """As many cards as asked, each by its weight, shuffled."""
    total = sum(weight for _card, weight in weights)
    deck: list[Card] = []
    weighed = 0
    for card, weight in weights:
        weighed += weight
        deck += [card] * (round(weighed * size / total) - len(deck))
    rng.shuffle(deck)
    return deck


def draw(deck: list[Card], wanted: Callable[[Card], bool], rng: Random) -> Card:
    """Takes a card that is wanted, the first from anywhere in the deck. Raises ValueError when
    there is none."""
    first = rng.randrange(len(deck)) if deck else 0
    for place in (*range(first, len(deck)), *range(first)):
        if wanted(deck[place]):
            return deck.pop(place)
    raise ValueError("the demo's decks do not suffice for its endings")


def has(deck: list[Card], wanted: Callable[[Card], bool]) -> bool:
    return any(wanted(card) for card in deck)
