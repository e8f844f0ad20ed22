"""The territory in memory: one copy a process, read again when its version changes."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import shapely
from django.db import transaction
from shapely.geometry import MultiPolygon, Polygon

from riverain.core import versions
from riverain.core.models import Version
from riverain.territory.facts import AreaFacts, CollectivityFacts
from riverain.territory.index import AreaIndex, Outline
from riverain.territory.models import Area, Collectivity

NAME = "territory"

_lock = threading.Lock()
_held: "Territory | None" = None


@dataclass(frozen=True)
class Territory:
    """Everything of one version. `drawn` keeps the outlines asked for, by collectivity."""

    version: int
    collectivities: Mapping[int, CollectivityFacts]
    outlines: tuple[Outline, ...]
    index: AreaIndex
    drawn: dict[int, str] = field(default_factory=dict)


def territory() -> Territory:
    """The current territory; at most one second old, see `core.versions`.

    Version 0 says that no action ever wrote: there is nothing worth keeping, and it is read anew.
    """
    global _held  # noqa: PLW0603 - one copy a process is the point
    wanted = versions.current(NAME)
    held = _held
    if held is not None and held.version == wanted != 0:
        return held
    with _lock:
        held = _held
        if held is None or held.version != wanted or wanted == 0:
            held = _held = _load()
    if held.version != wanted:
        versions.forget()
    return held


def _load() -> Territory:
    """Reads all. The version comes from the database and before the rows: a copy may be newer
    than its version and is then read once more, never older, which would last.
    """
    with transaction.atomic():
        version = Version.objects.filter(name=NAME).values_list("value", flat=True).first() or 0
        collectivities = {row.id: facts_of(row) for row in Collectivity.objects.order_by("slug")}
        outlines = tuple(
            Outline(area=area_facts_of(row), geometry=polygon_of(bytes(row.geometry)))
            for row in Area.objects.filter(retired_at=None).order_by(
                "collectivity_id", "kind", "code"
            )
        )
    return Territory(
        version=version,
        collectivities=collectivities,
        outlines=outlines,
        index=AreaIndex(collectivities, outlines),
    )


def facts_of(collectivity: Collectivity) -> CollectivityFacts:
    values = {item.name: getattr(collectivity, item.name) for item in fields(CollectivityFacts)}
    return CollectivityFacts(**{**values, "hosts": tuple(collectivity.hosts)})


def area_facts_of(area: Area) -> AreaFacts:
    values = {item.name: getattr(area, item.name) for item in fields(AreaFacts)}
    return AreaFacts(**{**values, "former_codes": tuple(area.former_codes)})


def polygon_of(wkb: bytes) -> Polygon | MultiPolygon:
    """The polygon of an area's bytes. Raises ValueError for any other geometry."""
    geometry = shapely.from_wkb(wkb)
    if not isinstance(geometry, Polygon | MultiPolygon):
        raise ValueError(f"an area holds a {geometry.geom_type}")  # noqa: TRY004 - bad data, not a bad argument
    return geometry
