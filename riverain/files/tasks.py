"""Periodic work on pictures."""

import logging
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from riverain.files import actions

logger = logging.getLogger(__name__)

# Every folder is looked at once a day.
PARTS = 24


@app.periodic(cron="23 * * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    """Every hour: deletes what nobody confirmed, what was removed, and a day's share of the
    files without a row."""
    hour = datetime.fromtimestamp(timestamp, UTC).hour
    swept = actions.sweep(share=(hour, PARTS))
    if swept != actions.Swept(0, 0, 0):
        logger.info("swept pictures: %s", swept)
