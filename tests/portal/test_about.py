"""Plain pages and what the pages' modules fetch."""

import json

import pytest

from riverain.config.env import Tiles
from riverain.guard import pow as proof_of_work
from tests.portal.conftest import page
from tests.portal.solving import solved


@pytest.mark.row("L-02")
def test_personal_data_says_who_why_how_long_and_to_whom_to_write(city, client):
    text = page(client.get("/donnees-personnelles"))
    for words in ("mission d’intérêt public", "dpd@lille.example", "Combien de temps", "CNIL"):
        assert words in text


def test_a_town_without_a_contact_for_data_gives_its_own(city, client):
    text = page(client.get("/c/hellemmes/donnees-personnelles"))
    assert "Hellemmes est responsable" in text


@pytest.mark.row("L-01")
def test_accessibility_says_its_state_and_the_recourse(city, client):
    text = page(client.get("/accessibilite"))
    for words in ("non conforme", "non évalué par un tiers", "Défenseur des droits"):
        assert words in text


@pytest.mark.parametrize("path", ["/", "/signaler", "/suivi", "/signaler/type/sac-plein"])
def test_every_page_links_both(city, client, path):
    text = client.get(path).content.decode()
    assert 'href="/accessibilite"' in text
    assert 'href="/donnees-personnelles"' in text


def test_the_zones_are_the_districts_or_the_outline(city, client):
    names = [
        [feature["properties"]["name"] for feature in json.loads(answer.content)["features"]]
        for answer in (client.get("/zones.geojson"), client.get("/c/hellemmes/zones.geojson"))
    ]
    assert names == [["Lille-Centre", "Wazemmes"], ["Hellemmes"]]


def test_zones_are_cached_and_asked_again_by_their_tag(city, client):
    first = client.get("/zones.geojson")
    assert "max-age" in first["Cache-Control"]
    assert first["Content-Type"] == "application/geo+json"
    again = client.get("/zones.geojson", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_challenge_is_new_each_time_kept_by_no_cache_and_can_be_solved(city, client):
    first, second = client.get("/preuve"), client.get("/preuve")
    assert first.json() != second.json()
    assert "no-store" in first["Cache-Control"]
    assert proof_of_work.verify(solved(first.json()))


@pytest.mark.row("L-06")
def test_who_gives_the_tiles_is_named_where_someone_does(city, client, settings):
    """The one third party that a resident's browser may ask (GDPR, article 13)."""
    assert "fond de plan" not in page(client.get("/donnees-personnelles"))
    settings.TILES = Tiles(url="https://tiles.example/{z}/{x}/{y}.png")
    text = page(client.get("/donnees-personnelles"))
    assert "demande le fond de plan à tiles.example," in text
