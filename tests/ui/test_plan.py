"""The squares of the drawn map as browsers ask for them."""

import gzip
import json

import pytest
from django.test import Client

from riverain.territory import plan
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


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["13/0/0", "12/4096/0", "17/0/131072", "99/0/0"])
def test_what_is_no_square_is_not_found(path):
    assert Client().get(f"/plan/{path}.json").status_code == 404
