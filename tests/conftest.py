"""The harness: real PostgreSQL with its two roles, no socket beyond this machine, every undefined
template variable a failure."""

# isort: off
from tests.harness import DATABASE, SERVER  # first: it sets the environment

import django

django.setup()

from tests.ui.strict import make_templates_strict, serve_plain_static_files

make_templates_strict()
serve_plain_static_files()
# isort: on

import ipaddress
import os
import socket
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as properties
from psycopg import sql

from tests import databases

# No test is timed: a busy machine is no failure.
properties.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("house")

pytest_plugins = ["tests.bounds", "tests.plugin_skips", "tests.town"]

_NO_RESET = ("django_migrations", "django_content_type", "auth_permission")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Workers inherit the environment: with this in it, pytest-django would read the settings
    before the worker has named a database of its own.
    """
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A new database, migrated by its owner; the tests then run in the application's role."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from riverain.site.database import grant

    databases.make(DATABASE)
    with django_db_blocker.unblock():
        connection = connections["default"]
        application = dict(connection.settings_dict)
        connection.settings_dict.update(settings.OWNER_DATABASE)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        grant(connection, role=application["USER"])
        connection.close()
        connection.settings_dict.update(application)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    databases.drop(DATABASE)


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker):
    """Lets a test commit (workers, threads, two connections), and empties the tables after it.

    Emptying the append-only log needs a superuser: this is its one reset.
    """
    from django.db import connections

    from riverain.core import versions

    with django_db_blocker.unblock():
        yield
        connections.close_all()
        with psycopg.connect(
            urlunsplit(urlsplit(SERVER)._replace(path=f"/{DATABASE}")), autocommit=True
        ) as server:
            # A thread of a test's server may still hold a table: that fails, and says so.
            server.execute("SET lock_timeout = '30s'")
            server.execute("SET session_replication_role = replica")
            tables = [
                row[0]
                for row in server.execute(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                    " AND tablename <> ALL(%s)",
                    [list(_NO_RESET)],
                )
            ]
            for (name,) in server.execute(
                "SELECT sequencename FROM pg_sequences WHERE schemaname = 'numbers'"
            ).fetchall():
                server.execute(sql.SQL("DROP SEQUENCE numbers.{}").format(sql.Identifier(name)))
            server.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(
                    sql.SQL(", ").join(map(sql.Identifier, tables))
                )
            )
        versions.forget()


@pytest.fixture(autouse=True)
def _fresh_versions():
    """What a rolled-back test left in memory is not believed by the next."""
    from riverain.core import versions

    versions.forget()


@pytest.fixture
def steady_memory(monkeypatch):
    """What is in memory stays believed for the whole test, however slow the machine, so that
    queries can be counted. An action that changes something is seen at once all the same."""
    from riverain.core import versions

    monkeypatch.setattr(versions, "FRESH_SECONDS", 3_600)


@pytest.fixture(autouse=True)
def _mails_on_time(monkeypatch):
    """Agents' pages ask every half minute whether mails are late: a test asks when it means to,
    so that queries can be counted."""
    import time

    from riverain.notifications import delay

    monkeypatch.setattr(delay, "_late", False)
    monkeypatch.setattr(delay, "_asked_at", time.monotonic() + 3600)


@pytest.fixture(autouse=True)
def _french_first():
    """A request in English leaves its language to the thread; no other test reads it."""
    from django.utils import translation

    yield
    translation.activate("fr")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch):
    """A test that reaches beyond this machine fails."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX:
            host = address[0]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
