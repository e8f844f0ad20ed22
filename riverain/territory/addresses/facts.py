"""What a search of addresses answers, and the names of communes that it knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from riverain.core.distances import metres_between


class Exactness(StrEnum):
    """How near the point is to what was asked."""

    HOUSE = "house"  # the number that was asked
    NEAR = "near"  # a number that we do not hold: the point is that of the nearest one
    STREET = "street"  # no number asked, or a street without numbers: a point on it


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. `name` is the address as people say it ("12 bis Rue Carnot"), `context` where
    that is ("05000 Gap"); `near` is the number whose point it takes where `exactness` is NEAR,
    else empty. `score` is from 0 to 1: above `ranking.SURE` nothing that was typed speaks
    against it. `commune_said` says that what was typed names the commune, as far as we know.
    """

    name: str
    context: str
    lon: float
    lat: float
    exactness: Exactness
    score: float
    near: str = ""
    commune_said: bool = False

    @property
    def label(self) -> str:
        return f"{self.name}, {self.context}" if self.context else self.name

    @property
    def precise(self) -> bool:
        """Whether someone who goes there stands before the house, not only in the street."""
        return self.exactness == Exactness.HOUSE

    def metres_to(self, other: "Found") -> float:
        """How far the two points are apart, as the crow flies."""
        return metres_between(self.lon, self.lat, other.lon, other.lat)

    def as_dict(self) -> Mapping[str, Any]:
        """For programs: the pages' own module, and `--json`."""
        return {
            "label": self.label,
            "name": self.name,
            "context": self.context,
            "lon": self.lon,
            "lat": self.lat,
            "exactness": self.exactness.value,
            "near": self.near,
        }


@dataclass(frozen=True, slots=True)
class CommuneName:
    """A commune that addresses are held of, or one that was merged into it, by the words of its
    name ("hellemmes lille")."""

    insee_code: str
    plain: str


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """A street as `models.Street` holds it, with its commune."""

    id: int
    name: str
    plain: str
    core: str
    former_commune: str
    former_insee_code: str
    postcodes: tuple[str, ...]
    lon: float
    lat: float
    insee_code: str
    commune: str

    @classmethod
    def of(cls, row: Sequence[Any]) -> "StreetFacts":
        """From the columns of a query, in the order of the fields."""
        values = dict(zip((one.name for one in fields(cls)), row, strict=True))
        return cls(**{**values, "postcodes": tuple(values["postcodes"])})

    def is_in(self, insee_codes: frozenset[str]) -> bool:
        return self.insee_code in insee_codes or self.former_insee_code in insee_codes

    def context(self, postcode: str) -> str:
        """Where the street is, "59260 Lille (Hellemmes-Lille)": streets of one name differ by the
        commune that they were in."""
        if not postcode and len(self.postcodes) == 1:
            postcode = self.postcodes[0]
        town = f"{postcode} {self.commune}".strip()
        return f"{town} ({self.former_commune})" if self.former_commune else town
