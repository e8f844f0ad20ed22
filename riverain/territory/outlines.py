"""Areas drawn for a screen: simplified together, so that neighbours keep one border. Pure."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import shapely

from riverain.territory.index import Outline

# Detours under about 25 metres go; a town fits in a few kilobytes.
TOLERANCE_DEGREES = 0.0003
# The fifth decimal of a degree is one metre.
DECIMALS = 5


def draw(outlines: Iterable[Outline]) -> str:
    """A GeoJSON FeatureCollection, compact, of what is given, kind by kind."""
    ordered = sorted(outlines, key=lambda outline: (outline.area.kind, outline.area.code))
    features = [
        feature
        for _kind, group in groupby(ordered, key=lambda outline: outline.area.kind)
        for feature in _features(list(group))
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _features(outlines: Sequence[Outline]) -> list[dict[str, Any]]:
    geometries = [outline.geometry for outline in outlines]
    simplified = shapely.coverage_simplify(geometries, TOLERANCE_DEGREES)
    return [
        {
            "type": "Feature",
            "properties": {
                "kind": outline.area.kind,
                "code": outline.area.code,
                "name": outline.area.name,
            },
            "geometry": _rounded(shapely.geometry.mapping(shape)),
        }
        for outline, shape in zip(outlines, simplified, strict=True)
    ]


def _rounded(mapping: dict[str, Any]) -> dict[str, Any]:
    return {"type": mapping["type"], "coordinates": _round(mapping["coordinates"])}


def _round(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    return [_round(item) for item in value]
