"""The envelope of an area file: what is read, and what a broken one is told."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core.refusals import Invalid
from riverain.territory import geojson
from tests.territory.made import feature, square

ONE = {"type": "FeatureCollection", "features": [feature(square(), nom="Fives")]}


def refusal(content):
    with pytest.raises(Invalid) as caught:
        geojson.read(content)
    return str(caught.value)


def test_collection_and_single_feature_are_read():
    assert len(geojson.read(json.dumps(ONE).encode()).features) == 1
    assert geojson.read(json.dumps(ONE["features"][0]).encode()).features[0].properties == {
        "nom": "Fives"
    }


def test_byte_order_mark_is_left_out():
    assert geojson.read(b"\xef\xbb\xbf" + json.dumps(ONE).encode()).features[0].position == 1


def test_latin_1_is_refused_with_the_byte():
    assert "n’est pas en UTF-8 (octet 9)" in refusal('{"nom": "é"}'.encode("latin-1"))


def test_what_is_not_json_is_refused_with_the_place():
    assert "(ligne 2, colonne 3)" in refusal(b'{\n  nom: "Fives"}')


@pytest.mark.parametrize("bomb", [b"[" * 200_000, b'{"a":' * 200_000, b"9" * 5_000])
def test_nesting_and_numbers_without_end_are_refused(bomb):
    assert "démesurés" in refusal(bomb)


@pytest.mark.parametrize(
    "document",
    [
        [],
        7,
        None,
        {"type": "Topology", "objects": {}},
        {"type": "Polygon", "coordinates": []},
        {"features": []},
    ],
)
def test_other_json_is_refused(document):
    assert "n’est pas un GeoJSON de zones" in refusal(json.dumps(document).encode())


@pytest.mark.parametrize("features", [[], None, {"a": 1}])
def test_no_feature_is_refused(features):
    document = {"type": "FeatureCollection", "features": features}
    assert "aucune entité" in refusal(json.dumps(document).encode())


@pytest.mark.parametrize("item", [None, 3, [], {"type": "Polygon", "coordinates": []}])
def test_what_is_not_a_feature_is_refused_with_its_place(item):
    document = {"type": "FeatureCollection", "features": [ONE["features"][0], item]}
    assert "L’élément n° 2" in refusal(json.dumps(document).encode())


def test_too_large_is_refused_before_it_is_parsed(monkeypatch, tmp_path):
    monkeypatch.setattr(geojson, "MAX_BYTES", 1_000_000)
    path = tmp_path / "big.geojson"
    path.write_bytes(b" " * 1_000_001)
    with pytest.raises(Invalid, match="dépasse 1\u00a0Mo"):
        geojson.open_file(path)


def test_too_many_features_are_refused(monkeypatch):
    monkeypatch.setattr(geojson, "MAX_FEATURES", 1)
    document = {"type": "FeatureCollection", "features": ONE["features"] * 2}
    assert "contient 2 entités ; la limite est de 1" in refusal(json.dumps(document).encode())


def test_missing_file_and_folder_are_refused(tmp_path):
    with pytest.raises(Invalid, match="n’existe pas"):
        geojson.open_file(tmp_path / "none.geojson")
    with pytest.raises(Invalid, match="ne peut pas être lu"):
        geojson.open_file(tmp_path)


def test_crs_member_is_kept_and_its_absence_said():
    named = {**ONE, "crs": {"type": "name", "properties": {"name": "EPSG:2154"}}}
    assert geojson.read(json.dumps(named).encode()).crs == "EPSG:2154"
    assert geojson.read(json.dumps(ONE).encode()).crs == ""


@pytest.mark.parametrize("crs", ["EPSG:2154", {"type": "link"}, {"properties": {"name": 7}}, 3])
def test_crs_in_another_form_is_never_taken_for_degrees(crs):
    assert geojson.read(json.dumps({**ONE, "crs": crs}).encode()).crs not in ("", "EPSG:4326")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    with suppress(Invalid):
        assert geojson.read(content).features
