"""Metres between points in degrees (WGS 84), on a ball: exact to a metre within a town. Pure."""

import math
from typing import Final

# In a degree of latitude, and of longitude at the Equator.
METRES_A_DEGREE: Final = 40_075_016.7 / 360


def metres_a_degree_east(lat: float) -> float:
    """In a degree of longitude at this latitude, in degrees."""
    return METRES_A_DEGREE * math.cos(math.radians(lat))


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """As the crow flies."""
    east = (lon - other_lon) * metres_a_degree_east(lat)
    return math.hypot(east, (lat - other_lat) * METRES_A_DEGREE)
