"""No test waits for ever: its fixtures, itself and their end each have their time, then fail where
they stand.

What has no bound of its own: a script in a page that answers nothing, a browser that does not close,
a lock of the database that nobody gives back.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

Anything = TypeVar("Anything")

# Seconds, on a busy machine: the slowest tests look at every page there is, or kill and restart a
# whole product, for minutes; nothing takes long to end.
WORK, END = 900, 60


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """Fails whatever stands inside for longer, and again each time that long passes: the next
    fixture to end may hang for the same reason. One may stand inside another.

    A signal interrupts the waits that matter (Playwright's, psycopg's, a process's, a lock's).
    `pytest.fail` raises what no `except Exception` of a retrying loop swallows.
    """

    def fail(*_: object) -> None:
        pytest.fail(f"{what}: not over within {seconds:g} seconds")

    began = time.monotonic()
    handler = signal.signal(signal.SIGALRM, fail)
    left, again = signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, handler)
        if left:
            left = max(left - (time.monotonic() - began), 0.001)
        signal.setitimer(signal.ITIMER_REAL, left, again)


def eventually(condition: Callable[[], Anything], seconds: float = 20) -> Anything:
    """What a condition answers once it is true; fails when it is not within some seconds."""
    until = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > until:
            pytest.fail(f"not so within {seconds:g} seconds, at last {answer!r}")
        time.sleep(0.02)
    return answer


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    with within(WORK, f"the fixtures of {item.name}"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    with within(WORK, item.name):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    with within(END, f"the end of {item.name}"):
        return (yield)
