"""Squares, files and collectivities for the tests of the territory."""

import json

from shapely.geometry import Polygon, box, mapping

from riverain.territory import actions, geojson

# A corner of Lille: a tenth of a degree is about eleven kilometres northwards.
LON, LAT = 3.0, 50.6


def square(x=0.0, y=0.0, side=0.01):
    return box(LON + x, LAT + y, LON + x + side, LAT + y + side)


def feature(geometry, **properties):
    raw = mapping(geometry) if isinstance(geometry, Polygon) else geometry
    return {"type": "Feature", "properties": properties, "geometry": raw}


def file_of(*features, **members):
    document = {"type": "FeatureCollection", "features": list(features), **members}
    return geojson.read(json.dumps(document).encode())


def districts(*names, side=0.01):
    """A row of squares, one for each name."""
    return file_of(
        *(
            feature(square(x=place * side, side=side), nom=name, code=place + 1)
            for place, name in enumerate(names)
        )
    )


def register(slug="lille", **details):
    values = {"name": slug.title(), "prefix": slug[:3].upper(), **details}
    return actions.register_collectivity(acting="system:test", slug=slug, **values)


def bring(collectivity, file, kind="district", key_field="nom", **options):
    return actions.import_areas(
        acting="system:test",
        collectivity=collectivity,
        kind=kind,
        file=file,
        key_field=key_field,
        **options,
    )
