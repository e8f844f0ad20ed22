"""Boxes of degrees (WGS 84): what a map shows, what an outline spans, where France is. Pure."""

import math
from typing import Final, NamedTuple


class Box(NamedTuple):
    """West, south, east, north, in degrees. It does not cross the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def is_sound(self) -> bool:
        """Whether it is a box on Earth, as opposed to what someone typed into an address."""
        return (
            all(map(math.isfinite, self))
            and EARTH.encloses(self)
            and self.west < self.east
            and self.south < self.north
        )

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def encloses(self, other: "Box") -> bool:
        return self.holds(other.west, other.south) and self.holds(other.east, other.north)


EARTH: Final = Box(-180, -90, 180, 90)
