"""How often one may do a thing. PostgreSQL counts, for all processes and machines together.

A window begins with the first try and lasts `per_seconds`; within it at most `limit` tries pass,
whatever comes at the same time. Spend before the transaction that the limit protects: a try that
fails and rolls back must count all the same.
"""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riverain.core import clock
from riverain.core.refusals import TooMany
from riverain.guard.rules import window_id

# Name of the limit, key that is counted (a client's address, an e-mail…), how many, in how long.
Limit: TypeAlias = tuple[str, str, int, int]

# Rows deleted by one statement of the purge.
BATCH = 10_000

_MINUTE, _HOUR = 60, 3_600

# Rows are taken in the order of their identifiers, so that two statements never wait crosswise.
_CHARGE = """
INSERT INTO guard_window AS held (id, spent, ends_at)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[]) AS new (id, spent, ends_at)
ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    spent = CASE WHEN held.ends_at > %s THEN held.spent + excluded.spent ELSE excluded.spent END,
    ends_at = CASE WHEN held.ends_at > %s THEN held.ends_at ELSE excluded.ends_at END
RETURNING id, spent, ends_at
"""
_GIVE_BACK = """
WITH mine AS (
    SELECT held.id, new.cost
    FROM guard_window AS held
    JOIN unnest(%s::uuid[], %s::int[], %s::timestamptz[]) AS new (id, cost, ends_at)
        USING (id, ends_at)
    ORDER BY held.id
    FOR UPDATE OF held
)
UPDATE guard_window SET spent = spent - mine.cost FROM mine WHERE guard_window.id = mine.id
"""
_PURGE = """
DELETE FROM guard_window WHERE id IN (
    SELECT id FROM guard_window WHERE ends_at <= %s LIMIT %s FOR UPDATE SKIP LOCKED
)
"""


def spend(name: str, key: str, *, limit: int, per_seconds: int, cost: int = 1) -> None:
    """Counts one try at `name` by `key`. Raises TooMany, as `spend_all` does; with a `cost` of 0
    it only asks, spends nothing, and refuses once more than `limit` is spent."""
    spend_all([(name, key, limit, per_seconds)], cost=cost)


def spend_all(limits: Iterable[Limit], *, cost: int = 1) -> None:
    """Counts one try against each limit, in one round trip.

    Raises TooMany when one is passed, with the seconds to wait until all would let it through;
    nothing is then spent of any of them, so that who is refused by one limit does not use up
    another that is shared. Raises RuntimeError inside a transaction. Does nothing with the
    setting LIMITS off.
    """
    if not settings.LIMITS:
        return
    asked = {window_id(name, key, per): (limit, per) for name, key, limit, per in limits}
    if not asked:
        return
    now = clock.now()
    held = _charge({window: per for window, (_limit, per) in asked.items()}, cost, now)
    passed = [ends for window, (spent, ends) in held.items() if spent > asked[window][0]]
    if passed:
        _give_back(held, cost)
        seconds = max(1, math.ceil((max(passed) - now).total_seconds()))
        raise TooMany(
            _("Trop de demandes en peu de temps : réessayez dans %(wait)s.")
            % {"wait": _duration(seconds)},
            retry_after=seconds,
        )


def once(name: str, key: str, *, per_seconds: int) -> bool:
    """Whether this is the first time in `per_seconds` that `key` comes, also with LIMITS off.
    Raises RuntimeError inside a transaction."""
    held = _charge({window_id(name, key, per_seconds): per_seconds}, 1, clock.now())
    return all(spent == 1 for spent, _ends in held.values())


def purge() -> int:
    """Deletes the windows that have ended, in batches. Returns how many."""
    total, deleted = 0, BATCH
    while deleted == BATCH:
        with connection.cursor() as cursor:
            cursor.execute(_PURGE, [clock.now(), BATCH])
            deleted = cursor.rowcount
        total += deleted
    return total


def _charge(windows: dict[UUID, int], cost: int, now: datetime) -> dict[UUID, tuple[int, datetime]]:
    """Adds `cost` to each window (identifier: length in seconds); says what each holds now."""
    _refuse_in_transaction()
    ends = [now + timedelta(seconds=per) for per in windows.values()]
    with connection.cursor() as cursor:
        cursor.execute(_CHARGE, [list(windows), [cost] * len(windows), ends, now, now])
        return {window: (spent, ends_at) for window, spent, ends_at in cursor.fetchall()}


def _give_back(held: dict[UUID, tuple[int, datetime]], cost: int) -> None:
    """Takes a refused try off the windows that counted it, unless they have begun anew."""
    ends = [ends_at for _spent, ends_at in held.values()]
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [list(held), [cost] * len(held), ends])


def _refuse_in_transaction() -> None:
    """As `atomic(durable=True)` does, without its two round trips; a test's own transaction is
    not the caller's."""
    blocks = connection.atomic_blocks
    if blocks and not getattr(blocks[-1], "_from_testcase", False):
        raise RuntimeError("limits are spent before the transaction: its roll-back would undo them")


def _duration(seconds: int) -> str:
    """How long to wait, for a person: rounded up to a whole second, minute or hour."""
    if seconds < _MINUTE:
        return ngettext("%(n)s seconde", "%(n)s secondes", seconds) % {"n": seconds}
    minutes = math.ceil(seconds / _MINUTE)
    if minutes < _HOUR / _MINUTE:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = math.ceil(seconds / _HOUR)
    return ngettext("%(n)s heure", "%(n)s heures", hours) % {"n": hours}
