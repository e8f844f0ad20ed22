"""Importing areas: created once, updated after, and nothing half-written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import affinity

from riverain.audit.models import Entry
from riverain.core import versions
from riverain.core.refusals import Invalid
from riverain.territory import queries
from riverain.territory.locator import locate
from riverain.territory.models import Area
from riverain.territory.outcome import FeaturesRefused
from tests.territory.made import LAT, LON, bring, districts, feature, file_of, register, square


@pytest.fixture
def lille(db):
    return register("lille")


def counts(report):
    return (report.created, report.updated, report.unchanged, report.retired, len(report.refused))


def codes(collectivity):
    return sorted(
        Area.objects.filter(collectivity=collectivity, retired_at=None).values_list(
            "code", flat=True
        )
    )


def test_second_import_changes_nothing(lille):
    file = districts("Fives", "Wazemmes")
    assert counts(bring(lille, file)) == (2, 0, 0, 0, 0)
    before = list(Area.objects.order_by("id").values())
    entries, version = Entry.objects.count(), versions.current("territory")
    assert counts(bring(lille, file)) == (0, 0, 2, 0, 0)
    assert list(Area.objects.order_by("id").values()) == before
    assert (Entry.objects.count(), versions.current("territory")) == (entries, version)


def test_changed_shape_updates_the_same_row(lille):
    bring(lille, districts("Fives"))
    area = Area.objects.get()
    moved = file_of(feature(affinity.translate(square(), 0.1), nom="Fives"))
    assert counts(bring(lille, moved)) == (0, 1, 0, 0, 0)
    assert Area.objects.get().id == area.id
    assert locate(LON + 0.005, LAT + 0.005) is None
    assert locate(LON + 0.105, LAT + 0.005).district.code == "fives"


def test_file_keyed_by_another_field_updates_the_same_areas(lille):
    bring(lille, districts("Fives", "Wazemmes"))
    ids = set(Area.objects.values_list("id", flat=True))
    numbered = districts("FIVES", "wazemmes")
    report = bring(lille, numbered, key_field="code", name_field="nom")
    assert counts(report) == (0, 2, 0, 0, 0)
    assert set(Area.objects.values_list("id", flat=True)) == ids
    assert codes(lille) == ["1", "2"]
    assert queries.area(lille.id, "district", "fives").code == "1"
    assert counts(bring(lille, districts("Fives", "Wazemmes"))) == (0, 2, 0, 0, 0)
    assert codes(lille) == ["fives", "wazemmes"]
    assert Area.objects.get(code="fives").former_codes == ["1"]


def test_same_code_in_another_kind_or_collectivity_is_another_area(lille):
    hellemmes = register("hellemmes", prefix="HEL")
    file = districts("Fives")
    for collectivity, kind in ((lille, "district"), (lille, "sector"), (hellemmes, "district")):
        assert counts(bring(collectivity, file, kind=kind)) == (1, 0, 0, 0, 0)
    assert Area.objects.count() == 3


def test_refused_feature_leaves_nothing_written(lille):
    entries = Entry.objects.count()
    file = file_of(feature(square(), nom="Fives"), feature(None, nom="Lomme"))
    with pytest.raises(FeaturesRefused, match="Lomme") as caught:
        bring(lille, file)
    assert counts(caught.value.report) == (1, 0, 0, 0, 1)
    assert not Area.objects.exists()
    assert Entry.objects.count() == entries


def test_refused_features_may_be_skipped(lille):
    file = file_of(feature(square(), nom="Fives"), feature(None, nom="Lomme"))
    assert counts(bring(lille, file, skip_refused=True)) == (1, 0, 0, 0, 1)
    assert codes(lille) == ["fives"]


def test_dry_run_says_all_and_writes_nothing(lille):
    bring(lille, districts("Fives"))
    entries = Entry.objects.count()
    file = file_of(
        feature(square(side=0.02), nom="Fives"),
        feature(square(x=0.1), nom="Lomme"),
        feature(None, nom="Bois-Blancs"),
    )
    assert counts(bring(lille, file, dry_run=True)) == (1, 1, 0, 0, 1)
    assert codes(lille) == ["fives"]
    assert Entry.objects.count() == entries


def test_area_that_the_file_leaves_out_stays_unless_asked(lille):
    bring(lille, districts("Fives", "Wazemmes"))
    assert counts(bring(lille, districts("Fives"))) == (0, 0, 1, 0, 0)
    assert counts(bring(lille, districts("Fives"), retire_missing=True)) == (0, 0, 1, 1, 0)
    assert codes(lille) == ["fives"]
    assert [area.code for area in queries.districts(lille.id)] == ["fives"]
    assert locate(LON + 0.015, LAT + 0.005) is None


def test_area_whose_feature_is_refused_is_not_retired(lille):
    bring(lille, districts("Fives", "Wazemmes"))
    file = file_of(feature(square(), nom="Fives"), feature(None, nom="Wazemmes"))
    report = bring(lille, file, retire_missing=True, skip_refused=True)
    assert counts(report) == (0, 0, 1, 0, 1)
    assert "Aucune zone n’est retirée" in report.warnings[0]
    assert codes(lille) == ["fives", "wazemmes"]


def test_retired_area_comes_back_as_itself(lille):
    bring(lille, districts("Fives", "Wazemmes"))
    ids = set(Area.objects.values_list("id", flat=True))
    bring(lille, districts("Fives"), retire_missing=True)
    assert counts(bring(lille, districts("Fives", "Wazemmes"))) == (0, 1, 1, 0, 0)
    assert set(Area.objects.filter(retired_at=None).values_list("id", flat=True)) == ids


@pytest.mark.row("P-24")
def test_precedence_is_set_and_left_when_not_said(lille):
    bring(lille, districts("Fives"), precedence=5)
    bring(lille, districts("Fives"))
    assert Area.objects.get().precedence == 5
    assert counts(bring(lille, districts("Fives"), precedence=6)) == (0, 1, 0, 0, 0)
    assert Area.objects.get().precedence == 6


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"kind": "region"}, "kind"),
        ({"precedence": -1}, "precedence"),
        ({"precedence": 1001}, "precedence"),
        ({"crs": "EPSG:9"}, "crs"),
        ({"key_field": "id"}, "key_field"),
        ({"only": ["Ronchin"]}, "only"),
        ({"only": ["Fives"], "retire_missing": True}, "only"),
    ],
)
def test_bad_option_is_refused_with_its_field(lille, options, field):
    with pytest.raises(Invalid) as caught:
        bring(lille, districts("Fives"), **options)
    assert caught.value.field == field


def test_import_is_recorded_with_the_file_and_the_codes(lille):
    file = districts("Fives", "Wazemmes")
    bring(lille, file)
    entry = Entry.objects.filter(kind="territory.imported").get()
    assert (entry.stream_kind, entry.stream_id, entry.acting) == (
        "territory",
        lille.id,
        "system:test",
    )
    assert entry.payload == {
        "kind": "district",
        "file": file.digest,
        "created": ["fives", "wazemmes"],
        "updated": [],
        "retired": [],
        "refused": 0,
    }


def test_several_communes_brought_to_one_are_warned_of(lille):
    file = districts("Lille", "Strasbourg")
    assert "2 contours" in bring(lille, file, kind="commune").warnings[0]
    assert bring(lille, file, kind="commune", only=["Lille"]).warnings == ()


def test_report_reads_in_a_terminal_and_for_a_program(lille):
    file = file_of(feature(square(), nom="Fives"), feature(None, nom="Lomme"))
    report = bring(lille, file, skip_refused=True)
    assert report.lines()[0] == (
        "Zones de lille (district). Créées\u00a0: 1, mises à jour\u00a0: 0, inchangées\u00a0: 0,"
        " retirées\u00a0: 0, refusées\u00a0: 1."
    )
    assert report.lines()[1:] == [
        "Refusée\u00a0: «\u00a0Lomme\u00a0» (n°\u00a02), elle n’a pas de géométrie.",
    ]
    assert report.as_dict()["refusals"] == [
        {"position": 2, "name": "Lomme", "reason": "elle n’a pas de géométrie"}
    ]


NAMES = st.lists(
    st.sampled_from(["Fives", "Lomme", "Vieux-Lille", "Bois-Blancs", "Faubourg de Béthune"]),
    unique=True,
    min_size=1,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(NAMES, st.booleans(), st.booleans())
def test_any_file_twice_is_the_same_as_once(lille, names, first_by_code, then_by_code):
    def keyed(by_code):
        return {"key_field": "code", "name_field": "nom"} if by_code else {"key_field": "nom"}

    file = districts(*names)
    with transaction.atomic():
        bring(lille, file, **keyed(first_by_code))
        once = list(Area.objects.order_by("id").values_list("id", "name", "geometry"))
        second = bring(lille, file, **keyed(then_by_code))
        twice = list(Area.objects.order_by("id").values_list("id", "name", "geometry"))
        transaction.set_rollback(True)
    assert second.created == 0
    assert (second.updated == 0) == (first_by_code == then_by_code)
    assert twice == once


def test_submissions_do_not_wait_for_an_import(committed_db):
    """A report refers to its town: its row asks for the lock below, while the import is written."""
    lille = register("lille")

    def refer():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")
                cursor.execute(
                    "SELECT slug FROM territory_collectivity WHERE id = %s FOR KEY SHARE",
                    [lille.pk],
                )
                return cursor.fetchone()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        bring(lille, districts("Fives"))
        assert other.submit(refer).result() == ("lille",)
