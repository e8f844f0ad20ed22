"""The town drawn from what we hold, by squares of the map's grid: streets, then house numbers.

It is what a map shows where there are no tiles (none chosen, a closed network, a server away). A
square is small, bounded and the same for everyone, so that browsers and proxies keep it.
"""

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakValueDictionary

from shapely.geometry import LineString

from riverain.core import versions
from riverain.core.quadkeys import Tile
from riverain.territory.addresses import importing
from riverain.territory.centrelines import Door, Plane, network
from riverain.territory.models import House, Street

# Depths of the squares that are drawn: a town's streets at a glance, streets, doors.
FAR, NEAR, DOORS = 12, 14, 17
DEPTHS = (FAR, NEAR, DOORS)
# From afar, streets shorter than so many metres and bends under so many say nothing.
_SHORT, _BENDS = {FAR: 120.0, NEAR: 0.0}, {FAR: 10.0, NEAR: 1.0}
# A square of Paris holds fewer; nobody makes us draw more.
_MOST_STREETS, _MOST_DOORS = 3_000, 4_000
# The fifth decimal of a degree is one metre.
_UNITS = 100_000
# How wide a street is drawn, by the first word of its name (`Street.plain`): people look for
# their way along the wide ones.
_WIDE: Final = frozenset({"avenue", "boulevard", "cours", "faubourg", "quai", "route", "rocade"})
_NARROW: Final = frozenset(
    {
        "allee",
        "chemin",
        "cour",
        "impasse",
        "passage",
        "residence",
        "ruelle",
        "sentier",
        "square",
        "venelle",
        "villa",
    }
)

_KEPT_SQUARES = 512

_lock = threading.Lock()
_kept: "OrderedDict[Tile, Drawn]" = OrderedDict()
# One for each square that is being drawn, gone with the last thread that waits for it.
_drawing: "WeakValueDictionary[Tile, threading.Lock]" = WeakValueDictionary()
_kept_version = -1


@dataclass(frozen=True, slots=True)
class Drawn:
    """A square as compressed JSON. The digest changes with what it shows only."""

    body: bytes
    digest: str
    is_empty: bool


def draw(tile: Tile) -> Drawn:
    """What a square shows, from memory if it was drawn since addresses last changed; threads that
    ask for the same one wait for the first of them. Raises ValueError for a depth that is not drawn
    and for a square outside the grid.
    """
    if tile.depth not in DEPTHS or not tile.is_sound:
        raise ValueError(f"no such square: {tile}")
    version = versions.current(importing.NAME)
    with _lock:
        turn = _drawing.setdefault(tile, threading.Lock())
    with turn:
        drawn = _from_memory(tile, version)
        if drawn is None:
            drawn = _drawn(tile)
            _keep(tile, drawn, version)
    return drawn


def _from_memory(tile: Tile, version: int) -> Drawn | None:
    global _kept_version  # noqa: PLW0603 - one copy a process is the point
    with _lock:
        if version != _kept_version:
            _kept.clear()
            _kept_version = version
        found = _kept.get(tile)
        if found is not None:
            _kept.move_to_end(tile)
        return found


def _keep(tile: Tile, drawn: Drawn, version: int) -> None:
    """Whoever walks over the sea must not push a town's squares out: empty ones are not kept.
    Version 0 says that no import ever wrote."""
    with _lock:
        if not drawn.is_empty and version == _kept_version != 0:
            _kept[tile] = drawn
            if len(_kept) > _KEPT_SQUARES:
                _kept.popitem(last=False)


def _drawn(tile: Tile) -> Drawn:
    said = {"doors": _doors(tile)} if tile.depth == DOORS else {"streets": _streets(tile)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    # Without the hour in it, the same square is the same bytes.
    return Drawn(
        body=gzip.compress(text, mtime=0),
        digest=hashlib.sha256(text).hexdigest()[:32],
        is_empty=not any(said.values()),
    )


def _doors(tile: Tile) -> list[tuple[str, int, int]]:
    """Number, longitude and latitude of each door of a square."""
    rows = House.objects.filter(quadkey__range=tile.quadkeys()).order_by("quadkey", "id")
    return [
        (f"{number} {suffix}".strip(), *_units(lon, lat))
        for number, suffix, lon, lat in rows.values_list("number", "suffix", "lon", "lat")[
            :_MOST_DOORS
        ]
    ]


def _streets(tile: Tile) -> list[dict[str, Any]]:
    """The streets of which a door lies in a square, each drawn whole: whoever puts squares
    together draws a street once, by its key."""
    there = (
        House.objects.filter(quadkey__range=tile.quadkeys())
        .order_by("street_id")
        .values_list("street_id", flat=True)
        .distinct()[:_MOST_STREETS]
    )
    names = {
        key: (name, plain)
        for key, name, plain in Street.objects.filter(pk__in=list(there))
        .order_by("pk")
        .values_list("pk", "name", "plain")
    }
    doors: dict[int, list[Door]] = {key: [] for key in names}
    rows = House.objects.filter(street_id__in=list(names)).order_by("street_id", "number", "id")
    for key, number, lon, lat in rows.values_list("street_id", "number", "lon", "lat").iterator():
        doors[key].append((number, lon, lat))
    box = tile.box()
    plane = Plane((box.west + box.east) / 2, (box.south + box.north) / 2)
    lines = network(doors, plane)
    return [
        {"id": key, "name": names[key][0], "width": _width(names[key][1]), "lines": drawn}
        for key, parts in lines.items()
        if (drawn := _drawn_lines(parts, plane, tile.depth))
    ]


def _drawn_lines(lines: Iterable[LineString], plane: Plane, depth: int) -> list[list[int]]:
    return [
        _steps(plane.degrees(x, y) for x, y in line.simplify(_BENDS[depth]).coords)
        for line in lines
        if line.length >= _SHORT[depth]
    ]


def _steps(positions: Iterable[tuple[float, float]]) -> list[int]:
    """Longitude and latitude of the first point, then how far each next one is: three digits
    for a point instead of sixteen."""
    steps: list[int] = []
    before = (0, 0)
    for lon, lat in positions:
        here = _units(lon, lat)
        steps += (here[0] - before[0], here[1] - before[1])
        before = here
    return steps


def _units(lon: float, lat: float) -> tuple[int, int]:
    return round(lon * _UNITS), round(lat * _UNITS)


def _width(plain: str) -> int:
    kind = plain.split(" ", 1)[0]
    return 2 if kind in _WIDE else 0 if kind in _NARROW else 1
