"""Reading the territory, from memory: no query unless its version changed."""

from collections.abc import Collection

from django.conf import settings

from riverain.core.identifiers import slug as plain
from riverain.territory import outlines as drawing
from riverain.territory.facts import AreaFacts, CollectivityFacts
from riverain.territory.kinds import AreaKind, CollectivityState
from riverain.territory.memory import territory
from riverain.territory.models import Area
from riverain.territory.rules import elsewhere_url, host_of

__all__ = [
    "area",
    "area_name",
    "area_names",
    "areas",
    "centre",
    "collectivities",
    "collectivity",
    "collectivity_by_slug",
    "collectivity_for_host",
    "default_collectivity",
    "districts",
    "elsewhere_url",
    "known_collectivity",
    "open_collectivities",
    "outlines",
    "time_zone",
]


def collectivities() -> tuple[CollectivityFacts, ...]:
    """All of them, by slug, whatever their state."""
    return tuple(territory().collectivities.values())


def time_zone(collectivity_ids: Collection[int]) -> str:
    """The clocks of these collectivities, an IANA name: those that one person works for share a
    zone in practice. That of the instance without any."""
    zones = (town.timezone for town in collectivities() if town.id in collectivity_ids)
    return next(zones, settings.TIME_ZONE)


def open_collectivities() -> tuple[CollectivityFacts, ...]:
    """Those that take reports here."""
    return tuple(item for item in collectivities() if item.state == CollectivityState.OPEN)


def collectivity(collectivity_id: int) -> CollectivityFacts | None:
    return territory().collectivities.get(collectivity_id)


def known_collectivity(collectivity_id: int) -> CollectivityFacts:
    """That of a row which refers to it. Raises LookupError, as the database would have it never."""
    found = collectivity(collectivity_id)
    if found is None:
        raise LookupError(f"no collectivity has the number {collectivity_id}")
    return found


def collectivity_by_slug(slug: str) -> CollectivityFacts | None:
    return next((item for item in collectivities() if item.slug == slug), None)


def collectivity_for_host(host: str) -> CollectivityFacts | None:
    """The one that a Host header names, whatever its port and case."""
    name = host_of(host)
    return next((item for item in collectivities() if name in item.hosts), None)


def default_collectivity() -> CollectivityFacts | None:
    """The one shown where neither host nor path names one: the default, else the only open one."""
    chosen = next((item for item in collectivities() if item.is_default), None)
    there = open_collectivities()
    return chosen or (there[0] if len(there) == 1 else None)


def areas(collectivity_id: int, kind: str = "") -> tuple[AreaFacts, ...]:
    """The areas in use that a collectivity brought, of one kind or all, by name."""
    found = (
        outline.area
        for outline in territory().outlines
        if outline.area.collectivity_id == collectivity_id and kind in ("", outline.area.kind)
    )
    # Sorted on the plain name: "Écusson" goes between "Eaux" and "Fives".
    return tuple(sorted(found, key=lambda area: (plain(area.name), area.kind, area.code)))


def districts(collectivity_id: int) -> tuple[AreaFacts, ...]:
    """The districts of a collectivity, by name, for lists in forms."""
    return areas(collectivity_id, AreaKind.DISTRICT)


def area(collectivity_id: int, kind: str, code: str) -> AreaFacts | None:
    """The area in use with this code; failing that, the one that had it before."""
    there = areas(collectivity_id, kind)
    exact = next((item for item in there if item.code == code), None)
    return exact or next((item for item in there if item.answers_to(code)), None)


def area_name(area_id: int) -> str:
    """The name of an area that something lies in."""
    return area_names({area_id})[area_id]


def area_names(area_ids: Collection[int]) -> dict[int, str]:
    """The names of areas that things lie in. What was retired since is in no memory: one query
    for all such."""
    held = {
        item.area.id: item.area.name for item in territory().outlines if item.area.id in area_ids
    }
    retired = [one for one in area_ids if one not in held]
    if retired:
        held |= Area.objects.filter(pk__in=retired).values_list("pk", "name")
    return held


def centre(collectivity_id: int) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of a collectivity's outline, or of all its areas
    where it has none, for a map to begin at; None without any area."""
    mine = [
        outline
        for outline in territory().outlines
        if outline.area.collectivity_id == collectivity_id
    ]
    whole = [outline for outline in mine if outline.area.kind == AreaKind.COMMUNE] or mine
    if not whole:
        return None
    sides = [outline.geometry.bounds for outline in whole]
    west, south = min(side[0] for side in sides), min(side[1] for side in sides)
    east, north = max(side[2] for side in sides), max(side[3] for side in sides)
    return ((west + east) / 2, (south + north) / 2)


def outlines(collectivity_id: int) -> str:
    """The collectivity's districts, or the outline of one that has none, as GeoJSON text,
    simplified for a screen: what the map shows where there are no tiles. Drawn once for each
    version of the territory.
    """
    held = territory()
    kind = AreaKind.DISTRICT if districts(collectivity_id) else AreaKind.COMMUNE
    if collectivity_id not in held.drawn:
        held.drawn[collectivity_id] = drawing.draw(
            outline
            for outline in held.outlines
            if outline.area.collectivity_id == collectivity_id and outline.area.kind == kind
        )
    return held.drawn[collectivity_id]
