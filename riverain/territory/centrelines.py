"""Streets as lines, drawn from their house numbers: what a map shows where it has no tiles. Pure.

An address file holds doors, no streets. The odd and the even doors of a street each follow one
of its sides; the line runs between them and is prolonged to the street that it meets, so that
what one sees is a town and not a heap of strokes.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from riverain.core.distances import METRES_A_DEGREE, metres_a_degree_east

Position = tuple[float, float]
# Number, longitude, latitude.
Door = tuple[int, float, float]

# Two doors in a row that are further apart belong to two stretches of the street.
_GAP = 400.0
# A door that makes the line turn back on itself lies in a courtyard.
_COURTYARD_TURN = math.radians(60)
# Detours under so many metres are the setbacks of houses, not bends of the street.
_SMOOTH = 5.0
# Half of a street is not wider.
_WIDEST = 25.0
# How far a street is prolonged to meet another, and by how much where it meets none.
_REACH, _STUB = 70.0, 12.0


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres around a place: flat enough for a town."""

    lon: float
    lat: float

    def metres(self, lon: float, lat: float) -> Position:
        east = metres_a_degree_east(self.lat)
        return ((lon - self.lon) * east, (lat - self.lat) * METRES_A_DEGREE)

    def degrees(self, x: float, y: float) -> Position:
        east = metres_a_degree_east(self.lat)
        return (self.lon + x / east, self.lat + y / METRES_A_DEGREE)


def network(streets: Mapping[int, Iterable[Door]], plane: Plane) -> dict[int, list[LineString]]:
    """The lines of streets by their key, in metres of the plane, their ends prolonged to each
    other. A street of which one door only is known has none.
    """
    lines = {key: _middle(doors, plane) for key, doors in streets.items()}
    flat = [(key, line) for key, parts in lines.items() for line in parts]
    tree = shapely.STRtree([line for _key, line in flat])
    met: dict[int, list[LineString]] = {}
    for key, line in flat:
        met.setdefault(key, []).append(_prolonged(line, tree))
    return met


def _middle(doors: Iterable[Door], plane: Plane) -> list[LineString]:
    """The stretches of a street between its sides."""
    sides: tuple[list[Door], list[Door]] = ([], [])
    for door in sorted(set(doors)):
        sides[door[0] % 2].append(door)
    longer, other = sorted(
        ([plane.metres(lon, lat) for _number, lon, lat in side] for side in sides),
        key=len,
        reverse=True,
    )
    if len(longer) + len(other) > 1 and len(longer) == 1:
        # Two doors that face each other: the street runs across the line between them.
        return []
    stretches = [part for part in map(_line, _stretches(longer)) if part is not None]
    return [_towards(part, other) for part in stretches]


def _stretches(points: Sequence[Position]) -> list[list[Position]]:
    found: list[list[Position]] = []
    for point in points:
        if found and math.dist(found[-1][-1], point) < _GAP:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _line(points: Sequence[Position]) -> LineString | None:
    """The points as a line without courtyards and setbacks; None for what is one place."""
    kept = _without_courtyards(points)
    if len(kept) < 2 or len(set(kept)) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    line = LineString(LineString(kept).simplify(_SMOOTH).coords)
    return line if line.length > _SMOOTH else None


def _without_courtyards(points: Sequence[Position]) -> list[Position]:
    kept: list[Position] = []
    for point in points:
        while len(kept) > 1 and _turns_back(kept[-2], kept[-1], point):
            kept.pop()
        if not kept or math.dist(kept[-1], point) > 1:
            kept.append(point)
    return kept


def _turns_back(first: Position, middle: Position, last: Position) -> bool:
    before = math.atan2(first[1] - middle[1], first[0] - middle[0])
    after = math.atan2(last[1] - middle[1], last[0] - middle[0])
    angle = abs((before - after + math.pi) % (2 * math.pi) - math.pi)
    return angle < _COURTYARD_TURN


def _towards(line: LineString, other: Sequence[Position]) -> LineString:
    """The line moved half-way to the doors of the other side, where some stand beside it."""
    beside = []
    for point in map(Point, other):
        along = line.project(point)
        away = line.distance(point)
        if 0 < along < line.length and away < 2 * _WIDEST:
            beside.append(away * _hand(line, along, point))
    if not beside:
        return line
    moved = line.offset_curve(float(np.median(beside)) / 2, join_style="mitre")
    return moved if isinstance(moved, LineString) and not moved.is_empty else line


def _hand(line: LineString, along: float, point: Point) -> int:
    """1 where the point lies left of the line, as `offset_curve` counts, else -1."""
    start = line.interpolate(max(along - 1, 0))
    end = line.interpolate(min(along + 1, line.length))
    cross = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
    return 1 if cross > 0 else -1


def _prolonged(line: LineString, tree: shapely.STRtree) -> LineString:
    """The line led at both ends to the first other one ahead of it."""
    points = [(x, y) for x, y in line.coords]
    return LineString(
        [
            _ahead(line, points[1], points[0], tree),
            *points,
            _ahead(line, points[-2], points[-1], tree),
        ]
    )


def _ahead(line: LineString, before: Position, end: Position, tree: shapely.STRtree) -> Position:
    length = math.dist(before, end)
    step = ((end[0] - before[0]) / length, (end[1] - before[1]) / length)
    ray = LineString([end, (end[0] + step[0] * _REACH, end[1] + step[1] * _REACH)])
    near = [
        Point(end).distance(ray.intersection(tree.geometries[index]))
        for index in tree.query(ray, predicate="intersects")
        if tree.geometries[index] is not line
    ]
    far = min(near, default=_STUB)
    return (end[0] + step[0] * far, end[1] + step[1] * far)
