"""Periodic work of the guard."""

from procrastinate.contrib.django import app

from riverain.guard import blocking, limits


@app.periodic(cron="7,27,47 * * * *")
@app.task(name="guard.purge", queueing_lock="guard.purge")
def purge(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives the tick
    """Three times an hour: forgets what limits no longer need and blocks that have ended."""
    limits.purge()
    blocking.purge()
