"""One feature's geometry, from JSON to a valid polygon in degrees, or the reason why not."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from riverain.core.boxes import EARTH, Box
from riverain.territory import projections

# A repair that moves more than this share of the area would no longer be the town's outline.
REPAIR_TOLERANCE = 0.01
MAX_POSITIONS = 200_000
RING_MINIMUM = 4

Ring = list[tuple[float, float]]


class Fault(StrEnum):
    """Faults that the whole file usually shares, and that one option or export mends."""

    NOT_DEGREES = "not_degrees"
    NOT_THAT_SYSTEM = "not_that_system"
    SWAPPED = "swapped"
    SHAPE = "shape"


class ShapeError(Exception):
    """Why a geometry is refused, in a sentence for the person who brought the file."""

    def __init__(self, reason: str, fault: Fault = Fault.SHAPE) -> None:
        super().__init__(reason)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Shape:
    """A valid polygon or multipolygon in degrees; `repaired` says it was not in the file."""

    geometry: Polygon | MultiPolygon
    repaired: bool

    @property
    def wkb(self) -> bytes:
        """The same bytes for the same area, wherever its rings begin and however they turn."""
        return shapely.to_wkb(shapely.normalize(self.geometry), byte_order=1)


def read(raw: object, number: int) -> Shape:
    """The shape of a GeoJSON geometry whose coordinates are of the system EPSG:`number`.

    Raises ShapeError with the reason.
    """
    polygons = [
        [_degrees(ring, number) for ring in _closed_rings(rings)] for rings in _polygons(raw)
    ]
    parts = [Polygon(rings[0], rings[1:]) for rings in polygons]
    geometry: Polygon | MultiPolygon = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    _check_on_earth(geometry)
    repaired = not geometry.is_valid
    if repaired:
        geometry = _repaired(geometry)
    if geometry.area == 0.0:
        raise ShapeError(_("sa surface est nulle"))
    return Shape(geometry=geometry, repaired=repaired)


def _polygons(raw: object) -> list[object]:
    if raw is None:
        raise ShapeError(_("elle n’a pas de géométrie"))
    kind = raw.get("type") if isinstance(raw, dict) else None
    coordinates = raw.get("coordinates") if isinstance(raw, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ShapeError(
            _("sa géométrie est de type « %(kind)s » ; il faut Polygon ou MultiPolygon")
            % {"kind": str(kind)[:40]}
        )
    if not isinstance(coordinates, list) or not coordinates:
        raise ShapeError(_("sa géométrie est vide"))
    return [coordinates] if kind == "Polygon" else coordinates


def _closed_rings(rings: object) -> list[Ring]:
    if not isinstance(rings, list) or not rings:
        raise ShapeError(_("sa géométrie est vide"))
    read_rings = [_ring(ring) for ring in rings]
    if sum(map(len, read_rings)) > MAX_POSITIONS:
        raise ShapeError(
            _("son contour a plus de %(limit)d points ; simplifiez-le") % {"limit": MAX_POSITIONS}
        )
    return read_rings


def _ring(raw: object) -> Ring:
    if not isinstance(raw, list):
        raise ShapeError(_("un de ses anneaux n’est pas une liste de points"))
    ring = [_position(item) for item in raw]
    if len(ring) < RING_MINIMUM:
        raise ShapeError(_("un de ses anneaux a moins de quatre points"))
    if ring[0] != ring[-1]:
        raise ShapeError(
            _("un de ses anneaux n’est pas fermé : son dernier point n’est pas le premier")
        )
    return ring


def _position(raw: object) -> tuple[float, float]:
    """The first two numbers; an altitude or a measure after them is left out."""
    if not isinstance(raw, list) or len(raw) < 2:  # noqa: PLR2004 - a point has two numbers
        raise ShapeError(_("un de ses points n’a pas deux coordonnées"))
    return (_number(raw[0]), _number(raw[1]))


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ShapeError(
            _("une de ses coordonnées n’est pas un nombre : « %(value)s »")
            % {"value": str(raw)[:40]}
        )
    try:
        value = float(raw)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ShapeError(_("une de ses coordonnées n’est pas un nombre fini"))
    return value


def _degrees(ring: Ring, number: int) -> Ring:
    degrees = projections.to_degrees(ring, number)
    if degrees is None:
        raise ShapeError(
            _(
                "ses coordonnées (%(x).10g ; %(y).10g) ne sont pas du système %(crs)s :"
                " indiquez le bon avec --crs"
            )
            % {"x": ring[0][0], "y": ring[0][1], "crs": projections.label(number)},
            Fault.NOT_THAT_SYSTEM,
        )
    return degrees


def _check_on_earth(geometry: Polygon | MultiPolygon) -> None:
    """Longitude first, and both in the range of degrees. Nouméa's longitude is no latitude: the
    order is judged before the range.
    """
    box = Box(*geometry.bounds)
    if not projections.in_france(box) and projections.in_france(
        Box(box.south, box.west, box.north, box.east)
    ):
        raise ShapeError(
            _(
                "ses coordonnées sont écrites latitude puis longitude ; le GeoJSON veut la"
                " longitude d’abord : inversez-les à l’export"
            ),
            Fault.SWAPPED,
        )
    if not EARTH.encloses(box):
        raise ShapeError(
            _(
                "ses coordonnées (%(x).10g ; %(y).10g) ne sont pas des degrés : indiquez"
                " leur système avec --crs, par exemple --crs EPSG:2154 pour du Lambert-93"
            )
            % {"x": box.west, "y": box.south},
            Fault.NOT_DEGREES,
        )


def _repaired(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    reason = _french_reason(shapely.is_valid_reason(geometry))
    # Structure: overlapping parts join and holes stay holes; linework would make holes of
    # overlaps. Spikes and lines that collapse are dropped.
    valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    polygons = _polygon_parts(valid)
    area = math.fsum(part.area for part in polygons)
    # The shoelace area of what was drawn, crossings and overlaps counted as drawn.
    if not polygons or abs(area - geometry.area) > REPAIR_TOLERANCE * geometry.area:
        raise ShapeError(reason)
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _polygon_parts(geometry: BaseGeometry) -> list[Polygon]:
    return [
        part
        for part in shapely.get_parts(geometry, return_index=False)
        if isinstance(part, Polygon) and not part.is_empty
    ]


def _french_reason(said: str) -> str:
    """GEOS's `Self-intersection[3.06 50.63]` as a sentence with the place."""
    reasons = {
        "self-intersection": _("son contour se croise lui-même"),
        "hole lies outside": _("un de ses trous est hors de son contour"),
        "nested holes": _("un de ses trous est dans un autre"),
        "nested shells": _("une de ses parties est dans une autre"),
        "interior is disconnected": _("ses trous coupent sa surface en morceaux"),
    }
    reason = next(
        (text for start, text in reasons.items() if start in said.lower()),
        _("son contour n’est pas valide"),
    )
    place = re.search(r"\[(\S+) (\S+)\]", said)
    if place is None:
        return reason
    return _("%(reason)s près du point %(lon).5f ; %(lat).5f") % {
        "reason": reason,
        "lon": float(place.group(1)),
        "lat": float(place.group(2)),
    }
