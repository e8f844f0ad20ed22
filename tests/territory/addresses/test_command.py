"""`riverain addresses`: what it prints, for people and for programs, and its exit codes."""

import json

import pytest

from riverain.core.refusals import Invalid, NotFound
from riverain.site.commands import addresses
from riverain.territory.models import House
from tests.commanding import typed
from tests.territory.addresses.ban import lille, line, town_lines, write


@pytest.fixture
def command(db, capsys):
    return typed(addresses, capsys)


@pytest.fixture
def path(tmp_path):
    lille()
    lines = [*town_lines(), line(number=30, lon=""), line(number=32, lon="2.37", lat="51.03")]
    return write(tmp_path / "ban.csv", lines)


def test_import_says_what_it_did(command, path):
    code, out = command("import", path)
    assert code == 0
    assert "Adresses créées\u00a0: 70, mises à jour\u00a0: 0, supprimées\u00a0: 0" in out
    assert "1 ligne est hors des collectivités d’ici" in out
    assert "ligne 72, sa position (lon, lat) manque ou ne se lit pas" in out


def test_import_prints_one_object_for_a_program(command, path):
    said = json.loads(command("import", path, "--json")[1])
    assert (said["created"], said["outside"], said["refused"]) == (70, 1, 1)
    assert said["refusals"] == [
        {
            "line": 72,
            "id": "59350_0010_00030",
            "reason": "sa position (lon, lat) manque ou ne se lit pas",
        }
    ]
    assert said["communes"] == ["Lille (59350)"]


def test_a_dry_run_writes_nothing(command, path):
    assert "rien n’a été écrit" in command("import", path, "--dry-run")[1]
    assert not House.objects.exists()


def test_a_cut_file_is_refused_unless_the_loss_is_meant(command, path):
    command("import", path)
    write(path, town_lines()[:10])
    with pytest.raises(Invalid, match="--accept-loss"):
        command("import", path)
    assert command("import", path, "--partial")[0] == 0
    assert House.objects.count() == 70
    assert command("import", path, "--accept-loss")[0] == 0
    assert House.objects.count() == 10


def test_search_prints_what_is_found_and_says_when_nothing_is(command, path):
    command("import", path)
    code, out = command("search", "12 av jean jores")
    assert code == 0
    assert out == "3.001600 50.604000\t12 Avenue Jean Jaurès, 59000 Lille\thouse\n"
    said = json.loads(command("search", "13 rue carnot", "--collectivity", "lille", "--json")[1])
    assert said["answers"][0]["near"] == "12"
    assert command("search", "xqzw") == (1, "")


def test_search_on_the_pages_of_nobody_is_refused(command, path):
    with pytest.raises(NotFound, match="nulle-part"):
        command("search", "rue carnot", "--collectivity", "nulle-part")
