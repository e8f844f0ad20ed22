"""Registering and changing collectivities, and finding them from memory."""

import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from shapely.geometry import shape

from riverain.audit.models import Entry
from riverain.core import versions
from riverain.core.refusals import Conflict, Invalid
from riverain.territory import actions, memory, queries
from riverain.territory.locator import locate
from riverain.territory.models import Area, Collectivity
from tests.territory.made import LAT, LON, bring, districts, feature, file_of, register, square


def change(collectivity, **details):
    return actions.update_collectivity(acting="system:test", collectivity=collectivity, **details)


def test_registered_collectivity_is_found_by_slug_host_and_id(db):
    lille = register("lille", hosts=["signaler.lille.example"])
    facts = queries.collectivity_by_slug("lille")
    assert facts == queries.collectivity_for_host("SIGNALER.lille.example:8000")
    assert facts == queries.collectivity(lille.id)
    assert (facts.name, facts.default_deadline_days, facts.timezone) == (
        "Lille",
        15,
        "Europe/Paris",
    )


def test_unknown_slug_host_and_id_are_nothing(db):
    register("lille")
    assert queries.collectivity_by_slug("lomme") is None
    assert queries.collectivity_for_host("") is None
    assert queries.collectivity_for_host("mal.example") is None
    assert queries.collectivity(0) is None


def test_default_is_the_one_said_else_the_only_open_one(db):
    assert queries.default_collectivity() is None
    lille = register("lille")
    assert queries.default_collectivity().slug == "lille"
    register("lomme", state="elsewhere", elsewhere_name="Lomme", elsewhere_url="https://l.example/")
    assert queries.default_collectivity().slug == "lille"
    register("hellemmes")
    assert queries.default_collectivity() is None
    change(lille, is_default=True)
    assert queries.default_collectivity().slug == "lille"
    assert [item.slug for item in queries.open_collectivities()] == ["hellemmes", "lille"]
    assert [item.slug for item in queries.collectivities()] == ["hellemmes", "lille", "lomme"]


def test_new_default_takes_the_place_of_the_one_before(db):
    register("lille", is_default=True)
    register("hellemmes", is_default=True)
    assert list(Collectivity.objects.filter(is_default=True).values_list("slug", flat=True)) == [
        "hellemmes"
    ]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"slug": "lille", "prefix": "LIB"}, "slug"),
        ({"slug": "lille-bis", "prefix": "LIL"}, "prefix"),
        ({"slug": "lille-bis", "prefix": "LIB", "insee_code": "59350"}, "insee_code"),
        ({"slug": "lille-bis", "prefix": "LIB", "hosts": ["Lille.example"]}, "hosts"),
    ],
)
def test_what_another_has_is_a_conflict(db, details, field):
    register("lille", insee_code="59350", hosts=["lille.example"])
    with pytest.raises(Conflict, match="déjà pris par Lille") as caught:
        register(**details)
    assert caught.value.field == field
    assert Collectivity.objects.count() == 1


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"slug": "Lille"}, "slug"),
        ({"slug": "lille/../lomme"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"prefix": "L"}, "prefix"),
        ({"prefix": "lil"}, "prefix"),
        ({"name": ""}, "name"),
        ({"state": "elsewhere"}, "elsewhere_url"),
        ({"state": "closed", "is_default": True}, "is_default"),
    ],
)
def test_bad_collectivity_is_refused_and_not_written(db, details, field):
    with pytest.raises(Invalid) as caught:
        register(**{"slug": "lille", **details})
    assert caught.value.field == field
    assert not Collectivity.objects.exists()
    assert not Entry.objects.exists()


def test_change_is_checked_written_and_recorded_without_its_values(db):
    lille = register("lille")
    change(lille, contact_name="Jeanne Martin", default_deadline_days=10)
    assert queries.collectivity(lille.id).default_deadline_days == 10
    entry = Entry.objects.order_by("-seq").first()
    assert entry.kind == "territory.updated"
    assert entry.payload["fields"] == ["contact_name", "default_deadline_days"]
    assert "Martin" not in str(entry.payload)
    with pytest.raises(Invalid):
        change(lille, state="elsewhere")
    assert queries.collectivity(lille.id).state == "open"


def test_change_to_the_same_is_not_recorded(db):
    lille = register("lille")
    change(lille, name="Lille", hosts=[])
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"slug": "Lille"},
        {"prefix": "lil"},
        {"name": ""},
        {"kind": "region"},
        {"state": "gone"},
        {"state": "elsewhere"},
        {"holiday_zone": "Bretagne"},
        {"insee_code": "5935"},
        {"default_deadline_days": 0},
        {"brand_colour": "red"},
        {"is_default": True, "state": "closed"},
    ],
)
def test_database_refuses_what_no_action_would_write(db, bad):
    good = {"slug": "lille", "name": "Lille", "short_name": "Lille", "prefix": "LIL"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Collectivity.objects.create(**{**good, **bad})
    Collectivity.objects.create(**good)


@pytest.mark.parametrize(
    "bad", [{"kind": "region"}, {"code": "A B"}, {"name": ""}, {"geometry": b""}]
)
def test_database_refuses_a_bad_area(db, bad):
    lille = register("lille")
    good = {"kind": "district", "code": "a", "name": "A", "geometry": b"x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(collectivity=lille, **{**good, **bad})
    Area.objects.create(collectivity=lille, **good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(collectivity=lille, **good)


def test_districts_are_in_the_order_of_a_dictionary(db):
    lille = register("lille")
    bring(lille, districts("Wazemmes", "Écusson", "fives", "Eaux"))
    assert [area.name for area in queries.districts(lille.id)] == [
        "Eaux",
        "Écusson",
        "fives",
        "Wazemmes",
    ]
    assert queries.districts(lille.id + 1) == ()


def test_area_is_found_by_its_code_among_those_of_its_kind(db):
    lille = register("lille")
    bring(lille, districts("Fives"))
    assert queries.area(lille.id, "district", "fives").name == "Fives"
    assert queries.area(lille.id, "sector", "fives") is None


NAMED = ("Fives", "Moulins", "Vauban")


def test_an_area_keeps_its_name_once_it_is_retired(db, django_assert_num_queries):
    lille = register("lille")
    bring(lille, districts(*NAMED))
    held = {queries.area(lille.id, "district", one.lower()).id: one for one in NAMED}
    with django_assert_num_queries(0):
        assert queries.area_names(held.keys()) == held
    bring(lille, districts("Moulins"), retire_missing=True)
    assert queries.area(lille.id, "district", "fives") is None
    queries.areas(lille.id)
    with django_assert_num_queries(1):
        assert queries.area_names(held.keys()) == held
    for one, name in held.items():
        assert queries.area_name(one) == name


@pytest.mark.parametrize(
    ("lon", "lat", "field"),
    [
        (float("nan"), 50.6, "lon"),
        (3.0, float("nan"), "lat"),
        (float("inf"), 50.6, "lon"),
        (180.1, 50.6, "lon"),
        (3.0, -90.1, "lat"),
        (704_000, 7_059_000, "lon"),
    ],
)
def test_coordinates_that_are_not_on_earth_are_refused(lon, lat, field):
    with pytest.raises(Invalid) as caught:
        locate(lon, lat)
    assert caught.value.field == field


def test_collectivity_without_an_outline_is_never_found(db):
    register("paris")
    lille = register("lille")
    bring(lille, file_of(feature(square(), nom="Lille")), kind="commune")
    assert locate(2.35, 48.85) is None
    middle = square().centroid
    assert locate(middle.x, middle.y).collectivity.id == lille.id


def test_locating_asks_the_database_nothing(db, django_assert_num_queries):
    lille = register("lille")
    bring(lille, file_of(feature(square(), nom="Lille")), kind="commune")
    assert locate(LON + 0.005, LAT + 0.005).collectivity.slug == "lille"
    with django_assert_num_queries(0):
        for _ in range(50):
            locate(LON + 0.005, LAT + 0.005)
            queries.collectivity_by_slug("lille")
            queries.districts(lille.id)


def test_outlines_are_drawn_and_neighbours_keep_one_border(db):
    lille = register("lille")
    bring(lille, file_of(feature(square(side=0.02), nom="Lille")), kind="commune")
    whole = json.loads(queries.outlines(lille.id))
    assert [item["properties"]["kind"] for item in whole["features"]] == ["commune"]
    bring(lille, districts("Fives", "Wazemmes"))
    drawn = json.loads(queries.outlines(lille.id))
    assert [item["properties"] for item in drawn["features"]] == [
        {"kind": "district", "code": "fives", "name": "Fives"},
        {"kind": "district", "code": "wazemmes", "name": "Wazemmes"},
    ]
    left, right = (shape(item["geometry"]) for item in drawn["features"])
    assert left.touches(right)
    assert left.equals(square())
    assert json.loads(queries.outlines(register("paris").id)) == {
        "type": "FeatureCollection",
        "features": [],
    }


def test_a_row_without_its_collectivity_is_a_fault_of_ours(db):
    lille = register("lille")
    assert queries.known_collectivity(lille.id).slug == "lille"
    with pytest.raises(LookupError):
        queries.known_collectivity(lille.id + 1)


@pytest.mark.slow
def test_many_threads_load_one_territory_and_see_the_next_version(committed_db):
    lille = register("lille")
    bring(lille, file_of(feature(square(), nom="Lille")), kind="commune")
    answers = []

    def ask():
        answers.append(memory.territory())
        connection.close()

    def ask_at_once():
        answers.clear()
        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {id(held) for held in answers}, {held.version for held in answers}

    first, version = ask_at_once()
    assert (len(first), version) == (1, {versions.current("territory")})
    change(lille, duty_phone="17")
    second, later = ask_at_once()
    assert len(second) == 1
    assert min(later) > max(version)
    assert {held.collectivities[lille.id].duty_phone for held in answers} == {"17"}


def test_rows_of_a_rolled_back_import_are_forgotten(committed_db):
    lille = register("lille")
    with transaction.atomic():
        bring(lille, file_of(feature(square(), nom="Lille")), kind="commune")
        assert locate(LON + 0.005, LAT + 0.005) is not None
        transaction.set_rollback(True)
    versions.forget()  # what a second does
    assert locate(LON + 0.005, LAT + 0.005) is None
