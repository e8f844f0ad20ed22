"""Who hears of what happens to reports.

Rooms above register here when the application starts; nothing in this room knows them. Every
entry is announced in the transaction that records it: one deferred job for each subscriber, all
in one statement, gone with the transaction if it does not commit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from procrastinate.types import JSONDict

from riverain.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Subscriber:
    """`handle` takes the entry's id and may be called again with it: it must not double."""

    name: str
    kinds: frozenset[str]
    handle: Callable[[int], None]


_subscribers: dict[str, Subscriber] = {}
_quiet: ContextVar[bool] = ContextVar("riverain_events_quiet", default=False)


def subscribe(name: str, kinds: frozenset[str], handle: Callable[[int], None]) -> None:
    """Raises ValueError when the name is taken."""
    if name in _subscribers:
        raise ValueError(f"a subscriber named {name} is registered already")
    _subscribers[name] = Subscriber(name, kinds, handle)


def subscriber(name: str) -> Subscriber | None:
    return _subscribers.get(name)


@contextmanager
def quiet() -> Iterator[None]:
    """Nobody hears of what is recorded inside the block, then or later: for a past that is built
    (the demo's), of which no mail is due. Local to the thread or task that entered it."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def announce(*entries: Entry) -> None:
    """Defers one job for each entry and each subscriber that wants its kind."""
    from riverain.reports.tasks import deliver

    if _quiet.get():
        return
    jobs: list[JSONDict] = [
        {"entry_id": entry.pk, "subscriber": one.name}
        for entry in entries
        for one in _subscribers.values()
        if entry.kind in one.kinds
    ]
    if jobs:
        deliver.batch_defer(*jobs)
