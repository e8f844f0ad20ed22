"""Databases of the tests: made empty, dropped at the end, on the server of `tests.harness`."""

import psycopg
from psycopg import sql

from tests.harness import APPLICATION, OWNER, SERVER


def make(name: str) -> None:
    """A new database of the owner's; one of that name goes, whoever is connected to it. The two
    roles are made where the server has none yet."""
    for role in (OWNER, APPLICATION):
        _do(
            "DO $$ BEGIN CREATE ROLE {} LOGIN PASSWORD 'test';"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
            sql.Identifier(role),
        )
    drop(name)
    _do(
        "CREATE DATABASE {} OWNER {} TEMPLATE template0"
        " ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'",
        sql.Identifier(name),
        sql.Identifier(OWNER),
    )


def drop(name: str) -> None:
    _do("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))


def _do(statement: str, *names: sql.Identifier) -> None:
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*names))
