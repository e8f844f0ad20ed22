"""The address nearest to a point, among those that we hold."""

import math
from typing import Final

from django.db import connection

from riverain.core.distances import METRES_A_DEGREE, metres_a_degree_east
from riverain.core.identifiers import LEVELS, quadkey
from riverain.territory.addresses.facts import Exactness, Found, StreetFacts

# Metres. Within the first the house is said, within the second only its street.
HOUSE_WITHIN: Final = 50.0
STREET_WITHIN: Final = 200.0

# Beyond, a circle of metres wraps around the Pole.
_MOST_NORTH: Final = 85.0

# Four ranges written out, not joined: the planner then sees how little of the index they are.
_TILES: Final = 4
_NEAREST: Final = f"""
WITH house AS MATERIALIZED (
    SELECT *, sqrt(((lon - %s) * %s) ^ 2 + ((lat - %s) * %s) ^ 2) AS metres
    FROM territory_house
    WHERE {" OR ".join(["quadkey BETWEEN %s AND %s"] * _TILES)}
    ORDER BY metres, id
    LIMIT 1
)
SELECT house.number, house.suffix, house.postcode, house.lon, house.lat, house.metres,
    street.id, street.name, street.plain, street.core, street.former_commune,
    street.former_insee_code, street.postcodes, street.lon, street.lat, commune.insee_code,
    commune.name
FROM house
JOIN territory_street AS street ON street.id = house.street_id
JOIN territory_commune AS commune ON commune.id = street.commune_id
"""  # noqa: S608 - made of constants


def nearest(lon: float, lat: float) -> Found | None:
    """The nearest house, or its street where it is further than HOUSE_WITHIN; None where nothing
    is within STREET_WITHIN. Its point is its own, not the one asked for. Degrees, WGS 84."""
    if not (math.isfinite(lon) and math.isfinite(lat)) or abs(lat) > _MOST_NORTH:
        return None
    for within in (HOUSE_WITHIN, STREET_WITHIN):
        found = _within(lon, lat, within)
        if found is not None:
            return found
    return None


def _within(lon: float, lat: float, metres: float) -> Found | None:
    tiles = tiles_around(lon, lat, metres)
    east = metres_a_degree_east(lat)
    tiles += tiles[-1:] * (_TILES - len(tiles))
    bounds = [bound for tile in tiles for bound in tile]
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [lon, east, lat, METRES_A_DEGREE, *bounds])
        row = cursor.fetchone()
    if row is None or row[5] > metres:
        return None
    number, suffix, postcode, house_lon, house_lat, away = row[:6]
    street = StreetFacts.of(row[6:])
    is_house = away <= HOUSE_WITHIN
    name = f"{f'{number} {suffix}'.strip()} {street.name}" if is_house else street.name
    return Found(
        name=name,
        context=street.context(postcode),
        lon=house_lon,
        lat=house_lat,
        exactness=Exactness.HOUSE if is_house else Exactness.STREET,
        score=1.0,
    )


def tiles_around(lon: float, lat: float, metres: float) -> list[tuple[int, int]]:
    """The four tiles of the quadkey, or fewer, that hold a circle, as ranges of keys: the
    smallest tiles of which no circle touches more than two in each direction."""
    across = 360 * metres_a_degree_east(lat)
    depth = max(0, min(LEVELS, int(math.log2(across / (2 * metres)))))
    shift = 2 * (LEVELS - depth)
    north = metres / METRES_A_DEGREE
    east = metres / (across / 360)
    corners = [(lon + x * east, lat + y * north) for x in (-1, 1) for y in (-1, 1)]
    prefixes = sorted({quadkey(*corner) >> shift for corner in corners})
    return [(prefix << shift, ((prefix + 1) << shift) - 1) for prefix in prefixes]
