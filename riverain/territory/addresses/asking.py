"""What a typed line may ask for: number, street, postcode, commune. Pure.

"8 mai 1945" is number 8 of a street, or the Eighth of May; "12 rue de Gap" is in Gap, or leads
there. Every reading that may be meant is searched, and the best answer wins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from riverain.territory.addresses import words as words_of
from riverain.territory.addresses.facts import CommuneName

MOST_WORDS: Final = 16
MOST_READINGS: Final = 16
_LONGEST_COMMUNE: Final = 6
_SHORTEST_BEGUN: Final = 3
# A mistyped commune is still that commune from here on, when it is long enough to tell.
_ALIKE: Final = 0.75
_LONG_ENOUGH: Final = 5

_POSTCODE: Final = re.compile(r"(0[1-9]|[1-8]\d|9[0-8])\d{3}")
_NUMBER: Final = re.compile(r"(\d{1,4})([a-z]\d?|bis|ter|quater|quinquies)?")
_SUFFIX: Final = re.compile(r"bis|ter|quater|quinquies|[a-z]")
# "12 r carnot" may be a street, "12 d embrun" one that lost its apostrophe.
_WORD_TOO: Final = frozenset("dlr")
# Said before a number, or after a commune, and by nobody searched.
_BEFORE: Final = frozenset({"n", "no", "num", "numero"})
_AFTER: Final = frozenset({"cedex"})


@dataclass(frozen=True)
class Reading:
    """One thing that the line may mean. `communes` are INSEE codes, empty when none was said;
    `is_open` says that its last word may be only begun."""

    number: int | None
    suffix: str
    words: tuple[str, ...]
    postcode: str
    communes: frozenset[str]
    is_open: bool

    @cached_property
    def core(self) -> list[str]:
        return words_of.core(list(self.words))

    @cached_property
    def kind(self) -> str:
        return words_of.kind_of(list(self.words))


def readings(text: str, communes: Sequence[CommuneName]) -> list[Reading]:
    """The readings of a line, the likeliest first; none for a line without any word of a street."""
    said = [word for word in words_of.plain_words(text) if word not in _AFTER][:MOST_WORDS]
    while said and said[0] in _BEFORE:
        said = said[1:]
    postcode = next((word for word in reversed(said) if _POSTCODE.fullmatch(word)), "")
    # Whoever types the postcode has finished the street.
    ends = bool(said) and said[-1] == postcode
    said = [word for word in said if word != postcode]
    found: dict[Reading, None] = {}
    for number, suffix, rest in _numbered(said):
        for street, codes in _placed(rest, communes):
            is_open = not (codes or ends)
            for words in _spelt(street, is_open=is_open):
                found[Reading(number, suffix, words, postcode, codes, is_open)] = None
    return list(found)[:MOST_READINGS]


def _spelt(street: list[str], *, is_open: bool) -> Iterator[tuple[str, ...]]:
    """The words written out; then with a last word that only begins ("gal" of Galand); then with
    a first one that is a slip of a kind."""
    if not street:
        return
    words = words_of.written_out(street)
    yield tuple(words)
    if is_open and words[-1] != street[-1]:
        yield (*words_of.written_out(street[:-1]), street[-1])
    if len(words) > 1 and not words_of.kind_of(words):
        for kind in words_of.kinds_like(words[0]):
            yield (kind, *words[1:])


def _numbered(said: list[str]) -> Iterator[tuple[int | None, str, list[str]]]:
    """(number, suffix, the other words): number first, or last, or none."""
    first = _NUMBER.fullmatch(said[0]) if said else None
    if first and len(said) > 1:
        suffix, rest = first[2] or "", said[1:]
        may_be_suffix = not suffix and len(rest) > 1 and _SUFFIX.fullmatch(rest[0])
        if may_be_suffix:
            yield int(first[1]), rest[0], _after_range(rest[1:])
        if not may_be_suffix or rest[0] in _WORD_TOO:
            yield int(first[1]), suffix, _after_range(rest)
    for at in range(len(said) - 1, 0, -1):
        last = _NUMBER.fullmatch(said[at])
        if last:
            suffix, after = last[2] or "", said[at + 1 :]
            if not suffix and after and _SUFFIX.fullmatch(after[0]):
                suffix, after = after[0], after[1:]
            yield int(last[1]), suffix, said[:at] + after
            break
    yield None, "", said


def _after_range(rest: list[str]) -> list[str]:
    """Of "12-14 rue Carnot", 12: the second number goes where a kind of street follows."""
    if len(rest) > 1 and rest[0].isdigit() and words_of.kind_of(words_of.written_out(rest[1:2])):
        return rest[1:]
    return rest


def _placed(
    said: list[str], communes: Sequence[CommuneName]
) -> Iterator[tuple[list[str], frozenset[str]]]:
    """(words of the street, INSEE codes): the last words may be a commune, even only begun."""
    for count in range(1, min(_LONGEST_COMMUNE, len(said) - 1) + 1):
        street, named = said[:-count], " ".join(words_of.written_out(said[-count:]))
        codes = frozenset(one.insee_code for one in communes if names(named, one.plain))
        if codes:
            yield street, codes
    yield said, frozenset()


def names(typed: str, known: str) -> bool:
    """Whether what was typed is the commune's name, its beginning, or nearly so."""
    if typed == known or (len(typed) >= _SHORTEST_BEGUN and known.startswith(typed)):
        return True
    begins = " ".join(known.split()[: len(typed.split())])
    return len(typed) >= _LONG_ENOUGH and words_of.likeness(typed, begins, _ALIKE) > 0
