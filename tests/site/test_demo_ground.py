"""The demo's outlines, streets and houses: coarse, ours, and where they say they are. Pure."""

import json
from random import Random

import pytest
import shapely

from riverain.core.identifiers import slug
from riverain.site.demo import doors, ground
from riverain.territory.addresses import reading

FEATURES = json.loads(ground.AREAS.read_text(encoding="utf-8"))["features"]
SHAPES = {
    (one["properties"]["genre"], slug(one["properties"]["nom"])): shapely.from_geojson(
        json.dumps(one["geometry"])
    )
    for one in FEATURES
}


def test_the_outlines_are_coarse_ours_and_say_so():
    assert "dessinés à la main" in json.loads(ground.AREAS.read_text(encoding="utf-8"))["note"]
    districts = [one for one in FEATURES if one["properties"]["genre"] == "district"]
    assert len(districts) == 12
    for feature in districts:
        (ring,) = feature["geometry"]["coordinates"]
        assert 5 <= len(ring) - 1 <= 9
        assert all(len(str(part).partition(".")[2]) <= 4 for point in ring for part in point)


def test_the_districts_share_their_borders_and_fill_the_town():
    districts = [shape for (kind, _code), shape in SHAPES.items() if kind == "district"]
    assert shapely.coverage_is_valid(districts)
    whole = shapely.union_all(districts)
    assert whole.symmetric_difference(SHAPES["commune", "lille"]).area == pytest.approx(0)
    assert shapely.coverage_is_valid(
        [SHAPES["sector", name] for name in ("intra-muros", "extra-muros", "hellemmes")]
    )


def test_there_are_streets_enough_to_type():
    streets = ground.streets()
    assert len(streets) >= 120
    assert {one.city for one in streets} == {"Lille", "Hellemmes", "Lomme"}
    assert len({(one.name, one.city) for one in streets}) == len(streets)
    assert 3000 < sum(len(one.numbers()) for one in streets) < 8000
    assert "approximatifs" in ground.STREETS.read_text(encoding="utf-8").split("voie;")[0]


@pytest.mark.parametrize("street", ground.streets(), ids=lambda one: f"{one.name}, {one.city}")
def test_every_house_is_in_its_district_and_one_sector(street):
    district = SHAPES["district", street.district]
    points = [street.door(number) for number in street.numbers()]
    assert all(shapely.contains_xy(district, lon, lat) for lon, lat in points)
    sectors = [
        shape
        for (kind, _name), shape in SHAPES.items()
        if kind == "sector" and any(shapely.contains_xy(shape, *point) for point in points)
    ]
    assert len(sectors) == (0 if street.city == "Lomme" else 1)


def test_odd_and_even_numbers_face_each_other():
    street = ground.named("rue Nationale")
    line = shapely.LineString([street.start, street.end])
    left, right = (shapely.Point(street.door(number)) for number in (51, 52))
    assert not shapely.LineString([left, right]).disjoint(line)


def test_every_sector_and_district_of_the_plan_has_streets():
    for sector, districts in ground.DISTRICTS.items():
        for district in districts:
            spot = ground.spot(sector, district, Random(1))
            assert spot.district == district
            assert shapely.contains_xy(SHAPES["sector", sector], spot.lon, spot.lat)


def test_a_neighbour_is_near():
    spot = ground.in_street(ground.named("rue de Gand"), Random(2))
    for seed in range(20):
        other = ground.near(spot, Random(seed), houses=3)
        assert other.street == spot.street
        assert abs(other.lon - spot.lon) < 0.002


def test_the_houses_are_a_file_that_the_importer_reads(tmp_path):
    path = tmp_path / "adresses.csv"
    doors.write(path)
    with reading.opened(path) as lines:
        found = list(lines)
    assert all(isinstance(one, reading.Line) for one in found)
    assert len(found) == len({one.ban_id for one in found})
    assert {one.former_commune for one in found} == {"", "Hellemmes", "Lomme"}
    assert {one.commune for one in found} == {"Lille"}
