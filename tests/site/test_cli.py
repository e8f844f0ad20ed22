"""The command line, in processes of its own: output, exit codes, signals."""

import contextlib
import json
import os
import pkgutil
import signal
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import psycopg
import pytest
from django.db import ProgrammingError, connection

from riverain.core.refusals import Conflict
from riverain.site import __main__, cli, commands, doctor
from riverain.site.bench.ground import free_port
from riverain.site.database import as_owner, trouble
from riverain.site.embedded import Server
from tests import databases
from tests.bounds import eventually
from tests.harness import DATABASE, OWNER, role_url
from tests.site.processes import answers, children, gone, run, start

NAMES = sorted(found.name for found in pkgutil.iter_modules(commands.__path__))


def test_the_commands_of_the_public_contract_are_there():
    contract = {"serve", "worker", "migrate", "demo", "territory", "catalogue", "audit", "doctor"}
    assert contract <= set(NAMES)


def test_every_command_and_action_has_help_with_an_example(capsys):
    def parsers(parser, words):
        yield words
        for action in parser._actions:
            if isinstance(action.choices, dict):
                for name, inner in action.choices.items():
                    yield from parsers(inner, [*words, name])

    for words in list(parsers(cli.parser(), []))[1:]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*words, "--help"])
        text = capsys.readouterr().out
        assert ended.value.code == 0
        assert f"example:\n  riverain {words[0]}" in text, words
        assert " ".join(["usage: riverain", *words]) in text


def test_an_unknown_command_is_refused_and_the_known_ones_are_named(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["serv"])
    assert ended.value.code == 2
    assert "'serve'" in capsys.readouterr().err


@pytest.fixture
def command(monkeypatch):
    """A command for one test, in place of all others."""

    def place(run):
        module = ModuleType("riverain.site.commands.trial")
        module.__doc__ = "A trial."
        module.EXAMPLE = "riverain trial"
        module.add, module.run = lambda parser: None, run
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(
            pkgutil, "iter_modules", lambda path: [pkgutil.ModuleInfo(None, "trial", False)]
        )

    return place


def test_a_refusal_is_one_sentence_and_exit_code_2(command, capsys):
    def refuse(args):
        raise Conflict("Ce nom est déjà pris.")

    command(refuse)
    assert cli.main(["trial"]) == 2
    assert capsys.readouterr().err == "riverain: Ce nom est déjà pris.\n"


def test_a_fault_of_ours_keeps_its_trace(command):
    def fail(args):
        raise RuntimeError("a fault")

    command(fail)
    with pytest.raises(RuntimeError, match="a fault"):
        cli.main(["trial"])


def test_the_exit_code_of_a_command_is_carried(command):
    command(lambda args: 7)
    assert cli.main(["trial"]) == 7


def test_ctrl_c_is_quiet(command, capsys):
    def interrupt(args):
        signal.raise_signal(signal.SIGINT)

    command(interrupt)
    # A run in the background starts with the signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert cli.main(["trial"]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr() == ("", "")


def test_ctrl_c_is_quiet_while_the_command_line_is_loaded(monkeypatch, capsys):
    class Interrupted:
        def find_spec(self, name, path=None, target=None):
            if name == cli.__name__:
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, cli.__name__)
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    assert __main__.run() == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("RIVERAIN_PORT", "eighty", "RIVERAIN_PORT='eighty': write a whole number"),
        ("RIVERAIN_SECRET_KEY", "", "RIVERAIN_SECRET_KEY is not set: write a random text"),
    ],
)
def test_a_wrong_or_missing_setting_is_one_sentence(setting, value, sentence):
    code, output, errors = run("doctor", **{setting: value})
    assert (code, output) == (2, "")
    assert errors.startswith(f"riverain: {sentence}")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://nobody@127.0.0.1:9/none", "Connection refused"),
        ("postgresql://nobody@127.0.0.1:9/none?sslmod=off", 'invalid connection option "sslmod"'),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(url, why):
    code, output, errors = run("territory", "list", DATABASE_URL=url)
    assert (code, output) == (2, "")
    assert errors.startswith("riverain: The database of DATABASE_URL cannot be used: ")
    assert why in errors
    assert errors.count("\n") == 1


def test_a_database_before_its_first_migration_is_one_sentence():
    name = f"{DATABASE}_bare"
    databases.make(name)
    try:
        code, output, errors = run(
            *("territory", "list"),
            DATABASE_URL=role_url(OWNER, name),
            DATABASE_OWNER_URL=role_url(OWNER, name),
        )
    finally:
        databases.drop(name)
    assert (code, output) == (2, "")
    assert errors == "riverain: The database is not at this version: run riverain migrate.\n"


def test_a_table_that_is_missing_at_this_version_is_a_fault_of_ours(committed_db):
    with pytest.raises(ProgrammingError) as failed:
        connection.cursor().execute("SELECT 1 FROM none_such")
    assert trouble(failed.value, "here") == ""


def test_a_right_that_the_role_lacks_is_one_sentence(command, capsys, db):
    def fail(args):
        connection.cursor().execute("DELETE FROM audit_entry")

    command(fail)
    assert cli.main(["trial"]) == 2
    assert "The database refuses this (permission denied for table audit_entry)" in (
        capsys.readouterr().err
    )


def test_a_full_disk_under_the_embedded_database_is_said(command, capsys, monkeypatch, tmp_path):
    """PostgreSQL ends when it cannot write: that it went away tells nobody why."""
    full = Server(tmp_path)

    @contextlib.contextmanager
    def embedded():
        yield full

    def fail(args):
        raise psycopg.OperationalError("server closed the connection unexpectedly\nmore")

    monkeypatch.setenv("RIVERAIN_HOME", str(tmp_path))
    monkeypatch.setattr(cli.environment, "prepared", embedded)
    command(fail)
    said = []
    for free in (1_000_000, 10**12):
        monkeypatch.setattr(cli.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))  # noqa: B023
        assert cli.main(["trial"]) == 2
        said.append(capsys.readouterr().err)
    full_disk, other = said
    assert full_disk.startswith(f"riverain: The disk of {tmp_path} is full: make room")
    assert other.startswith(
        f"riverain: The database under {tmp_path} cannot be used: server closed"
    )
    assert [text.count("\n") for text in said] == [1, 1]


def test_a_folder_that_is_none_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    code, output, errors = run(
        "serve", "--port", str(free_port()), RIVERAIN_HOME=str(tmp_path / "file")
    )
    assert (code, output) == (2, "")
    assert errors.startswith(
        f"riverain: {tmp_path}/file/static cannot be written or read (Not a dir"
    )
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["serve", "--workers", "0"],
        ["serve", "--threads", "-1"],
        ["worker", "--concurrency", "0"],
    ],
)
def test_no_process_and_no_thread_is_refused(words, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert f"{words[-1]} is too few: write 1 or more" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_fault():
    process = start("doctor", "--json")
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    assert "Traceback" not in errors


def test_serve_answers_replaces_a_killed_process_and_stops_at_once(django_db_setup):
    port = free_port()
    server = start("serve", "--port", str(port), "--workers", "1")
    try:
        assert answers(port)
        code, _, errors = run("serve", "--port", str(port))
        assert code == 2
        assert f"Port {port} on 127.0.0.1 cannot be used" in errors

        (worker,) = children(server.pid)
        os.kill(worker, signal.SIGKILL)
        eventually(lambda: children(server.pid) not in ([worker], []))
        assert answers(port)

        started = time.monotonic()
        server.terminate()
        assert server.wait(10) == 0
        assert time.monotonic() - started < 5
    finally:
        server.kill()
        server.communicate()


def test_serve_stops_at_once_while_its_processes_start(django_db_setup):
    server = start("serve", "--port", str(free_port()), "--workers", "2")
    try:
        eventually(lambda: children(server.pid))
        started = time.monotonic()
        server.terminate()
        _, errors = server.communicate(timeout=20)
        assert "refused to gracefully stop" not in errors
        assert time.monotonic() - started < 5
    finally:
        server.kill()
        server.communicate()


def test_the_processes_of_a_killed_server_do_not_keep_its_port(django_db_setup):
    port = free_port()
    server = start("serve", "--port", str(port), "--workers", "2")
    try:
        assert answers(port)
        workers = children(server.pid)
        assert len(workers) == 2
    finally:
        server.kill()
        server.communicate()
    eventually(lambda: all(gone(pid) for pid in workers))


def test_the_worker_comes_back_when_the_database_does_and_stops_at_once(home):
    embedded = {"RIVERAIN_HOME": str(home), "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
    with Server(home) as server:

        def do_a_job():
            with psycopg.connect(server.app_url(), autocommit=True) as connection:
                (job,) = connection.execute(
                    "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES"
                    " ('upkeep', 'riverain.site.tasks.delete_finished', '{\"timestamp\": 0}')"
                    " RETURNING id"
                ).fetchone()
                asked = "SELECT status = 'succeeded' FROM procrastinate_jobs WHERE id = %s"
                eventually(lambda: connection.execute(asked, [job]).fetchone()[0], seconds=40)

        def answering():
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(server.app_url()).close()
                return True

        assert run("migrate", **embedded)[0] == 0
        worker = start("worker", **embedded)
        try:
            do_a_job()
            data = Path(server.home.socket.read_text()).parent / "data"
            killed = int((data / "postmaster.pid").read_text().splitlines()[0])
            os.kill(killed, signal.SIGKILL)
            eventually(answering)
            do_a_job()
        finally:
            started = time.monotonic()
            worker.terminate()
            _, errors = worker.communicate(timeout=30)
        assert worker.returncode == 0
        assert time.monotonic() - started < 10
        assert "The worker lost the database and tries again in 0.5 seconds." in errors
        assert "Traceback" not in errors


@pytest.mark.django_db
def test_doctor_says_what_is_well_and_what_is_not(capsys):
    assert cli.main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("ok     settings") for line in lines)
    assert any(line.startswith("ok     roles") for line in lines)
    assert any(line.startswith("ok     migrations") for line in lines)
    assert any(line.startswith("WRONG  jobs") and "No worker runs" in line for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("https", "proxies", "is_wrong"),
    [(True, [], True), (True, ["10.0.0.0/8"], False), (False, [], False)],
)
def test_doctor_misses_the_proxy_that_speaks_https(capsys, settings, https, proxies, is_wrong):
    """All visitors would count as one, and be refused together."""
    settings.HTTPS, settings.TRUSTED_PROXIES = https, proxies
    cli.main(["doctor"])
    assert ("RIVERAIN_TRUSTED_PROXIES is empty" in capsys.readouterr().out) == is_wrong


@pytest.mark.django_db
def test_doctor_finds_a_misspelt_setting(capsys, monkeypatch):
    """It would be believed to be set, and is not."""
    for name in ("RIVERAIN_PROOF_OFF_WORK", "RIVERAIN_MAIL_FILE", "RIVERAIN_DEMO_PASSWORD_FILE"):
        monkeypatch.setenv(name, "x")
    cli.main(["doctor"])
    assert "No setting is called RIVERAIN_PROOF_OFF_WORK: " in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hosts", "is_wrong"),
    [(["localhost"], True), (["signalement.ville.example"], False), ([".ville.example"], False)],
)
def test_doctor_finds_an_address_whose_visitors_are_refused(capsys, settings, hosts, is_wrong):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://signalement.ville.example", hosts
    cli.main(["doctor"])
    assert ("RIVERAIN_ALLOWED_HOSTS does not hold" in capsys.readouterr().out) == is_wrong


@pytest.mark.django_db
@pytest.mark.parametrize("sender", ["ne-pas-repondre@demo.example", "mairie@ville.example"])
def test_doctor_finds_mails_in_the_name_of_the_demo(capsys, settings, sender):
    from riverain.config.env import Mail

    settings.MAIL = Mail(folder=None, host="127.0.0.1", port=free_port())
    settings.DEFAULT_FROM_EMAIL = sender
    cli.main(["doctor"])
    assert ("set RIVERAIN_MAIL_FROM" in capsys.readouterr().out) == ("demo" in sender)


@pytest.mark.django_db
def test_doctor_speaks_json(capsys):
    assert cli.main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is False
    assert {finding["about"] for finding in told["findings"]} >= {"settings", "database", "jobs"}


def test_doctor_says_that_the_database_cannot_be_reached():
    code, output, errors = run("doctor", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert code == 1
    assert "WRONG  database" in output
    assert "Connection refused" in output
    assert errors == ""


def test_doctor_says_that_the_mail_server_cannot_be_reached(capsys, settings, db):
    from riverain.config.env import Mail

    settings.MAIL = Mail(folder=None, host="127.0.0.1", port=free_port())
    assert cli.main(["doctor"]) == 1
    assert "WRONG  mail" in capsys.readouterr().out


def test_doctor_finds_a_role_that_may_change_the_log(committed_db):
    assert [finding.well for finding in doctor._roles()] == [True]
    with as_owner():
        (finding,) = doctor._roles()
    assert not finding.well
    assert "audit_entry" in finding.sentence
