"""`riverain reports import`: what it prints, the file of refused rows, its refusals; and the two
thousand reports of Paris, where the folder beside the project holds them.
"""

import argparse
import csv
import json
from pathlib import Path

import pytest

from riverain.core.refusals import Invalid, NotFound
from riverain.reports.models import Report
from riverain.site.commands import reports
from riverain.site.demo import town as demo
from tests.commanding import typed
from tests.reports.importing import MAPPING, row, text

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "paris-dansmarue-2000.csv"
PARIS = Path(demo.__file__).with_name("paris-dansmarue.yaml")


@pytest.fixture
def command(capsys):
    return typed(reports, capsys, "import")


@pytest.fixture
def files(tmp_path):
    """A right mapping, and the words that name it."""
    path = tmp_path / "plan.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return tmp_path, ["--collectivity", "lille", "--mapping", path]


def written(folder, content: str, encoding="utf-8") -> Path:
    path = folder / "old.csv"
    path.write_text(content, encoding=encoding, newline="")
    return path


def test_counts_and_refusals_are_printed(city, command, files):
    folder, words = files
    bad = [row(f"B{number}", datedecl="hier") for number in range(21)]
    code, out = command(written(folder, text(row("G1"), *bad)), *words)
    assert code == 1
    assert out.startswith(
        "Lignes lues : 22. Signalements créés : 1 (dont 1 dans une zone du territoire),"
        " déjà là : 0, refusés : 21.\n"
        "  ligne 3, B0 : «"
    )
    assert out.endswith("  et 1 autre (--refused FICHIER les a toutes)\n")


def test_progress_on_a_terminal_leaves_a_line_of_its_own_to_the_report(
    city, capsys, files, monkeypatch
):
    folder, words = files
    monkeypatch.setattr(reports.sys.stderr, "isatty", lambda: True)
    parser = argparse.ArgumentParser()
    reports.add(parser)
    path = written(folder, text(row("G1")))
    args = parser.parse_args(["import", *map(str, (path, *words))])
    args.run(args)
    assert capsys.readouterr().err == "\r1 rows read, 1 created\n"


def test_a_program_reads_one_json_object(city, command, files):
    folder, words = files
    path = written(folder, text(row("G1"), row("G2", datedecl="")))
    code, out = command(path, *words, "--json")
    assert code == 1
    assert json.loads(out) == {
        "read": 2,
        "created": 1,
        "known": 0,
        "located": 1,
        "refused": [{"line": 3, "id": "G2", "reason": "La date de réception manque."}],
    }


def test_no_cell_of_the_refused_file_is_a_formula(city, command, files):
    folder, words = files
    formulas = ['=HYPERLINK("https://x.example")', "+1", "-1", "@SUM(A1)"]
    content = text(*(row(formula, datedecl="") for formula in formulas))
    command(written(folder, content), *words, "--refused", folder / "refused.csv")
    with (folder / "refused.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["line", "id", "reason"]
    assert [one[1] for one in rows[1:]] == [f"'{formula}" for formula in formulas]


def test_a_mark_of_unicode_before_the_header_is_nothing(city, command, files):
    folder, words = files
    code, _out = command(written(folder, text(row("G1")), "utf-8-sig"), *words)
    assert (code, Report.objects.count()) == (0, 1)


def test_another_encoding_is_said_and_the_right_one_read(city, command, files):
    folder, words = files
    path = written(folder, text(row("G1")), "cp1252")
    with pytest.raises(Invalid, match=r"celui de la correspondance \(utf-8-sig\)"):
        command(path, *words)
    words[-1].write_text(MAPPING + "encodage: utf-16\n", encoding="utf-8")
    with pytest.raises(Invalid, match=r"celui de la correspondance \(utf-16\)"):
        command(path, *words)
    words[-1].write_text(MAPPING + "encodage: cp1252\n", encoding="utf-8")
    command(path, *words)
    assert Report.objects.get().type.code == "sac-plein"


def test_an_encoding_that_goes_wrong_later_keeps_what_came_before(city, command, files):
    folder, words = files
    good = text(*(row(f"G{number}") for number in range(400)), row("bad"))
    path = folder / "old.csv"
    path.write_bytes(good.encode().replace("bad,Propreté".encode(), b"bad,Propret\xe9"))
    with pytest.raises(Invalid, match=r"Après la ligne \d+"):
        command(path, *words)
    path.write_text(good, encoding="utf-8", newline="")
    command(path, *words)
    assert Report.objects.count() == 401


def test_semicolons_are_read_where_the_mapping_says_so(city, command, files):
    folder, words = files
    words[-1].write_text(MAPPING + 'séparateur: ";"\n', encoding="utf-8")
    plain = text(row("G1", adresse="rue Henner", geo_point_2d="")).replace(",", ";")
    command(written(folder, plain), *words)
    assert Report.objects.get().address == "rue Henner"


def test_what_cannot_be_used_is_refused_before_a_row_is_read(city, command, files):
    folder, words = files
    path = written(folder, text(row("G1")))
    with pytest.raises(Invalid, match="lomme: it takes no reports here"):
        command(path, "--collectivity", "lomme", *words[2:])
    with pytest.raises(NotFound, match=r"« nowhere »\. Il y a : caen, hellemmes, lille, lomme"):
        command(path, "--collectivity", "nowhere", *words[2:])
    with pytest.raises(Invalid, match=r"absent\.csv"):
        command(folder / "absent.csv", *words)
    with pytest.raises(Invalid, match=r"absent\.yaml: No such file"):
        command(path, *words[:3], folder / "absent.yaml")
    (folder / "old.yaml").write_bytes("reçu le".encode("cp1252"))
    with pytest.raises(Invalid, match="pas enregistrée en UTF-8"):
        command(path, *words[:3], folder / "old.yaml")
    with pytest.raises(Invalid, match=str(folder)):
        command(path, *words, "--refused", folder)
    assert Report.objects.count() == 0


if REAL.exists():

    @pytest.mark.slow
    def test_two_thousand_reports_of_paris_go_in_once(db, command):
        demo.make()
        words = [REAL, "--collectivity", "paris", "--mapping", PARIS, "--json"]
        code, out = command(*words)
        assert code == 0
        first = json.loads(out)
        assert (first["read"], first["created"], first["refused"]) == (2000, 2000, [])
        assert first["located"] == 0
        second = json.loads(command(*words)[1])
        assert (second["created"], second["known"], second["refused"]) == (0, 2000, [])
        assert Report.objects.filter(collectivity__slug="paris").count() == 2000
        channels = {"mobile": 1911, "web": 72, "field": 17}
        for channel, count in channels.items():
            assert Report.objects.filter(channel=channel).count() == count
        assert not Report.objects.exclude(due_at=None).exists()
