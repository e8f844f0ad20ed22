"""Which town a typed address names: the rule.

"Avenue de Dunkerque, Lomme" is not for Lille's page, whatever it says of the street: what is named
decides, where it is clear. In turn:

1. what stands last, after a comma or a postcode, is the name of a collectivity or of one of its
   communes;
2. the best answer among our own rows lies in the commune that was said, nothing that was typed
   speaks against it (`ranking.SURE`), and no answer nearly as good lies in another town;
3. a postcode that no address of ours has, with a name after it, is of a town that nobody here
   knows.

Anything else names none: a street of Lille may be called after Lomme.
"""

import re
from enum import Enum
from typing import Final

from riverain.territory import memory
from riverain.territory.addresses import asking, held, ranking, words
from riverain.territory.addresses.facts import Found
from riverain.territory.addresses.locating import APART
from riverain.territory.facts import CollectivityFacts
from riverain.territory.kinds import AreaKind, CollectivityState
from riverain.territory.locator import locate

_ANSWERS: Final = 6
_POSTCODE: Final = re.compile(r"(?<!\d)((?:0[1-9]|[1-8]\d|9[0-8])\d{3})\s+(\D+)\Z")
# As the Base Adresse Nationale writes a commune that was merged: "59160 Lille (Lomme)".
_MERGED: Final = re.compile(r"[^,()\d]+\(([^,()]+)\)\s*\Z")
# "Rue de Lomme", "rue de la Barre".
_LEADS_ON: Final = frozenset({"de", "des", "du", "la", "le", "les"})
# A number before one of these is a lamp post's, not a postcode.
_BESIDE: Final = frozenset(
    [
        "a",
        "angle",
        "apres",
        "au",
        "aux",
        "avant",
        "cote",
        "dans",
        "derriere",
        "devant",
        "en",
        "entre",
        "et",
        "face",
        "ou",
        "pres",
        "sous",
        "sur",
        "vers",
    ]
)
# A name as like one of ours as this is ours, mistyped.
_ALIKE: Final = 0.75


class Nowhere(Enum):
    """Stands for a town that nobody here receives for."""

    NOWHERE = "nowhere"


NOWHERE: Final = Nowhere.NOWHERE


def named(text: str, *, town: CollectivityFacts) -> CollectivityFacts | Nowhere | None:
    """The collectivity that an address names where it is not `town`, NOWHERE for a town that is
    none of ours, None where the address leaves it to the page. Asks nobody outside."""
    text = _MERGED.sub(r" \1", " ".join(text.split()))
    said = _POSTCODE.search(text)
    told = _called(said[2] if said else text.rpartition(",")[2])
    if told is None:
        told = _found(text, town)
    if told is None and said is not None and _is_foreign(said[1], said[2]):
        return NOWHERE
    return None if told is None or told.id == town.id else told


def _called(name: str) -> CollectivityFacts | None:
    """The one collectivity that has this name, or a commune of this name."""
    plain = words.plain(name)
    territory = memory.territory()
    found = {
        one.area.collectivity_id
        for one in territory.outlines
        if one.area.kind == AreaKind.COMMUNE
        and plain
        in {
            words.plain(one.area.name),
            words.plain(territory.collectivities[one.area.collectivity_id].short_name),
        }
    }
    towns = [territory.collectivities[one] for one in found]
    towns = [one for one in towns if one.state != CollectivityState.CLOSED]
    return towns[0] if len(towns) == 1 else None


def _found(text: str, town: CollectivityFacts) -> CollectivityFacts | None:
    streets = [one.words for one in asking.readings(text, held.names().communes) if one.communes]
    # "12 rue de Lomme" is a street: what stands before the name makes it a part of another.
    if not streets or any(one[-1] in _LEADS_ON or one[-1] in words.KINDS for one in streets):
        return None
    answers = held.search(text, town=town, limit=_ANSWERS)
    if not answers or not answers[0].commune_said or answers[0].score < ranking.SURE:
        return None
    best = _receiver(answers[0])
    near = [one for one in answers if answers[0].score - one.score < APART]
    return best if all(_receiver(one) == best for one in near) else None


def _receiver(found: Found) -> CollectivityFacts | None:
    place = locate(found.lon, found.lat)
    return place.collectivity if place else None


def _is_foreign(postcode: str, name: str) -> bool:
    """Whether they are of a town that we hold no address of. A number of five figures before a
    street, or before where one stands, is no postcode; big receivers have their own ("cedex")."""
    names = held.names()
    said = words.plain_words(name)
    return (
        bool(names.postcodes)
        and postcode not in names.postcodes
        and bool(said)
        and said[0] not in _BESIDE
        and "cedex" not in said
        and not words.kind_of(words.written_out(said))
        and not any(_is_alike(words.plain(name), one.plain) for one in names.communes)
    )


def _is_alike(typed: str, known: str) -> bool:
    return asking.names(typed, known) or words.likeness(typed, known, _ALIKE) > 0
