"""Whether mails go out late, for a line on the agents' pages: residents are told nothing, since
nothing of theirs is lost. Asked of the database every half minute a process at most."""

import time
from typing import Final

from riverain.core import jobs

FRESH_SECONDS: Final = 30.0

_late = False
_asked_at = float("-inf")


def mails_are_late() -> bool:
    """Whether a job has been due for more than five minutes: no worker runs, or too few."""
    global _late, _asked_at
    if time.monotonic() - _asked_at > FRESH_SECONDS:
        _late, _asked_at = jobs.some_are_late(), time.monotonic()
    return _late
