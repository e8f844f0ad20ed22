"""The squares of the drawn map as browsers ask for them."""

import gzip
import json

import pytest
from django.test import Client

from riverain.territory import plan
from riverain.web.ui import plan as pages
from tests import town
from tests.territory.test_plan import LAT, LON, lay_street, tile_at


@pytest.fixture
def address(db):
    lay_street("Rue des Postes", "rue des postes")
    return "/plan/{}/{}/{}.json".format(*tile_at(LON, LAT, plan.NEAR))


def test_a_square_comes_compressed_to_whoever_takes_it_so(address):
    packed = Client().get(address, headers={"accept-encoding": "gzip, br"})
    plain = Client().get(address)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert json.loads(plain.content)["streets"][0]["name"] == "Rue des Postes"
    assert "Accept-Encoding" in packed["Vary"]
    assert "Accept-Encoding" in plain["Vary"]


def test_a_square_that_did_not_change_is_not_sent_again(address):
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert first["Cache-Control"] == "public, max-age=3600"
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    lay_street("Rue Colbert", "rue colbert", lat=LAT + 0.001)
    changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_a_square_sets_no_cookie(address):
    answer = Client().get(address)
    assert answer.cookies == {}
    assert "Cookie" not in answer["Vary"]


@pytest.mark.parametrize("asked", ["_SQUARES", "_POINTS"])
def test_who_asks_without_end_is_asked_to_wait(city, monkeypatch, asked):
    monkeypatch.setattr(pages, asked, 2)
    square = "/plan/{}/{}/{}.json".format(*tile_at(LON, LAT, plan.NEAR))
    path = square if asked == "_SQUARES" else f"/plan/ici?lon={LON}&lat={LAT}"
    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["13/0/0", "12/4096/0", "17/0/131072", "99/0/0"])
def test_what_is_no_square_is_not_found(path):
    assert Client().get(f"/plan/{path}.json").status_code == 404


def said(lon, lat):
    return Client().get(f"/plan/ici?lon={lon}&lat={lat}")


def test_a_point_is_said_by_its_address_where_one_is_near(city):
    lay_street("Rue des Postes", "rue des postes")
    answer = said(LON, LAT - 0.00006).json()
    assert answer["inside"] is True
    assert answer["address"] == "1 Rue des Postes, Lille"
    assert answer["said"] == "Repère placé : 1 Rue des Postes, Lille."


def test_a_point_without_an_address_is_said_by_its_district(city):
    answer = said(*town.WAZEMMES).json()
    assert (answer["said"], answer["address"]) == ("Repère placé : Wazemmes, Lille.", "")
    assert answer["inside"] is True


def test_out_of_the_territory_nobody_takes_it(city):
    answer = said(*town.NOWHERE).json()
    assert answer["inside"] is False
    assert answer["nowhere"] is True
    assert "hors du territoire" in answer["said"]


def test_a_town_that_takes_requests_elsewhere_is_named(city):
    answer = said(*town.LOMME).json()
    assert (answer["inside"], answer["nowhere"]) == (False, False)
    assert answer["said"] == "Cet endroit est à Lomme, qui reçoit les demandes ailleurs."


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question", ["", "lon=3", "lon=x&lat=50", "lon=181&lat=50", "lon=nan&lat=1"]
)
def test_what_is_no_point_is_refused(question):
    assert Client().get(f"/plan/ici?{question}").status_code == 422
