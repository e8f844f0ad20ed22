"""How well a street answers what was typed: from 0 to 1. Pure.

Weights were set on the streets of Gap with slips made in them; tests/territory/addresses holds
the cases that they must keep.
"""

from typing import Final

from riverain.territory.addresses import words as words_of
from riverain.territory.addresses.asking import Reading
from riverain.territory.addresses.facts import StreetFacts

# Below this an answer is not shown; above the other nothing that was typed speaks against it.
SHOWN: Final = 0.6
SURE: Final = 0.85

# A word with more slips than this is another word.
_SAME_WORD: Final = 0.6
_BEGUN: Final = 0.9
_INITIAL: Final = 0.8
# What the words of the street that nobody typed take away, at most.
_UNSAID: Final = 0.15
_RUN_TOGETHER: Final = 0.97
_OTHER_KIND: Final = 0.06
_OTHER_POSTCODE: Final = 0.12
_KIND_UNSAID: Final = 0.02
_COMMUNE_SAID: Final = 0.02
_OTHER_PART: Final = 0.02


def score(reading: Reading, street: StreetFacts) -> float:
    """0 where the commune that was said is another. A commune that is said and is the street's
    counts a little: a reading that uses all the words goes before one that leaves some out. So does
    the commune itself, before one that was merged into it."""
    if reading.communes and not street.is_in(reading.communes):
        return 0.0
    known = street.core.split()
    typed = reading.core
    alike = _by_words(typed, known, is_open=reading.is_open)
    if alike < _RUN_TOGETHER:
        together = words_of.likeness("".join(typed), "".join(known), SHOWN)
        alike = max(alike, _RUN_TOGETHER * together)
    kind = words_of.kind_of(street.plain.split())
    if reading.kind != kind:
        alike -= _OTHER_KIND if reading.kind and kind else _KIND_UNSAID
    if reading.postcode and street.postcodes and reading.postcode not in street.postcodes:
        alike -= _OTHER_POSTCODE
    if not reading.communes:
        alike -= _COMMUNE_SAID
    if street.former_insee_code and street.former_insee_code not in reading.communes:
        alike -= _OTHER_PART
    return max(0.0, alike)


def _by_words(typed: list[str], known: list[str], *, is_open: bool) -> float:
    """Each typed word with the best of the street's, by its length; a street that says more than
    was typed comes after one that does not."""
    said = whole = 0.0
    heard = dict.fromkeys(range(len(known)), 0.0)
    for at, word in enumerate(typed):
        is_begun = is_open and at == len(typed) - 1
        alike, best = max(
            ((_alike(word, other, is_begun=is_begun), -i) for i, other in enumerate(known)),
            default=(0.0, 0),
        )
        heard[-best] = max(heard.get(-best, 0.0), alike)
        said += alike * len(word)
        whole += len(word)
    if not whole or not known:
        return 0.0
    held = sum(heard[i] * len(word) for i, word in enumerate(known))
    unsaid = 1 - held / sum(len(word) for word in known)
    return said / whole * (1 - _UNSAID * unsaid)


def _alike(typed: str, known: str, *, is_begun: bool) -> float:
    if typed == known:
        return 1.0
    if typed.isdigit() or known.isdigit():
        return 0.0
    if known.startswith(typed):
        if is_begun:
            return _BEGUN + (1 - _BEGUN) * len(typed) / len(known)
        if len(typed) == 1:
            return _INITIAL
    return words_of.likeness(typed, known, _SAME_WORD)
