"""How the background work stands: what is late, what a worker left, who works."""

from typing import Final

from django.db import connection

# From when it was to begin, or was asked for.
_LATE: Final = """
FROM procrastinate_jobs job WHERE status = 'todo' AND coalesce(
    scheduled_at, (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id)
) < now() - interval '5 minutes'"""
# A worker's heart beats every ten seconds.
_BEATS: Final = "last_heartbeat > now() - interval '1 minute'"


def some_are_late() -> bool:
    """Whether a job has been due for more than five minutes."""
    return bool(_asked(f"SELECT EXISTS (SELECT 1 {_LATE})"))


def late() -> int:
    """How many jobs have been due for more than five minutes."""
    return _asked(f"SELECT count(*) {_LATE}")


def left() -> int:
    """How many jobs were begun by a worker that has gone."""
    return _asked(
        "SELECT count(*) FROM procrastinate_jobs job"  # noqa: S608 - no value in it
        f" LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id AND worker.{_BEATS}"
        " WHERE job.status = 'doing' AND worker.id IS NULL"
    )


def workers() -> int:
    """How many workers run."""
    return _asked(f"SELECT count(*) FROM procrastinate_workers WHERE {_BEATS}")  # noqa: S608 - as above


def _asked(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        answer: int = cursor.fetchone()[0]
        return answer
