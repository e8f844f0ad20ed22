"""Hands events to those who subscribed."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from riverain.reports import events

logger = logging.getLogger(__name__)

# After 2, 4, 8 … seconds, eighteen hours the last time: a subscriber that is down for a day misses
# nothing.
_RETRY = RetryStrategy(max_attempts=16, exponential_wait=2)


@app.task(queue="events", retry=_RETRY)
def deliver(*, entry_id: int, subscriber: str) -> None:
    """Gives one entry to one subscriber. A subscriber that a newer release no longer has is
    skipped, and said."""
    found = events.subscriber(subscriber)
    if found is None:
        logger.warning("entry %s: no subscriber is called %s any more", entry_id, subscriber)
        return
    found.handle(entry_id)
