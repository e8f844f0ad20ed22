"""What the other rooms know of the territory: frozen, from memory, without a query."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CollectivityFacts:
    """A collectivity as `models.Collectivity` holds it."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: str
    insee_code: str
    timezone: str
    holiday_zone: str
    hosts: tuple[str, ...]
    state: str
    elsewhere_name: str
    elsewhere_url: str
    is_default: bool
    prefix: str
    default_deadline_days: int
    duty_phone: str
    contact_name: str
    contact_address: str
    contact_phone: str
    contact_email: str
    website: str
    brand_colour: str
    privacy_contact: str


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An area without its polygon."""

    id: int
    collectivity_id: int
    kind: str
    code: str
    name: str
    precedence: int
    former_codes: tuple[str, ...] = ()

    def answers_to(self, code: str) -> bool:
        """Whether `code` names it, today or before a file keyed by another field: a routing rule
        written with the old code goes on working.
        """
        return code == self.code or code in self.former_codes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point is. `areas` are all that hold it, those of the receiving collectivity first,
    then by precedence, then the smaller; `district` and `sector` are the first of their kind.
    """

    collectivity: CollectivityFacts
    areas: tuple[AreaFacts, ...]
    district: AreaFacts | None
    sector: AreaFacts | None

    def first(self, kind: str) -> AreaFacts | None:
        """The area of `kind` that counts here, or None."""
        return first_of(self.areas, kind)


def first_of(areas: Iterable[AreaFacts], kind: str) -> AreaFacts | None:
    """The first area of `kind`, or None."""
    return next((area for area in areas if area.kind == kind), None)
