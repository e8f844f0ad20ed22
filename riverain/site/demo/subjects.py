"""What the people of the demo say, and where: read from `subjects.yaml` and `areas.geojson`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import shapely
import yaml

from riverain.core.identifiers import slug
from riverain.site.demo.town import AREAS

_FILE: Final = Path(__file__).with_name("subjects.yaml")

INSIDE, OUTSIDE, HELLEMMES = "intra-muros", "extra-muros", "hellemmes"
# How the reports spread over the districts of each sector (the order is that of S0-87).
_DISTRICTS: Final[Mapping[str, Mapping[str, int]]] = {
    INSIDE: {
        "lille-centre": 36,
        "wazemmes": 27,
        "vieux-lille": 16,
        "lille-moulins": 12,
        "vauban-esquermes": 9,
    },
    OUTSIDE: {
        "fives": 30,
        "lille-sud": 24,
        "saint-maurice-pellevoisin": 16,
        "bois-blancs": 10,
        "faubourg-de-bethune": 9,
        "lille-moulins": 6,
        "vauban-esquermes": 5,
    },
    HELLEMMES: {"hellemmes": 1},
}
# How far from its street's middle a report may lie, in degrees: some 80 metres.
_SPREAD: Final = 0.0008


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that is said, with the answers to the type's questions, as a form posts them."""

    text: str
    answers: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Subject:
    type_code: str
    weight: int
    tellings: tuple[Telling, ...]
    scene: str = ""
    agents_only: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees, with the address that goes with it."""

    lon: float
    lat: float
    address: str
    district: str


@dataclass(frozen=True, slots=True)
class Book:
    """All that the file holds. `places` and `durations` fill the slots of the tellings; `phrases`
    are what people write later.
    """

    subjects: tuple[Subject, ...]
    suggestions: tuple[Subject, ...]
    praise: tuple[Subject, ...]
    places: tuple[str, ...]
    durations: tuple[str, ...]
    streets: Mapping[str, tuple[str, ...]]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]

    def words(self, telling: Telling, rng: Random) -> str:
        return telling.text.format(ou=rng.choice(self.places), depuis=rng.choice(self.durations))


def read() -> Book:
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Book(
        subjects=tuple(_subject(one) for one in said["sujets"]),
        suggestions=tuple(_short(one) for one in said["suggestions"]),
        praise=tuple(_short(one) for one in said["félicitations"]),
        places=tuple(said["lieux"]),
        durations=tuple(said["durées"]),
        streets={district: tuple(names) for district, names in said["rues"].items()},
        first_names=tuple(said["prénoms"]),
        last_names=tuple(said["noms"]),
        phrases={name: tuple(texts) for name, texts in said["phrases"].items()},
    )


def _subject(said: Mapping[str, Any]) -> Subject:
    return Subject(
        type_code=said["type"],
        weight=said["poids"],
        tellings=tuple(
            Telling(one["dit"], _answers(one.get("réponses", {}))) for one in said["récits"]
        ),
        scene=said.get("image", ""),
        agents_only=said.get("agents") == "oui",
    )


def _short(said: Mapping[str, Any]) -> Subject:
    return Subject(said["type"], 1, (Telling(said["dit"], {}),))


def _answers(said: Mapping[str, Any]) -> dict[str, list[str]]:
    return {code: value if isinstance(value, list) else [value] for code, value in said.items()}


class Map:
    """Draws spots inside the hand-drawn outlines; a street stays where it was first drawn."""

    def __init__(self, streets: Mapping[str, tuple[str, ...]]) -> None:
        self._streets = streets
        self._middles: dict[tuple[str, str, str], tuple[float, float]] = {}
        shapes: dict[tuple[str, str], Any] = {}
        for feature in json.loads(AREAS.read_text(encoding="utf-8"))["features"]:
            said = feature["properties"]
            shapes[said["genre"], slug(said["nom"])] = shapely.from_geojson(
                json.dumps(feature["geometry"])
            )
        self._regions = {
            (sector, district): shapely.intersection(
                shapes["sector", sector], shapes["district", district]
            )
            for sector, districts in _DISTRICTS.items()
            for district in districts
        }

    def spot(self, sector: str, rng: Random) -> Spot:
        districts = _DISTRICTS[sector]
        district = rng.choices(list(districts), list(districts.values()))[0]
        street = rng.choice(self._streets[district])
        region = self._regions[sector, district]
        key = (sector, district, street)
        if key not in self._middles:
            # Away from the border: real outlines, imported later, differ by a few streets.
            self._middles[key] = _inside(region.buffer(-2 * _SPREAD), region.bounds, rng)
        lon, lat = self._middles[key]
        around = (lon - _SPREAD, lat - _SPREAD / 2, lon + _SPREAD, lat + _SPREAD / 2)
        lon, lat = _inside(region, around, rng)
        house = rng.randint(1, 120)
        city = "59260 Hellemmes" if sector == HELLEMMES else "59000 Lille"
        return Spot(round(lon, 6), round(lat, 6), f"{house} {street}, {city}", district)


def _inside(
    region: Any, bounds: tuple[float, float, float, float], rng: Random
) -> tuple[float, float]:
    west, south, east, north = bounds
    while True:
        lon, lat = rng.uniform(west, east), rng.uniform(south, north)
        if shapely.contains_xy(region, lon, lat):
            return lon, lat
