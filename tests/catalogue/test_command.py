"""`riverain catalogue import` and `export`, as they are typed."""

import io
import json
import sys

import pytest

from riverain.site.cli import main
from tests.catalogue.made import a_type, written


@pytest.fixture
def run(town, capsys):
    def run(*arguments):
        code = main(["catalogue", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_what_is_imported_is_exported(run, tmp_path):
    file = tmp_path / "catalogue.yaml"
    file.write_text(written(a_type("a"), a_type("b")), encoding="utf-8")
    code, out, err = run("import", str(file), "--collectivity", "lille")
    assert (code, err) == (0, "")
    assert "2 en plus" in out
    assert run("export", "--collectivity", "lille") == (0, file.read_text(encoding="utf-8"), "")


def test_json_is_one_object(run, tmp_path):
    file = tmp_path / "catalogue.yaml"
    file.write_text(written(a_type("a")), encoding="utf-8")
    _code, out, _err = run("import", str(file), "--collectivity", "lille", "--json")
    assert json.loads(out)["types"]["created"] == 1
    _code, out, _err = run("export", "--collectivity", "lille", "--json")
    said = json.loads(out)
    assert (said["collectivity"], said["file"]) == ("lille", file.read_text(encoding="utf-8"))


def test_a_file_with_mistakes_shows_them_all_and_writes_nothing(run, tmp_path):
    file = tmp_path / "catalogue.yaml"
    text = written(a_type("a"), a_type("b")).replace("nom: A", "nom:").replace("nom: B", "non: B")
    file.write_text(text, encoding="utf-8")
    code, out, err = run("import", str(file), "--collectivity", "lille")
    assert (code, out) == (2, "")
    assert "types › a › nom" in err
    assert "types › b › non" in err
    code, out, _err = run("import", str(file), "--collectivity", "lille", "--json")
    assert code == 2
    assert [len(one["path"]) for one in json.loads(out)["refused"]] == [5, 4, 5]
    assert run("export", "--collectivity", "lille")[1] == "familles: []\n\nroutage: []\n"


def test_the_standard_input_is_read_too(run, monkeypatch):
    typed = io.TextIOWrapper(io.BytesIO(written(a_type("a")).encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    assert run("import", "-", "--collectivity", "lille")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "nowhere.yaml", "--collectivity", "lille"), "nowhere.yaml"),
        (("import", ".", "--collectivity", "lille"), "."),
        (("export", "--collectivity", "atlantide"), "caen, lille"),
        (("import", "x", "--collectivity", "atlantide"), "atlantide"),
    ],
)
def test_a_wrong_argument_is_refused_in_a_sentence(run, arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
