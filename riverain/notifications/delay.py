"""Whether mails go out late, for a line on the agents' pages: residents are told nothing, since
nothing of theirs is lost. Asked of the database every half minute a process at most."""

import time
from typing import Final

from django.db import connection

FRESH_SECONDS: Final = 30.0

_late = False
_asked_at = float("-inf")


def mails_are_late() -> bool:
    """Whether a job has been due for more than five minutes: no worker runs, or too few."""
    global _late, _asked_at
    if time.monotonic() - _asked_at > FRESH_SECONDS:
        _late, _asked_at = _ask(), time.monotonic()
    return _late


def _ask() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE status = 'todo'"
            " AND coalesce(scheduled_at, (SELECT max(at) FROM procrastinate_events"
            "   WHERE job_id = j.id)) < now() - interval '5 minutes')"
        )
        found: bool = cursor.fetchone()[0]
        return found
