"""`demo`: the whole product started, hurt, stopped and started again."""

import os
import re
import signal
import time
from argparse import Namespace
from pathlib import Path

import pytest

from riverain.config.env import SettingError
from riverain.site.bench.ground import free_port
from riverain.site.commands import demo
from riverain.site.database import as_owner, grant, pending_migrations, wrong_rights
from riverain.site.demo import filling
from tests.bounds import eventually
from tests.harness import APPLICATION
from tests.site.processes import answers, gone, run, start


def processes_of(home):
    """Every process that names the home or works in it, but those that ended."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
            settings = (entry / "environ").read_bytes().decode()
        except OSError:
            continue
        if str(home) in words or f"RIVERAIN_HOME={home}\0" in settings:
            found[int(entry.name)] = words
    return found


def one_that_runs(home, words):
    (pid,) = [pid for pid, said in processes_of(home).items() if words in said]
    return pid


@pytest.mark.slow
def test_the_demo_checks_itself_survives_its_parts_and_leaves_nothing_running(home):
    ours = {"RIVERAIN_HOME": str(home), "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
    code, output, errors = run("demo", "--check", **ours)
    assert code == 0, output + errors
    assert re.search(r"took a report and answered with the code [0-9A-Z]{4}-", output)
    assert re.search(r"LIL-\d{4}-\d+ is in Ville de Lille, Lille-Centre, for Direction", output)
    assert "Its mail is in" in output
    assert output.endswith("All is well.\n")
    assert processes_of(home) == {}

    port = free_port()
    second = start("demo", "--port", str(port), **ours)
    try:
        assert answers(port, "/readyz")
        code, _, errors = run("demo", "--port", str(port), **ours)
        assert code == 2
        assert f"Port {port} on 127.0.0.1 cannot be used" in errors
        code, _, errors = run("demo", "--fresh", "--port", str(free_port()), **ours)
        assert code == 2
        assert "Another command uses" in errors
        code, place, _ = run("territory", "locate", "3.0633", "50.6367", **ours)
        assert code == 0
        assert "Lille-Centre" in place

        for words in ("bin/postgres -D", "riverain.site worker", "embedded.keeper"):
            killed = one_that_runs(home, words)
            os.kill(killed, signal.SIGKILL)
            eventually(lambda: gone(killed))  # noqa: B023 - waited for at once
            assert answers(port, "/readyz")
    finally:
        started = time.monotonic()
        second.terminate()
        output, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert time.monotonic() - started < 15
    assert "towns, services, catalogue and people" not in output  # the data was there
    assert "coordination@demo.example" in output
    assert processes_of(home) == {}


def test_a_first_start_that_is_interrupted_may_be_begun_again(tmp_path, monkeypatch):
    """The mark stands before the first thing that takes time."""
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("RIVERAIN_HOME", str(tmp_path / "home"))
    for name in ("RIVERAIN_SECRET_KEY", "RIVERAIN_DEMO_PASSWORD"):
        monkeypatch.setenv(name, os.environ.get(name, "x" * 40))
    demo.before(Namespace(check=False, port=None, fresh=False))
    demo.remove_data()


def test_the_mark_is_not_set_on_data_of_somebody_else(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("RIVERAIN_HOME", str(tmp_path))
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", "x" * 40)
    (tmp_path / "postgres").mkdir()
    demo.before(Namespace(check=False, port=None, fresh=False))
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("table", ["django_migrations", "reports_report"])
def test_a_migration_that_was_cut_before_it_gave_the_rights_is_done_again(
    table, committed_db, tmp_path
):
    """The tables stand, and the application may not read them."""
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON {table} FROM {APPLICATION}")
    try:
        assert wrong_rights() == [table]
        assert bool(pending_migrations()) == (table == "django_migrations")
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(filling, "fill", lambda: None)
            demo.fill(tmp_path / "none yet")
        assert wrong_rights() == pending_migrations() == []
    finally:
        with as_owner() as owner:
            grant(owner, role=APPLICATION)


def test_fresh_leaves_data_that_the_demo_did_not_make(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("RIVERAIN_HOME", str(tmp_path))
    (tmp_path / "postgres").mkdir()
    (tmp_path / "files").mkdir()
    with pytest.raises(SettingError, match="the demo did not make"):
        demo.remove_data()
    assert (tmp_path / "files").is_dir()


def test_fresh_is_refused_on_a_database_of_one_s_own(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@/theirs")
    with pytest.raises(SettingError, match="the embedded database only"):
        demo.remove_data()


def test_fresh_removes_the_demo_s_own_data_and_no_more(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("RIVERAIN_HOME", str(home))
    for name in ("postgres", "files", "mail", "theirs"):
        (home / name).mkdir(parents=True)
    (home / "demo").touch()
    demo.remove_data()
    assert sorted(path.name for path in home.iterdir()) == [
        "demo",
        "postgres",
        "secrets",
        "theirs",
    ]
