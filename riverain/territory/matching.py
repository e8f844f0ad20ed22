"""What an import creates and what it updates: pure.

A feature is an area that we know when its key is the area's code; else when its key is a code
that the area had before; else when its name, without case and accents, is the area's, and no other
bears it in the file or among the known. So a file keyed by another field updates the same areas,
whose code becomes the new key; the former stays known.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from riverain.core.identifiers import slug


@dataclass(frozen=True, slots=True)
class Known:
    """An area of the collectivity and kind that the import is about."""

    id: int
    code: str
    former_codes: tuple[str, ...]
    name: str
    precedence: int
    wkb: bytes
    retired: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feature that is fit to be an area. `precedence` None leaves what is there."""

    code: str
    name: str
    wkb: bytes
    precedence: int | None = None

    def is_as(self, known: Known) -> bool:
        return (
            not known.retired
            and (self.code, self.name, self.wkb) == (known.code, known.name, known.wkb)
            and self.precedence in (None, known.precedence)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """`missing` are the areas in use that the file does not speak of."""

    created: tuple[Wanted, ...]
    updated: tuple[tuple[Known, Wanted], ...]
    unchanged: tuple[Known, ...]
    missing: tuple[Known, ...]


def plan(known: Sequence[Known], wanted: Sequence[Wanted]) -> Plan:
    """Pairs each wanted area with the known one that it is, if any.

    The codes of `wanted` are unique, as are those of `known`.
    """
    pairs: dict[str, Known] = {}
    left = {area.id: area for area in known}
    for keys in (_by_code(known), _by_former_code(known), _by_name(known, wanted)):
        for feature in wanted:
            area = keys.get(feature.code)
            if area is not None and area.id in left and feature.code not in pairs:
                pairs[feature.code] = left.pop(area.id)
    created = tuple(feature for feature in wanted if feature.code not in pairs)
    found = [(pairs[feature.code], feature) for feature in wanted if feature.code in pairs]
    return Plan(
        created=created,
        updated=tuple((area, feature) for area, feature in found if not feature.is_as(area)),
        unchanged=tuple(area for area, feature in found if feature.is_as(area)),
        missing=tuple(area for area in left.values() if not area.retired),
    )


def _by_code(known: Sequence[Known]) -> dict[str, Known]:
    return {area.code: area for area in known}


def _by_former_code(known: Sequence[Known]) -> dict[str, Known]:
    held = Counter(code for area in known for code in area.former_codes)
    return {code: area for area in known for code in area.former_codes if held[code] == 1}


def _by_name(known: Sequence[Known], wanted: Sequence[Wanted]) -> dict[str, Known]:
    """From a feature's code to the area of the same name."""
    here = Counter(slug(feature.name) for feature in wanted)
    there = Counter(slug(area.name) for area in known)
    areas = {slug(area.name): area for area in known if there[slug(area.name)] == 1}
    return {
        feature.code: areas[slug(feature.name)]
        for feature in wanted
        if here[slug(feature.name)] == 1 and slug(feature.name) in areas
    }
