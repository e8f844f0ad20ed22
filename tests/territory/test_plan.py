"""The squares of the drawn map: what they hold, and when they are drawn again."""

import gzip
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from riverain.core import versions
from riverain.core.identifiers import LEVELS, quadkey
from riverain.core.quadkeys import Tile
from riverain.territory import plan
from riverain.territory.models import Commune, House, Street

LON, LAT = 3.05, 50.63


def tile_at(lon, lat, depth):
    key = quadkey(lon, lat) >> 2 * (LEVELS - depth)
    x = sum(((key >> (2 * bit)) & 1) << bit for bit in range(depth))
    y = sum(((key >> (2 * bit + 1)) & 1) << bit for bit in range(depth))
    return Tile(depth, x, y)


def lay_street(name, plain, *, lon=LON, lat=LAT, doors=8, step=0.0003):
    """A street from a place eastwards, its odd doors south and its even ones north."""
    commune, _made = Commune.objects.get_or_create(insee_code="59350", name="Lille")
    street = Street.objects.create(
        commune=commune,
        ban_id=f"59350_{plain}",
        name=name,
        plain=plain,
        core=plain,
        lon=lon,
        lat=lat,
        quadkey=quadkey(lon, lat),
    )
    for index in range(doors):
        here = (lon + index // 2 * step, lat + (0.00006 if index % 2 else -0.00006))
        House.objects.create(
            street=street,
            ban_id=f"59350_{plain}_{index:05}",
            number=index + 1,
            suffix="bis" if index == 7 else "",
            lon=here[0],
            lat=here[1],
            quadkey=quadkey(*here),
        )
    versions.bump("addresses")
    return street


def drawn(tile):
    return json.loads(gzip.decompress(plan.draw(tile).body))


def points(steps):
    lon = lat = 0
    found = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        lon, lat = lon + east, lat + north
        found.append((lon / 100_000, lat / 100_000))
    return found


@pytest.mark.django_db
def test_a_street_is_drawn_between_its_doors_with_its_name():
    street = lay_street("Rue des Postes", "rue des postes")
    (said,) = drawn(tile_at(LON, LAT, plan.NEAR))["streets"]
    assert (said["id"], said["name"], said["width"]) == (street.pk, "Rue des Postes", 1)
    (line,) = said["lines"]
    assert all(abs(lat - LAT) < 0.00003 for _lon, lat in points(line))
    assert points(line)[0][0] <= LON
    assert points(line)[-1][0] >= LON + 3 * 0.0003


@pytest.mark.django_db
def test_streets_are_as_wide_as_their_names_say():
    lay_street("Boulevard Carnot", "boulevard carnot")
    lay_street("Impasse du Puits", "impasse du puits", lat=LAT + 0.002)
    lay_street("Rue Colbert", "rue colbert", lat=LAT + 0.004)
    said = {
        street["name"]: street["width"]
        for street in drawn(tile_at(LON, LAT + 0.002, plan.NEAR))["streets"]
    }
    assert said == {"Boulevard Carnot": 2, "Impasse du Puits": 0, "Rue Colbert": 1}


@pytest.mark.django_db
def test_a_street_that_crosses_squares_is_whole_in_each_of_them():
    lay_street("Route de Douai", "route de douai", doors=60, step=0.001)
    west = drawn(tile_at(LON, LAT, plan.NEAR))["streets"]
    east = drawn(tile_at(LON + 0.029, LAT, plan.NEAR))["streets"]
    assert tile_at(LON, LAT, plan.NEAR) != tile_at(LON + 0.029, LAT, plan.NEAR)
    assert [street["lines"] for street in west] != []
    assert west[0]["id"] == east[0]["id"]
    assert len(points(west[0]["lines"][0])) == len(points(east[0]["lines"][0]))


@pytest.mark.django_db
def test_short_streets_are_left_out_from_afar():
    lay_street("Impasse du Puits", "impasse du puits", doors=4)
    assert drawn(tile_at(LON, LAT, plan.FAR))["streets"] == []
    assert len(drawn(tile_at(LON, LAT, plan.NEAR))["streets"]) == 1


@pytest.mark.django_db
def test_doors_stand_with_their_numbers():
    lay_street("Rue des Postes", "rue des postes", step=0.0001)
    doors = drawn(tile_at(LON, LAT, plan.DOORS))["doors"]
    assert ["8 bis", round((LON + 0.0003) * 1e5), round((LAT + 0.00006) * 1e5)] in doors
    assert len(doors) <= 8


@pytest.mark.django_db
def test_a_square_without_anything_is_empty():
    assert drawn(Tile(plan.NEAR, 0, 0)) == {"streets": []}
    assert drawn(Tile(plan.DOORS, 0, 0)) == {"doors": []}


@pytest.mark.django_db
def test_a_square_is_drawn_again_once_addresses_change():
    lay_street("Rue des Postes", "rue des postes")
    tile = tile_at(LON, LAT, plan.NEAR)
    before = plan.draw(tile)
    assert plan.draw(tile) is before
    lay_street("Rue Colbert", "rue colbert", lat=LAT + 0.001)
    after = plan.draw(tile)
    assert after.digest != before.digest
    assert len(json.loads(gzip.decompress(after.body))["streets"]) == 2


@pytest.mark.django_db
def test_empty_squares_push_none_out_of_memory(monkeypatch):
    monkeypatch.setattr(plan, "_KEPT_SQUARES", 2)
    lay_street("Rue des Postes", "rue des postes")
    tile = tile_at(LON, LAT, plan.NEAR)
    before = plan.draw(tile)
    for x in range(4):
        plan.draw(Tile(plan.NEAR, x, 0))
        plan.draw(Tile(plan.DOORS, x, 0))
    assert plan.draw(tile) is before


def test_threads_that_ask_for_one_square_draw_it_once(monkeypatch):
    monkeypatch.setattr(versions, "current", lambda _name: -7)
    tile, asked, begun, free = Tile(plan.NEAR, 5, 5), [], threading.Event(), threading.Event()

    def slow(square):
        asked.append(square)
        begun.set()
        assert free.wait(20)
        return plan.Drawn(b"", "", is_empty=False)

    monkeypatch.setattr(plan, "_drawn", slow)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(plan.draw, tile)
        assert begun.wait(20)
        # Another square does not wait for this one.
        other = threads.submit(plan.draw, Tile(plan.NEAR, 6, 5))
        again = threads.submit(plan.draw, tile)
        assert not again.done()
        while len(asked) < 2:
            assert not other.done()
        free.set()
        assert first.result(20) is again.result(20)
    assert asked == [tile, Tile(plan.NEAR, 6, 5)]


@pytest.mark.django_db
def test_the_same_square_is_the_same_bytes():
    lay_street("Rue des Postes", "rue des postes")
    tile = tile_at(LON, LAT, plan.NEAR)
    before = plan.draw(tile)
    versions.bump("addresses")
    again = plan.draw(tile)
    assert again is not before
    assert again == before


@pytest.mark.django_db
def test_a_square_costs_the_same_queries_whatever_it_holds(django_assert_num_queries):
    lay_street("Rue des Postes", "rue des postes")
    lay_street("Rue Colbert", "rue colbert", lat=LAT + 0.001)
    plan.versions.current("addresses")
    with django_assert_num_queries(3):
        plan._drawn(tile_at(LON, LAT, plan.NEAR))


@pytest.mark.parametrize("tile", [Tile(13, 0, 0), Tile(12, 4096, 0), Tile(17, 0, -1)])
def test_no_other_square_is_drawn(tile):
    with pytest.raises(ValueError, match="no such square"):
        plan.draw(tile)
