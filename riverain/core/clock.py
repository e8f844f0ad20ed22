"""The one clock. No other module asks the system for the time.

`frozen` replaces it for the tests and for building histories (demo, imports); it is local to the
thread or task that entered it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("riverain_frozen_clock", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def local(instant: datetime, zone: str) -> datetime:
    """The same instant as the clocks of `zone` (an IANA name) show it."""
    return instant.astimezone(ZoneInfo(zone))


@contextmanager
def frozen(instant: datetime) -> Iterator[datetime]:
    """Makes `now()` answer `instant` inside the block. Raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("the clock only takes aware datetimes")
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _frozen.reset(token)
