"""`riverain territory`: what it prints, for people and for programs, and its exit codes."""

import json
from typing import get_type_hints

import pytest

from riverain.core.refusals import Invalid, NotFound
from riverain.site.commands import territory
from riverain.territory.models import Area, Collectivity
from riverain.territory.rules import Changes
from tests.commanding import typed
from tests.territory.made import LAT, LON, feature, register, square


@pytest.fixture
def command(db, capsys):
    return typed(territory, capsys)


@pytest.fixture
def path(tmp_path):
    """A file of three features of which the third has no geometry; `good` has the first two."""
    raw = [
        feature(square(), nom="Fives", code=1),
        feature(square(x=0.01), nom="Wazemmes", code=2),
        feature(None, nom="Lomme", code=3),
    ]
    for name, features in (("good", raw[:2]), ("bad", raw)):
        document = {"type": "FeatureCollection", "features": features}
        (tmp_path / f"{name}.geojson").write_text(json.dumps(document))
    return tmp_path


def options(**more):
    words = ["--collectivity", "lille", "--kind", "district", "--key-field", "nom"]
    return words + [word for name, value in more.items() for word in (f"--{name}", value)]


def test_import_prints_counts_and_writes(command, path):
    register("lille")
    code, out = command("import", path / "good.geojson", *options())
    assert (code, Area.objects.count()) == (0, 2)
    assert "Créées\u00a0: 2, mises à jour\u00a0: 0" in out


def test_import_prints_one_object_for_a_program(command, path):
    register("lille")
    said = json.loads(command("import", path / "good.geojson", *options(), "--json")[1])
    assert (said["created"], said["refused"], said["written"]) == (2, 0, True)
    again = json.loads(
        command("import", path / "good.geojson", *options(), "--json", "--dry-run")[1]
    )
    assert (again["unchanged"], again["created"], again["written"]) == (2, 0, False)


def test_import_with_a_refused_feature_says_all_and_writes_nothing(command, path):
    register("lille")
    code, out = command("import", path / "bad.geojson", *options(), "--json")
    said = json.loads(out)
    assert (code, said["written"], Area.objects.count()) == (2, False, 0)
    assert said["refusals"] == [
        {"position": 3, "name": "Lomme", "reason": "elle n’a pas de géométrie"}
    ]
    code, out = command("import", path / "bad.geojson", *options(), "--skip-refused")
    assert (code, Area.objects.count()) == (0, 2)
    assert "Refusée\u00a0: «\u00a0Lomme\u00a0»" in out


def test_import_passes_every_option_on(command, path):
    register("lille")
    command("import", path / "good.geojson", *options(precedence=7, crs="EPSG:4326", only="FIVES"))
    area = Area.objects.get()
    assert (area.code, area.precedence) == ("fives", 7)
    words = ["--collectivity", "lille", "--kind", "district", "--key-field", "code"]
    command("import", path / "good.geojson", *words, "--name-field", "nom")
    assert set(Area.objects.values_list("code", flat=True)) == {"1", "2"}
    (path / "one.geojson").write_text(json.dumps(feature(square(), nom="Fives")))
    command("import", path / "one.geojson", *options(), "--retire-missing")
    assert list(Area.objects.filter(retired_at=None).values_list("code", flat=True)) == ["fives"]


def test_unknown_collectivity_and_missing_file_are_refused(command, path):
    register("lille")
    with pytest.raises(NotFound, match=r"«\u00a0lomme\u00a0». Il y a\u00a0: lille"):
        command("import", path / "good.geojson", *options()[2:], "--collectivity", "lomme")
    with pytest.raises(Invalid, match="n’existe pas"):
        command("import", path / "none.geojson", *options())


def test_locate_tells_the_town_and_its_areas(command, path):
    register("lille", name="Ville de Lille")
    command("import", path / "good.geojson", *options())
    code, out = command("locate", LON + 0.005, LAT + 0.005)
    assert code == 0
    assert out.splitlines() == [
        "Ville de Lille (lille), ouverte",
        "  quartier\u00a0: Fives (fives)",
    ]
    said = json.loads(command("locate", LON + 0.005, LAT + 0.005, "--json")[1])
    assert said["collectivity"] == {"slug": "lille", "name": "Ville de Lille", "state": "open"}
    assert said["district"] == {
        "collectivity": "lille",
        "kind": "district",
        "code": "fives",
        "name": "Fives",
    }
    assert said["areas"] == [said["district"]]
    assert said["sector"] is None


def test_locate_nowhere_exits_with_1_and_takes_western_longitudes(command):
    assert command("locate", "-0.37", "49.18")[0] == 1
    code, out = command("locate", "-0.37", "49.18", "--json")
    assert (code, json.loads(out)["collectivity"]) == (1, None)


def test_locate_refuses_what_is_no_number(command):
    with pytest.raises(Invalid):
        command("locate", "nan", "49.18")
    with pytest.raises(SystemExit) as left:
        command("locate", "trois", "49.18")
    assert left.value.code == 2


def test_register_change_and_list(command):
    command(
        *("register", "lille", "--name", "Ville de Lille", "--prefix", "LIL", "--default"),
        *("--host", "lille.example", "--host", "hellemmes.example", "--deadline-days", "10"),
    )
    command("change", "lille", "--name", "Lille", "--duty-phone", "03 20 00 00 00")
    lille = Collectivity.objects.get()
    assert (lille.name, lille.hosts, lille.default_deadline_days, lille.is_default) == (
        "Lille",
        ["lille.example", "hellemmes.example"],
        10,
        True,
    )
    assert lille.duty_phone == "03 20 00 00 00"
    assert command("list") == (0, "lille\topen\tLille\t-\n")
    listed = json.loads(command("list", "--json")[1])["collectivities"]
    assert (listed[0]["slug"], listed[0]["areas"]) == ("lille", {})


def test_every_detail_of_a_collectivity_has_an_option():
    options = {field for _option, field, _metavar, _text in territory._DETAILS}
    options |= {"name", "default_deadline_days", "hosts", "is_default"}
    assert options == set(get_type_hints(Changes))
