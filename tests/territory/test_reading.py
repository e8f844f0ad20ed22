"""From features to areas: keys, names, fields, systems of coordinates."""

import pytest
from pyproj import Transformer
from shapely import transform
from shapely.geometry import Polygon

from riverain.core.refusals import Invalid
from riverain.territory import projections, reading
from riverain.territory.memory import polygon_of
from tests.territory.made import districts, feature, file_of, square


def read(file, key_field="nom", **options):
    return reading.read(file, key_field=key_field, **options)


def only_refusal(file, **options):
    refused = read(file, **options).refused
    assert len(refused) == 1
    return refused[0]


def test_code_is_the_slug_of_the_key_and_name_is_the_key_by_default():
    [area] = read(districts("Faubourg  de\u00a0Béthune ")).wanted
    assert (area.code, area.name) == ("faubourg-de-bethune", "Faubourg de Béthune")


def test_name_comes_from_its_own_field():
    [area] = read(districts("Fives"), key_field="code", name_field="nom").wanted
    assert (area.code, area.name) == ("1", "Fives")


@pytest.mark.parametrize(("key", "code"), [(200, "200"), (5.0, "5"), ("05061", "05061")])
def test_key_may_be_a_number(key, code):
    assert read(file_of(feature(square(), nom=key))).wanted[0].code == code


@pytest.mark.parametrize("key", [None, "", "  ", True, [], {}, 1.5])
def test_key_that_is_no_text_is_refused_with_the_fields(key):
    refused = only_refusal(file_of(feature(square(), nom=key, ville="Lille")))
    assert refused.name == "entité n° 1"
    assert "ses champs : nom, ville" in refused.reason


@pytest.mark.parametrize("key", ["---", "漢字", "é" * 101])
def test_key_without_a_code_is_refused(key):
    assert "ne donne pas de code" in only_refusal(file_of(feature(square(), nom=key))).reason


@pytest.mark.parametrize("name", ["Fi\x00ves", "\ud800", "Fives\u202e", "F" * 201])
def test_name_that_no_page_can_show_is_refused(name):
    file = file_of(feature(square(), code=1, nom=name))
    assert "caractères interdits" in only_refusal(file, key_field="code", name_field="nom").reason


def test_feature_without_the_key_field_is_refused_and_the_others_are_read():
    result = read(file_of(feature(square(), nom="Fives"), feature(square(x=0.1), titre="Lomme")))
    assert [area.code for area in result.wanted] == ["fives"]
    assert (result.refused[0].position, result.refused[0].name) == (2, "entité n° 2")


@pytest.mark.parametrize("options", [{"key_field": "id"}, {"name_field": "id"}])
def test_field_that_no_feature_has_is_refused_with_those_there(options):
    with pytest.raises(Invalid, match=r"« id ».*Champs du fichier : code, nom"):
        read(districts("Fives"), **options)


def test_same_key_twice_is_refused_and_both_are_named():
    result = read(districts("Fives", "FIVES", "Lomme"))
    assert [area.code for area in result.wanted] == ["lomme"]
    assert [(item.name, item.position) for item in result.refused] == [("Fives", 1), ("FIVES", 2)]
    assert "aussi celle de « FIVES » (n° 2)" in result.refused[0].reason


def test_only_keeps_the_keys_asked_for_and_refuses_an_unknown_one():
    assert [area.code for area in read(districts("Fives", "Lomme"), only=["LOMME"]).wanted] == [
        "lomme"
    ]
    with pytest.raises(Invalid, match="« Ronchin » ; il a : fives, lomme"):
        read(districts("Fives", "Lomme"), only=["Ronchin"])


def test_bad_geometry_is_refused_with_the_name_of_the_feature():
    refused = only_refusal(file_of(feature(None, nom="Fives"), feature(square(), nom="Lomme")))
    assert (refused.name, refused.reason) == ("Fives", "elle n’a pas de géométrie")


def test_mended_ring_is_named():
    spike = Polygon([(3, 50), (3.1, 50), (3.2, 50), (3.1, 50), (3.1, 50.1), (3, 50)])
    assert read(file_of(feature(spike, nom="Fives"))).repaired == ("Fives",)


def test_area_abroad_is_named():
    there = Polygon([(13.3, 52.5), (13.4, 52.5), (13.4, 52.6), (13.3, 52.5)])
    assert read(file_of(feature(there, nom="Berlin"))).abroad == ("Berlin",)
    assert read(districts("Fives")).abroad == ()


def lambert_93(polygon):
    to_metres = Transformer.from_crs(4326, 2154, always_xy=True).transform
    return transform(polygon, to_metres, interleaved=False)


@pytest.mark.parametrize(
    "crs", ["EPSG:2154", "urn:ogc:def:crs:EPSG::2154", "http://www.opengis.net/def/crs/EPSG/0/2154"]
)
def test_crs_member_says_lambert_93(crs):
    file = file_of(
        feature(lambert_93(square()), nom="Fives"),
        crs={"type": "name", "properties": {"name": crs}},
    )
    read_back = shapely_of(read(file).wanted[0])
    assert read_back.equals_exact(square().normalize(), tolerance=1e-8)


def shapely_of(area):
    return polygon_of(area.wkb)


def test_option_says_lambert_93_against_a_member_that_does_not_read():
    file = file_of(feature(lambert_93(square()), nom="Fives"), crs={"type": "link"})
    with pytest.raises(Invalid, match="n’est pas lu"):
        read(file)
    assert read(file, crs="2154").wanted[0].code == "fives"


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:4171"])
def test_degrees_are_said_in_many_ways(crs):
    file = file_of(
        feature(square(), nom="Fives"), crs={"type": "name", "properties": {"name": crs}}
    )
    assert shapely_of(read(file).wanted[0]).equals(square())


@pytest.mark.parametrize("crs", ["EPSG:27572", "Lambert", "EPSG:", "4326; DROP", "x" * 500])
def test_unknown_system_is_refused_with_those_that_are_read(crs):
    with pytest.raises(Invalid, match=r"EPSG:2154 \(Lambert-93\)"):
        read(districts("Fives"), crs=crs)


def test_every_system_that_is_said_to_be_read_is():
    for number in projections.SUPPORTED:
        use = projections._area_of_use(number)
        lon, lat = (use.west + use.east) / 2, (use.south + use.north) / 2
        there = Transformer.from_crs(4326, number, always_xy=True)
        ring = [(lon, lat), (lon + 0.01, lat), (lon + 0.01, lat + 0.01), (lon, lat)]
        back = projections.to_degrees([there.transform(*position) for position in ring], number)
        assert back is not None, number
        assert back[0] == pytest.approx((lon, lat), abs=1e-6)


@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        (file_of(feature(lambert_93(square()), nom="A")), "not_degrees", "--crs EPSG:2154"),
        (
            file_of(feature(transform(square(), lambda x, y: (y, x), interleaved=False), nom="A")),
            "swapped",
            "longitude d’abord",
        ),
    ],
    ids=["metres", "swapped"],
)
def test_fault_of_all_features_is_said_once_for_the_file(file, code, words):
    with pytest.raises(Invalid) as caught:
        read(file)
    assert caught.value.code == code
    assert words in str(caught.value)


def test_fault_of_one_feature_among_others_is_its_own():
    file = file_of(
        feature(square(), nom="Fives"),
        feature(lambert_93(square(x=0.1)), nom="Lomme"),
    )
    result = read(file)
    assert [area.name for area in result.wanted] == ["Fives"]
    assert [item.name for item in result.refused] == ["Lomme"]


def test_numbers_as_keys_do_not_become_names_where_words_tell_the_areas_apart():
    file = file_of(
        feature(square(), numero=1, ville="Lille", quartier="Wazemmes"),
        feature(square(1), numero=2, ville="Lille", quartier="Fives"),
    )
    found = read(file, key_field="numero").wanted
    assert [(one.code, one.name) for one in found] == [("1", "Wazemmes"), ("2", "Fives")]
    found = read(file, key_field="numero", name_field="numero").wanted
    assert [one.name for one in found] == ["1", "2"]
