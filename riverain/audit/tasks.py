"""Seals the log from time to time."""

from procrastinate.contrib.django import app

from riverain.audit import sealing


@app.periodic(cron="*/5 * * * *")
@app.task(queue="upkeep", queueing_lock="audit-seal")
def seal(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks the time
    """Every five minutes: what the database loses after that, shows."""
    sealing.seal()
