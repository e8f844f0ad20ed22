"""Where things happen in the demo: streets with their houses (`streets.csv`), inside the hand-drawn
outlines of the districts and sectors (`areas.geojson`). Pure.
"""

import csv
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import shapely

from riverain.core.identifiers import slug

AREAS: Final = Path(__file__).with_name("areas.geojson")
STREETS: Final = Path(__file__).with_name("streets.csv")

INSIDE, OUTSIDE, HELLEMMES = "intra-muros", "extra-muros", "hellemmes"
# How the reports spread over the districts of each sector; together in the order of S0-87.
DISTRICTS: Final[Mapping[str, Mapping[str, int]]] = {
    INSIDE: {
        "lille-centre": 36,
        "wazemmes": 27,
        "vieux-lille": 16,
        "lille-moulins": 12,
        "vauban-esquermes": 9,
    },
    OUTSIDE: {
        "fives": 30,
        "lille-sud": 27,
        "saint-maurice-pellevoisin": 15,
        "bois-blancs": 8,
        "faubourg-de-bethune": 7,
        "lille-moulins": 7,
        "vauban-esquermes": 6,
    },
    HELLEMMES: {"hellemmes": 1},
}
# Metres in a degree of latitude, and of longitude at this one.
_NORTH: Final = 111_200.0
_EAST: Final = _NORTH * math.cos(math.radians(50.63))
# Doors lie this far from the middle of the street, and one comes every so many metres of a side.
_DOOR: Final = 7.0
_FRONTAGE: Final = 25.0
# The share of people who give a number; the others name the street alone.
_NUMBERED: Final = 0.85


@dataclass(frozen=True, slots=True)
class Street:
    """A real name on an approximate line (two ends, longitude and latitude in degrees), with
    invented numbers up to `highest`. `district` is a code."""

    name: str
    city: str
    postcode: str
    district: str
    start: tuple[float, float]
    end: tuple[float, float]
    highest: int

    @property
    def metres(self) -> float:
        return math.hypot(
            (self.end[0] - self.start[0]) * _EAST, (self.end[1] - self.start[1]) * _NORTH
        )

    def door(self, number: int) -> tuple[float, float]:
        """Longitude and latitude of a house: odd numbers at the left, rising from the start."""
        along = min(number, self.highest) / (self.highest + 1)
        east = (self.end[0] - self.start[0]) * _EAST
        north = (self.end[1] - self.start[1]) * _NORTH
        side = (-1 if number % 2 else 1) * _DOOR / (self.metres or 1)
        return (
            round(self.start[0] + (east * along + north * side) / _EAST, 6),
            round(self.start[1] + (north * along - east * side) / _NORTH, 6),
        )

    def numbers(self) -> tuple[int, ...]:
        """The houses' numbers: as many as the street has room for, both ends among them."""
        return _numbers(self)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees, with the address that goes with it. `number` is 0 where none is said."""

    lon: float
    lat: float
    street: Street
    number: int

    @property
    def address(self) -> str:
        house = f"{self.number} " if self.number else ""
        return f"{house}{self.street.name}, {self.street.postcode} {self.street.city}"

    @property
    def district(self) -> str:
        return self.street.district


@cache
def _numbers(street: Street) -> tuple[int, ...]:
    fits = max(2, round(street.metres / _FRONTAGE))
    found: list[int] = []
    for first in (1, 2):
        last = street.highest - (street.highest - first) % 2
        step = max(2, 2 * round((last - first) / 2 / fits))
        found += [*range(first, last, step), last]
    return tuple(sorted(found))


@cache
def streets() -> tuple[Street, ...]:
    with STREETS.open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        return tuple(_street(row) for row in csv.DictReader(kept, delimiter=";"))


def _street(row: Mapping[str, str]) -> Street:
    return Street(
        name=row["voie"],
        city=row["ville"],
        postcode=row["code postal"],
        district=slug(row["quartier"]),
        start=(float(row["lon1"]), float(row["lat1"])),
        end=(float(row["lon2"]), float(row["lat2"])),
        highest=int(row["numéro le plus haut"]),
    )


@cache
def by_place() -> Mapping[tuple[str, str], tuple[Street, ...]]:
    """The streets of each sector and district, by where their middle lies."""
    found: dict[tuple[str, str], list[Street]] = {}
    sectors = _sectors()
    for street in streets():
        middle = shapely.Point(
            (street.start[0] + street.end[0]) / 2, (street.start[1] + street.end[1]) / 2
        )
        for sector, shape in sectors.items():
            if shape.contains(middle):
                found.setdefault((sector, street.district), []).append(street)
    return {place: tuple(ones) for place, ones in found.items()}


@cache
def _sectors() -> Mapping[str, Any]:
    features = json.loads(AREAS.read_text(encoding="utf-8"))["features"]
    return {
        slug(one["properties"]["nom"]): shapely.from_geojson(json.dumps(one["geometry"]))
        for one in features
        if one["properties"]["genre"] == "sector"
    }


def spot(sector: str, district: str, rng: Random) -> Spot:
    """Somewhere in a district of a sector: longer streets come up more often."""
    choice = by_place()[sector, district]
    return in_street(rng.choices(choice, [street.metres for street in choice])[0], rng)


def in_street(street: Street, rng: Random) -> Spot:
    return _at(street, rng.choice(street.numbers()), rng)


def near(spot: Spot, rng: Random, *, houses: int) -> Spot:
    """In the same street, at one of so many houses nearest by their numbers."""
    around = spot.number or spot.street.highest // 2
    found = sorted(spot.street.numbers(), key=lambda number: abs(number - around))
    return _at(spot.street, rng.choice(found[:houses]), rng)


def _at(street: Street, number: int, rng: Random) -> Spot:
    lon, lat = street.door(number)
    return Spot(lon, lat, street, number if rng.random() < _NUMBERED else 0)


def named(name: str) -> Street:
    """The street of Lille with that name. Raises LookupError for one that the demo has not."""
    for street in streets():
        if (street.name, street.city) == (name, "Lille"):
            return street
    raise LookupError(f"the demo has no {name} in Lille")
