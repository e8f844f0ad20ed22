"""A large town's addresses, with invented names of streets: 200,000 houses in some 8,000 streets,
through the importer of the Base Adresse Nationale."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from riverain.accounts.labels import SYSTEM
from riverain.territory.addresses import importing

HOUSES: Final = 200_000
# Of one street, on both sides.
_DOORS: Final = 25
# Around Lille as the demo draws it.
_BOX: Final = (2.98, 50.60, 3.13, 50.67)
_INSEE, _COMMUNE, _POSTCODE = "59350", "Lille", "59000"
_COLUMNS: Final = (
    *("id", "numero", "rep", "nom_voie", "code_postal", "code_insee", "nom_commune"),
    *("lon", "lat"),
)
_KINDS: Final = (*("Rue",) * 6, "Avenue", "Boulevard", "Place", "Chemin", "Allée", "Impasse")
_LINKS: Final = ("", "", "de ", "du ", "de la ", "des ")
_FIRST: Final = (
    *("Jean", "Pierre", "Marie", "Victor", "Général", "Docteur", "Louis", "Émile", "Georges"),
    *("Sainte", "Commandant", "Paul", "Anne", "Maréchal", "Jeanne", "Simone", "Albert"),
)
_SYLLABLES: Final = (
    *("ba", "ber", "bou", "car", "cha", "cla", "dau", "de", "fe", "fon", "gar", "ger", "jau"),
    *("la", "le", "mar", "mi", "mon", "na", "no", "pa", "per", "pi", "ri", "ro", "sa", "se"),
    *("ta", "te", "tou", "va", "ver", "vi"),
)
_ENDS: Final = (
    *("ard", "et", "eau", "in", "is", "ot", "ère", "elle", "ier", "ac", "on", "ay", "ies", "us"),
)


def fill(houses: int) -> None:
    """Imports so many houses beside the demo's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "addresses.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter=";")
            rows.writerow(_COLUMNS)
            rows.writerows(_houses(houses, Random(2)))
        importing.import_file(acting=SYSTEM, path=path, partial=True)


def _houses(count: int, dice: Random) -> Iterator[tuple[object, ...]]:
    west, south, east, north = _BOX
    for order in range(count):
        street, door = divmod(order, _DOORS)
        if door == 0:
            name = _name(dice)
            lon, lat = dice.uniform(west, east), dice.uniform(south, north)
        yield (
            f"{_INSEE}_B{street:05d}_{door + 1:05d}",
            *(door + 1, "", name, _POSTCODE, _INSEE, _COMMUNE),
            # a door every ten metres
            *(f"{lon + door * 0.000_14:.6f}", f"{lat:.6f}"),
        )


def _name(dice: Random) -> str:
    """« Rue Simone Vermonard », « Allée de la Tapière »."""
    before = dice.choice([*_LINKS, *(f"{one} " for one in _FIRST)])
    invented = "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(1, 3)))
    return f"{dice.choice(_KINDS)} {before}{(invented + dice.choice(_ENDS)).capitalize()}"
