"""The coordinate systems that French open data comes in, and degrees out of them."""

import re
from collections.abc import Sequence
from functools import cache

from django.utils.translation import gettext as _
from pyproj import CRS, Transformer

from riverain.core.boxes import Box
from riverain.core.refusals import Invalid

DEGREES = 4326

# The legal systems of France (décret 2019-165) and the two that tools write by default.
SUPPORTED: dict[int, str] = {
    4326: "WGS 84",
    4171: "RGF93",
    2154: "Lambert-93",
    **{3900 + zone: f"RGF93 CC{zone}" for zone in range(42, 51)},
    5490: "RGAF09 UTM 20N",
    2972: "RGFG95 UTM 22N",
    2975: "RGR92 UTM 40S",
    4471: "RGM04 UTM 38S",
    4467: "RGSPM06 UTM 21N",
    3163: "RGNC91-93 Lambert",
    3857: "Web Mercator",
}
GEOGRAPHIC = frozenset({4326, 4171})

# A system's own area of use, widened: outlines may leave it by a little.
MARGIN_DEGREES = 2.0


# Where France is, in degrees: to recognise latitudes written before longitudes.
FRANCE: tuple[Box, ...] = (
    Box(-5.6, 41.2, 9.8, 51.3),  # métropole
    Box(-63.3, 14.2, -60.6, 18.3),  # Antilles, Saint-Martin, Saint-Barthélemy
    Box(-54.8, 2.0, -51.4, 6.0),  # Guyane
    Box(-56.7, 46.6, -56.0, 47.3),  # Saint-Pierre-et-Miquelon
    Box(55.1, -21.5, 56.0, -20.8),  # La Réunion
    Box(44.9, -13.1, 45.4, -12.5),  # Mayotte
    Box(158.0, -23.0, 172.5, -17.5),  # Nouvelle-Calédonie
    Box(-155.0, -28.5, -134.0, -7.5),  # Polynésie française
    Box(-178.5, -14.6, -175.8, -13.0),  # Wallis-et-Futuna
)


def in_france(box: Box) -> bool:
    return any(region.encloses(box) for region in FRANCE)


def epsg(text: str) -> int:
    """The EPSG number in `EPSG:2154`, `2154`, `urn:ogc:def:crs:EPSG::2154` or a CRS84 name.

    Raises Invalid with the list of the systems that we read for any other.
    """
    wanted = text.strip()
    if re.search(r"\bCRS:?84\b", wanted, re.IGNORECASE):
        return DEGREES
    found = re.fullmatch(r"(?:.*EPSG[:/](?:[\d.]*[:/])?)?(\d{4,5})", wanted, re.IGNORECASE)
    number = int(found.group(1)) if found else 0
    if number not in SUPPORTED:
        known = ", ".join(f"EPSG:{code} ({name})" for code, name in SUPPORTED.items())
        raise Invalid(
            _("Le système de coordonnées « %(given)s » n’est pas lu. Ceux qui le sont : %(known)s.")
            % {"given": wanted[:80], "known": known},
            field="crs",
        )
    return number


def label(number: int) -> str:
    return f"EPSG:{number} ({SUPPORTED[number]})"


def to_degrees(
    positions: Sequence[tuple[float, float]], number: int
) -> list[tuple[float, float]] | None:
    """The positions as longitude and latitude; None where they cannot be of that system."""
    if number in GEOGRAPHIC:
        return list(positions)
    xs, ys = zip(*positions, strict=True)
    degrees = list(zip(*_transformer(number).transform(xs, ys), strict=True))
    use = _area_of_use(number)
    # Where the projection has no inverse they are infinite, and in no box.
    return degrees if all(use.holds(lon, lat) for lon, lat in degrees) else None


@cache
def _area_of_use(number: int) -> Box:
    use = CRS.from_epsg(number).area_of_use
    if use is None:
        raise ValueError(f"EPSG:{number} has no area of use")
    return Box(
        use.west - MARGIN_DEGREES,
        use.south - MARGIN_DEGREES,
        use.east + MARGIN_DEGREES,
        use.north + MARGIN_DEGREES,
    )


@cache
def _transformer(number: int) -> Transformer:
    # always_xy: longitude first, as GeoJSON writes it, whatever the authority's axis order.
    return Transformer.from_crs(number, DEGREES, always_xy=True)
