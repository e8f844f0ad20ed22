"""Which areas hold a point: the pure half of the locator.

Precedence, in this order:

1. The receiving collectivity is the one with the smallest commune outline that holds the point; a
   commune goes before an agglomeration, which has the outlines of its communes too. Closed ones
   are left out.
2. Where no commune outline holds it, the collectivity of the first district that does: outlines
   are often simplified, and a resident ten metres inside a district is in the town.
3. Among areas of a kind, those of the receiving collectivity go first; then the lower
   `precedence`; then the smaller area; then slug and code, so that a point on a shared border has
   one answer whatever the order of the import.

An area holds its border. A hole does not belong to it, the hole's border does.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

from riverain.territory.facts import AreaFacts, CollectivityFacts, Place, first_of
from riverain.territory.kinds import AreaKind, CollectivityKind, CollectivityState


@dataclass(frozen=True, slots=True)
class Outline:
    """An area with its polygon, in degrees."""

    area: AreaFacts
    geometry: Polygon | MultiPolygon


class AreaIndex:
    """The outlines of the collectivities that receive, in a tree of their boxes."""

    def __init__(
        self, collectivities: Mapping[int, CollectivityFacts], outlines: Sequence[Outline]
    ) -> None:
        receiving = [
            outline
            for outline in outlines
            if collectivities[outline.area.collectivity_id].state != CollectivityState.CLOSED
        ]
        receiving.sort(key=lambda outline: _preference(outline, collectivities))
        self._collectivities = collectivities
        self._areas = [outline.area for outline in receiving]
        self._outline_rank = [_outline_rank(outline, collectivities) for outline in receiving]
        self._tree = shapely.STRtree([outline.geometry for outline in receiving])
        self._geometries = self._tree.geometries
        shapely.prepare(self._geometries)
        # GEOS builds what it prepares at the first questions, without a lock of its own
        # (libgeos issue 825): two threads that ask at once may crash or be told wrong.
        self._lock = threading.Lock()

    def locate(self, lon: float, lat: float) -> Place | None:
        """The place of a point in degrees; None when no collectivity receives there."""
        held = self._holding(lon, lat)
        receiver = self._receiver(held)
        if receiver is None:
            return None
        # `held` is in order of preference; sorting is stable.
        areas = sorted(
            (self._areas[i] for i in held), key=lambda area: area.collectivity_id != receiver.id
        )
        return Place(
            collectivity=receiver,
            areas=tuple(areas),
            district=first_of(areas, AreaKind.DISTRICT),
            sector=first_of(areas, AreaKind.SECTOR),
        )

    def _holding(self, lon: float, lat: float) -> list[int]:
        with self._lock:
            near = self._tree.query(Point(lon, lat))
            if not near.size:
                return []
            inside = shapely.intersects_xy(self._geometries[near], lon, lat)
        return sorted(near[inside].tolist())

    def _receiver(self, held: list[int]) -> CollectivityFacts | None:
        communes = [i for i in held if self._areas[i].kind == AreaKind.COMMUNE]
        if communes:
            chosen = min(communes, key=self._outline_rank.__getitem__)
        else:
            districts = (i for i in held if self._areas[i].kind == AreaKind.DISTRICT)
            chosen = next(districts, -1)
            if chosen < 0:
                return None
        return self._collectivities[self._areas[chosen].collectivity_id]


def _preference(
    outline: Outline, collectivities: Mapping[int, CollectivityFacts]
) -> tuple[int, float, str, str, str]:
    area = outline.area
    slug = collectivities[area.collectivity_id].slug
    return (area.precedence, outline.geometry.area, slug, area.kind, area.code)


def _outline_rank(
    outline: Outline, collectivities: Mapping[int, CollectivityFacts]
) -> tuple[bool, float, str]:
    collectivity = collectivities[outline.area.collectivity_id]
    return (
        collectivity.kind != CollectivityKind.COMMUNE,
        outline.geometry.area,
        collectivity.slug,
    )
