"""The two roles of the database: the owner migrates, the application reads and writes."""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from riverain.audit.models import APPEND_ONLY


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
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))
