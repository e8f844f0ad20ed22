"""The embedded PostgreSQL under its keeper: real servers, killed for real."""

import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from riverain.site.embedded import EmbeddedError, Server, cluster
from tests.bounds import eventually
from tests.site.processes import gone

ROOT = Path(__file__).resolve().parents[2]

# A command that uses the server until its input closes.
USER = """
import sys
from pathlib import Path
from riverain.site.embedded import Server
with Server(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


def ask(url, statement, *values):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def ask_again(url, statement):
    """Of a server that is coming back."""

    def asked():
        with suppress(psycopg.OperationalError):
            return ask(url, statement)

    return eventually(asked)


def postmaster(server):
    data = Path(server.home.socket.read_text()).parent / "data"
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def keeper(server):
    """The keeper is the postmaster's parent."""
    return int(Path(f"/proc/{postmaster(server)}/stat").read_text().split()[3])


def user(home):
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process):
    process.stdin.close()
    process.stdout.close()
    assert process.wait(60) == 0


def test_a_second_start_finds_the_data(home):
    with Server(home) as server:
        ask(server.owner_url(), "CREATE TABLE kept AS SELECT 'here' AS word")
    with Server(home) as server:
        assert ask(server.owner_url(), "SELECT word FROM kept") == ("here",)


def test_nothing_is_left_running_after_the_last_stop(home):
    with Server(home) as server:
        processes = [postmaster(server), keeper(server)]
    assert [pid for pid in processes if not gone(pid)] == []


def test_the_server_killed_comes_back_with_its_data(home):
    with Server(home) as server:
        ask(server.owner_url(), "CREATE TABLE kept AS SELECT 'here' AS word")
        killed = postmaster(server)
        os.kill(killed, signal.SIGKILL)
        assert ask_again(server.owner_url(), "SELECT word FROM kept") == ("here",)
        assert postmaster(server) != killed


def test_a_killed_keeper_takes_its_server_along_and_is_revived(home):
    with Server(home) as server:
        processes = [postmaster(server), keeper(server)]
        os.kill(processes[1], signal.SIGKILL)
        eventually(lambda: not server.kept())
        server.revive()
        assert ask(server.app_url(), "SELECT 1") == (1,)
        assert [pid for pid in processes if not gone(pid)] == []


def test_a_command_that_ends_leaves_the_server_to_the_others(home):
    first = user(home)
    second = user(home)
    with Server(home) as server:
        running = postmaster(server)
        let_go(first)  # the one that started it
        assert ask(server.app_url(), "SELECT 1") == (1,)
        let_go(second)
        assert postmaster(server) == running


def test_commands_that_start_together_share_one_server(home):
    commands = [
        subprocess.Popen(
            [sys.executable, "-c", USER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(3)
    ]
    for command in commands:
        assert command.stdout.readline() == "ready\n"
    with Server(home) as server:
        assert ask(server.app_url(), "SELECT current_user") == ("riverain_app",)
    for command in commands:
        let_go(command)


def test_a_killed_command_does_not_keep_the_server_up(home):
    command = user(home)
    server = Server(home)
    running = postmaster(server)
    command.kill()
    command.communicate()
    eventually(lambda: gone(running))
    eventually(lambda: not server.kept())


def test_a_pid_file_whose_number_belongs_to_another_program_is_no_obstacle(home):
    with Server(home) as server:
        data = Path(server.home.socket.read_text()).parent / "data"
    with subprocess.Popen(["sleep", "60"]) as other:
        # As after a restart of the machine: the numbers are given out anew.
        shared_memory = "0 0"
        lines = [str(other.pid), str(data), "0", "5432", "", "", shared_memory, "ready"]
        (data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        with Server(home) as server:
            assert ask(server.app_url(), "SELECT 1") == (1,)
        assert other.poll() is None
        other.kill()


def test_a_server_that_cannot_run_is_given_up_with_its_own_words(home):
    with Server(home) as server:
        data = Path(server.home.socket.read_text()).parent / "data"
    (data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(EmbeddedError, match=r"stopped 5 times .* incompatible"):
        Server(home).start()
    assert not Server(home).kept()


def test_a_long_home_gets_its_socket_on_a_short_path(folder):
    deep = folder / ("a-very-long-name" * 6) / ("another" * 6)
    try:
        with Server(deep) as server:
            socket = Path(server.home.socket.read_text())
            assert len(os.fsencode(socket / ".s.PGSQL.5432.lock")) <= 107
            assert stat.S_IMODE(socket.stat().st_mode) == 0o700
            assert ask(server.app_url(), "SELECT 1") == (1,)
    finally:
        Server(deep).remove()
    assert not socket.exists()


def test_a_folder_of_somebody_else_at_the_place_of_the_socket_is_refused(folder):
    runner = cluster.Runner("somebody", os.geteuid(), os.getegid())
    open_folder, link = folder / "open", folder / "link"
    open_folder.mkdir()
    open_folder.chmod(0o777)
    link.symlink_to(open_folder)
    for path in (open_folder, link):
        with pytest.raises(EmbeddedError, match="is not: move it away"):
            cluster._own_folder(path, runner)


def test_each_role_has_its_rights_and_no_more(home):
    with Server(home) as server:
        ask(server.owner_url(), "CREATE EXTENSION pg_trgm")
        ask(server.owner_url(), "CREATE TABLE ours (n int)")
        for statement in ("CREATE TABLE mine (n int)", "SELECT * FROM ours", "DROP TABLE ours"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(server.app_url(), statement)
        for url in (server.app_url(), server.owner_url()):
            assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == (
                False,
            )
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(url, "CREATE DATABASE another")
            with pytest.raises(psycopg.OperationalError):
                ask(
                    url.replace(server.home.secret("riverain_app"), "wrong").replace(
                        server.home.secret("riverain_owner"), "wrong"
                    ),
                    "SELECT 1",
                )


def test_the_server_is_durable_and_listens_nowhere_but_on_its_socket(home):
    with Server(home) as server:
        url = server.superuser_url()
        assert ask(url, "SHOW fsync") == ("on",)
        assert ask(url, "SHOW synchronous_commit") == ("on",)
        assert ask(url, "SHOW full_page_writes") == ("on",)
        assert ask(url, "SHOW listen_addresses") == ("",)
        assert ask(url, "SELECT lower('ÉÀÇ')") == ("éàç",)


def test_the_log_of_the_server_holds_no_value_of_a_failed_statement(home):
    with Server(home) as server:
        ask(server.owner_url(), "CREATE TABLE people (name text CHECK (name = ''))")
        with pytest.raises(psycopg.errors.CheckViolation):
            ask(server.owner_url(), "INSERT INTO people VALUES ('Zénobie')")
        log = server.home.log.read_text()
    assert "violates check constraint" in log
    assert "Zénobie" not in log


def test_secrets_are_closed_to_others(home):
    with Server(home) as server:
        assert stat.S_IMODE(server.home.secrets.stat().st_mode) == 0o700
        modes = {stat.S_IMODE(path.stat().st_mode) for path in server.home.secrets.iterdir()}
        assert modes == {0o600}
        assert stat.S_IMODE(server.home.log.stat().st_mode) == 0o600


def test_data_in_use_is_not_removed(home):
    command = user(home)
    with pytest.raises(EmbeddedError, match="Another command uses"):
        Server(home).remove()
    let_go(command)
    Server(home).remove()
    assert not (home / "postgres" / "data").exists()


def test_a_home_that_cannot_be_written_is_a_sentence(folder):
    (folder / "file").write_text("")
    with pytest.raises(EmbeddedError, match="set RIVERAIN_HOME to a folder of yours"):
        Server(folder / "file" / "home").start()


def test_a_closed_folder_above_keeps_its_rights_and_the_data_goes_elsewhere(folder):
    """As root the server runs as another user, who cannot pass through a clone under /root.

    As an ordinary user nothing changes hands: the data stays under the home.
    """
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "home"
    try:
        with Server(home) as server:
            data = Path(server.home.socket.read_text()).parent / "data"
            assert ask(server.app_url(), "SELECT 1") == (1,)
            assert stat.S_IMODE(closed.stat().st_mode) == 0o700
            assert stat.S_IMODE(data.stat().st_mode) == 0o700
            assert data.is_relative_to(home) == (os.geteuid() != 0)
            assert data.stat().st_uid != 0
            assert not data.parent.stat().st_mode & stat.S_IRWXO or data.is_relative_to(home)
        with Server(home) as server:
            assert (Path(server.home.socket.read_text()).parent / "data") == data
    finally:
        Server(home).remove()
    assert not data.exists()
