"""Searching the addresses that we hold, and the nearest to a point."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core.identifiers import quadkey
from riverain.territory import queries
from riverain.territory.addresses import searching
from riverain.territory.addresses.facts import Exactness
from riverain.territory.addresses.importing import import_file
from riverain.territory.addresses.nearest import nearest, tiles_around
from riverain.territory.models import House
from tests.territory.addresses.ban import lille, line, town_lines, write
from tests.territory.made import LAT, bring, districts, feature, file_of, register, square

HELLEMMES = {
    "code_insee_ancienne_commune": "59298",
    "nom_ancienne_commune": "Hellemmes-Lille",
    "code_postal": "59260",
}


@pytest.fixture
def held(db, tmp_path):
    """Seven streets of Lille, and a second rue Carnot in Hellemmes."""
    lille(insee_code="59350")
    lines = [
        *town_lines(),
        line(number=12, rep="bis"),
        line("0110", 12, name="Rue Carnot", lat=f"{LAT + 0.03:.6f}", **HELLEMMES),
    ]
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", lines))
    return queries.collectivity_by_slug("lille")


def labels(text, town, **options):
    return [one.label for one in searching.search(text, town=town, **options)]


@pytest.mark.row("S1-07")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("12 rue Carnot 59000", "12 Rue Carnot, 59000 Lille"),
        ("12 rue Carnot Lille", "12 Rue Carnot, 59000 Lille"),
        ("12bis r carnot lille", "12 bis Rue Carnot, 59000 Lille"),
        ("12 rue Carnot Hellemmes", "12 Rue Carnot, 59260 Lille (Hellemmes-Lille)"),
        ("12 rue carnot 59260", "12 Rue Carnot, 59260 Lille (Hellemmes-Lille)"),
        ("12 bd gal de gaule", "12 Boulevard Général De Gaulle, 59000 Lille"),
        ("boulvard general de gaulle 12", "12 Boulevard Général De Gaulle, 59000 Lille"),
        ("4 pl du huit mai 1945", "4 Place du 8 Mai 1945, 59000 Lille"),
        ("8 mai 1945", "Place du 8 Mai 1945, 59000 Lille"),
        ("av jean jores", "Avenue Jean Jaurès, 59000 Lille"),
        ("av j. jaures", "Avenue Jean Jaurès, 59000 Lille"),
        ("rue st etienne", "Rue Saint-Étienne, 59000 Lille"),
        ("R. St-Etiene 6", "6 Rue Saint-Étienne, 59000 Lille"),
        ("grande rue", "Grande Rue, 59000 Lille"),
        ("10 av d'aras", "10 Avenue d’Arras, 59000 Lille"),
        ("10 av darras", "10 Avenue d’Arras, 59000 Lille"),
        ("jaurès", "Avenue Jean Jaurès, 59000 Lille"),
        ("jau", "Avenue Jean Jaurès, 59000 Lille"),
        ("vaenue jaures", "Avenue Jean Jaurès, 59000 Lille"),
    ],
)
def test_what_people_type_finds_the_address(held, typed, first):
    assert labels(typed, held)[0] == first


@pytest.mark.parametrize("typed", ["", "ab", "xqzv wkjh", "59000", "rue des inconnus célèbres"])
def test_what_means_nothing_here_finds_nothing(held, typed):
    assert labels(typed, held) == []


def test_a_street_without_its_number_is_not_precise(held):
    found = searching.search("rue carnot 59000", town=held)[0]
    assert (found.exactness, found.precise, found.near) == (Exactness.STREET, False, "")


def test_a_number_that_is_not_held_takes_the_point_of_the_nearest_and_says_so(held):
    found = searching.search("17 avenue jean jaurès", town=held)[0]
    assert (found.exactness, found.near) == (Exactness.NEAR, "16")
    assert found.name == "17 Avenue Jean Jaurès"
    house = House.objects.get(number=16, street__ban_id="59350_0040")
    assert (found.lon, found.lat) == (house.lon, house.lat)


def test_a_street_of_the_town_goes_before_that_of_its_neighbour(held):
    neighbour = register("hellemmes", insee_code="59298", prefix="HEL")
    outline = file_of(feature(square(y=0.025), nom="Hellemmes"))
    bring(neighbour, outline, kind="commune")
    there = queries.collectivity_by_slug("hellemmes")
    assert labels("12 rue carnot", there)[0] == "12 Rue Carnot, 59260 Lille (Hellemmes-Lille)"
    assert labels("12 rue carnot", held)[0] == "12 Rue Carnot, 59000 Lille"


def test_far_from_the_town_nothing_is_searched(held, tmp_path):
    far = register("gap", insee_code="05061", prefix="GAP")
    bring(far, districts("Gap"), kind="district")
    values = {"code_insee": "05061", "nom_commune": "Gap", "lon": "6.08", "lat": "44.56"}
    path = write(tmp_path / "gap.csv", [line("0300", 2, name="Rue Ladoucette", **values)])
    import_file(acting="system:test", path=path)
    assert labels("rue ladoucette", held) == []
    assert labels("rue ladoucette", None) == ["Rue Ladoucette, 59000 Gap"]


def test_the_limit_is_kept_and_no_label_comes_twice(held):
    found = labels("rue", held, limit=2)
    assert len(found) <= 2
    assert len(set(found)) == len(found)


def test_signs_that_mean_something_to_the_database_are_only_signs(held):
    for typed in ("%%%___", "'; DROP TABLE x; --", "\\", "{a,b}"):
        assert labels(typed, held) == []
    for typed in ("rue %carnot_", "🙂 rue carnot"):
        assert labels(typed, held) == labels("rue carnot", held) != []


def test_the_nearest_house_is_found_from_a_point(held):
    house = House.objects.get(number=12, suffix="", street__ban_id="59350_0040")
    found = nearest(house.lon + 0.00002, house.lat)
    assert found.label == "12 Avenue Jean Jaurès, 59000 Lille"
    assert found.exactness == Exactness.HOUSE


def test_further_away_only_the_street_is_said_then_nothing(held):
    house = House.objects.get(number=20, street__ban_id="59350_0070")
    street = nearest(house.lon, house.lat + 0.001)
    assert (street.label, street.precise) == ("Avenue d’Arras, 59000 Lille", False)
    assert nearest(house.lon, house.lat + 0.003) is None


@pytest.mark.parametrize("point", [(math.nan, 50), (3.0, math.inf), (3.0, 90.0), (0.0, 0.0)])
def test_a_point_nowhere_has_no_address(held, point):
    assert nearest(*point) is None


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0, 360), st.sampled_from([50.0, 200.0]))
def test_the_tiles_hold_the_whole_circle(lon, lat, bearing, metres):
    north = metres * math.cos(math.radians(bearing)) / 111_320
    east = metres * math.sin(math.radians(bearing)) / (111_320 * math.cos(math.radians(lat)))
    tiles = tiles_around(lon, lat, metres)
    key = quadkey(lon + east * 0.999, lat + north * 0.999)
    assert any(low <= key <= high for low, high in tiles)
    assert len(tiles) <= 4
