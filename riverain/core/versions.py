"""Which version of the territory, the organisation or the catalogue is current.

Processes keep these in memory, keyed by the version. Asking costs one query a second a process
at most: a change is seen everywhere within that second, and at once in the process that made it.
A transaction that makes a version sees it alone until it commits: another thread that took it
for current would keep the old rows under the new name.
"""

import threading
import time

from django.db import connection, transaction

from riverain.core.models import Version

FRESH_SECONDS = 1.0

_lock = threading.Lock()
_seen: dict[str, int] = {}
_seen_at = float("-inf")


def current(name: str) -> int:
    """The version of `name`, at most one second old; 0 when it was never bumped."""
    global _seen, _seen_at
    if _bumped_here():
        return _read().get(name, 0)
    if time.monotonic() - _seen_at > FRESH_SECONDS:
        values = _read()
        with _lock:
            _seen, _seen_at = values, time.monotonic()
    return _seen.get(name, 0)


def bump(name: str) -> None:
    """Makes a new version of `name`, in the caller's transaction.

    The value is the instant in microseconds, never a count: a count taken by a transaction that
    rolls back would come again with another content.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_version (name, value)"
            " VALUES (%s, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)"
            " ON CONFLICT (name) DO UPDATE"
            " SET value = greatest(core_version.value + 1, excluded.value)",
            [name],
        )
    connection.riverain_bumped_in = _transaction()  # type: ignore[attr-defined]
    forget()
    transaction.on_commit(forget)


def forget() -> None:
    """Makes the next `current` ask the database."""
    global _seen_at  # noqa: PLW0603 - one copy a process is the point
    with _lock:
        _seen_at = float("-inf")


def _read() -> dict[str, int]:
    return dict(Version.objects.order_by("name").values_list("name", "value"))


def _transaction() -> object | None:
    """What stands for the running transaction; a test's own is not the caller's."""
    blocks = connection.atomic_blocks
    return next((block for block in blocks if not getattr(block, "_from_testcase", False)), None)


def _bumped_here() -> bool:
    block = _transaction()
    return block is not None and getattr(connection, "riverain_bumped_in", None) is block
