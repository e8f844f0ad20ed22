"""Open data of real towns, where the folder beside the project holds it; collected only there."""

import json
from pathlib import Path

import pytest

from riverain.territory import geojson, queries, reading
from riverain.territory.locator import locate
from tests.territory.made import bring, register

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
DISTRICTS = DATA / "lille-quartiers.geojson"
COMMUNES = DATA / "communes-six-towns.geojson"


def points():
    """Name and (longitude, latitude) of each district; `geo_point_2d` has the latitude first."""
    if not DISTRICTS.exists():
        return []
    features = json.loads(DISTRICTS.read_text())["features"]
    return [
        (item["properties"]["quartier"], tuple(reversed(item["properties"]["geo_point_2d"])))
        for item in features
    ]


if DISTRICTS.exists() and COMMUNES.exists():

    @pytest.mark.row("S0-71", "S0-73")
    def test_every_district_of_lille_holds_its_own_point(db):
        lille = register("lille")
        report = bring(lille, geojson.open_file(DISTRICTS), key_field="quartier")
        assert (report.created, report.refused, report.repaired) == (12, (), ())
        found = {name: locate(*point).district.name for name, point in points()}
        assert found == {name: name for name, _point in points()}
        assert len(found) == 12

    def test_districts_by_number_after_districts_by_name_are_the_same_twelve(db):
        lille = register("lille")
        file = geojson.open_file(DISTRICTS)
        bring(lille, file, key_field="quartier")
        by_name = {area.name: area.id for area in queries.districts(lille.id)}
        report = bring(lille, file, key_field="code_quar", name_field="quartier")
        assert (report.created, report.updated) == (0, 12)
        assert {area.name: area.id for area in queries.districts(lille.id)} == by_name
        assert queries.area(lille.id, "district", "faubourg-de-bethune").code == "3"

    def test_six_towns_receive_their_own_middles(db):
        file = geojson.open_file(COMMUNES)
        towns = {
            area.name: area.code
            for area in reading.read(file, key_field="code", name_field="nom").wanted
        }
        for place, (name, code) in enumerate(towns.items()):
            collectivity = register(code, name=name, prefix=f"T{chr(65 + place)}", insee_code=code)
            report = bring(
                collectivity, file, kind="commune", key_field="code", name_field="nom", only=[code]
            )
            assert (report.created, report.warnings) == (1, ())
        middles = {
            "Lille": (3.06, 50.63),
            "Strasbourg": (7.75, 48.58),
            "Caen": (-0.37, 49.18),
            "Gap": (6.08, 44.56),
        }
        assert {name: locate(*point).collectivity.name for name, point in middles.items()} == {
            name: name for name in middles
        }
        assert locate(2.35, 48.86) is None

    def test_districts_of_lille_are_drawn_in_a_tenth_of_their_file(db):
        lille = register("lille")
        bring(lille, geojson.open_file(DISTRICTS), key_field="quartier")
        drawn = queries.outlines(lille.id)
        assert len(json.loads(drawn)["features"]) == 12
        assert len(drawn) * 10 < DISTRICTS.stat().st_size
