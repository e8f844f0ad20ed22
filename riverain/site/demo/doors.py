"""The demo's addresses as a file of the Base Adresse Nationale, for the importer of addresses: the
streets of `streets.csv` with invented numbers. Pure.
"""

import csv
from pathlib import Path
from typing import Final

from riverain.site.demo.ground import Street, streets

_COLUMNS: Final = (
    "id",
    "numero",
    "rep",
    "nom_voie",
    "code_postal",
    "code_insee",
    "nom_commune",
    "code_insee_ancienne_commune",
    "nom_ancienne_commune",
    "lon",
    "lat",
)
# Hellemmes and Lomme are communes of Lille, by the official geographical code.
_LILLE: Final = ("59350", "Lille")
_FORMER: Final = {"Hellemmes": "59298", "Lomme": "59355"}


def write(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(_COLUMNS)
        for order, street in enumerate(streets(), start=1):
            rows.writerows(_houses(f"{_LILLE[0]}_{order:04d}", street))


def _houses(key: str, street: Street) -> list[tuple[object, ...]]:
    former = (_FORMER[street.city], street.city) if street.city in _FORMER else ("", "")
    return [
        (
            f"{key}_{number:05d}",
            number,
            "",
            street.name,
            street.postcode,
            *_LILLE,
            *former,
            *street.door(number),
        )
        for number in street.numbers()
    ]
