"""The two roles of the database: the owner migrates, the application reads and writes."""

import contextlib
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from riverain.audit.models import APPEND_ONLY

# Any number of ours: two migrations at once wait for one another on it.
_MIGRATION_LOCK = 7_365_001_984
# A migration that cannot get its lock soon gives up, rather than have every visitor queue behind
# it; one that runs for long was not written for a database in use.
_LOCK_TIMEOUT, _STATEMENT_TIMEOUT = "10s", "15min"

_NOT_THIS_VERSION = (
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.InvalidSchemaName,
)


@contextlib.contextmanager
def as_owner() -> Iterator[BaseDatabaseWrapper]:
    """Django's connection, in the owner's role for the time of the block."""
    wrapper = connections["default"]
    wrapper.close()
    application = dict(wrapper.settings_dict)
    wrapper.settings_dict.update(settings.OWNER_DATABASE)
    try:
        yield wrapper
    finally:
        wrapper.close()
        wrapper.settings_dict.clear()
        wrapper.settings_dict.update(application)


def migrate(*, verbosity: int) -> None:
    """Brings the schema to this version as the owner, then gives the application its rights."""
    application = str(settings.DATABASES["default"]["USER"])
    with as_owner() as owner:
        with owner.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
            cursor.execute(f"SET lock_timeout = '{_LOCK_TIMEOUT}'")
            cursor.execute(f"SET statement_timeout = '{_STATEMENT_TIMEOUT}'")
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        grant(owner, role=application)


def pending_migrations() -> list[str]:
    """The names of the migrations that this version brings and the database lacks: all of them
    where the application may not read which ones stand, as when the first migration was cut
    before it gave the application its rights.
    """
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.loader import MigrationLoader

    try:
        executor = MigrationExecutor(connection)
    except ProgrammingError as error:
        if not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise
        names = sorted(MigrationLoader(None).graph.nodes)
        return [f"{label}.{name}" for label, name in names]
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def wrong_rights() -> list[str]:
    """The tables on which the application's role has fewer rights than it needs, or more than it
    may have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_catalog.pg_class c"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
            " AND (NOT has_table_privilege(c.oid, 'SELECT')"
            "  OR NOT has_table_privilege(c.oid, 'INSERT')"
            "  OR c.relname = ANY(%s) AND (pg_get_userbyid(c.relowner) = current_user"
            "   OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')))"
            " ORDER BY c.relname",
            [list(APPEND_ONLY)],
        )
        return [row[0] for row in cursor.fetchall()]


def trouble(error: Exception, which: str) -> str:
    """The sentence for a database that cannot be used; empty for a fault of ours. `which` says
    where it is.
    """
    cause = error.__cause__ or error
    if isinstance(cause, _NOT_THIS_VERSION):
        with contextlib.suppress(DatabaseError):
            connections.close_all()
            if pending_migrations():
                return "The database is not at this version: run riverain migrate."
        return ""
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return f"The database refuses this ({first_line(error)}): riverain doctor looks at rights."
    # An option that DATABASE_URL should not have is refused before any server is asked.
    unasked = isinstance(cause, psycopg.ProgrammingError) and cause.sqlstate is None
    if isinstance(cause, psycopg.OperationalError) or (
        unasked and "connection option" in str(cause)
    ):
        return f"The database {which} cannot be used: {first_line(error)}."
    return ""


def first_line(error: BaseException) -> str:
    """What an error says, without its last stop: a server's answers run over several lines."""
    said = str(error).strip()
    return said.splitlines()[0].rstrip(".") if said else repr(error)


def grant(owner: BaseDatabaseWrapper, *, role: str) -> None:
    """Gives the application's role what it needs, and on the append-only log no more than to
    read and to add. Run by the owner after each migration; repeatable.
    """
    name = sql.Identifier(role)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public, numbers TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(
            name
        ),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(name),
        *(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
            for table in APPEND_ONLY
        ),
    ]
    # All or none: cut between two of them, the log would stand open.
    with transaction.atomic(), owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))
