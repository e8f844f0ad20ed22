"""The words in which the demo's past is planned: a case, what is done to it, and the world that
both are in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from riverain.catalogue.facts import TypeFacts
from riverain.reports.lifecycle import Status
from riverain.reports.models import Channel
from riverain.reports.rules import Contact
from riverain.site.demo.subjects import HELLEMMES, Book, Spot


@dataclass(frozen=True, slots=True)
class Act:
    """Something that someone does at an instant: `verb` names a function of `telling`, `said` is
    what it is given."""

    at: datetime
    verb: str
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Case:
    """One report from its receipt to how it stands now.

    `enters` is the account of the agent who enters it, empty for a resident. Nobody is told of a
    case that is not `loud`.
    """

    number: int
    type_: TypeFacts
    ending: Status
    text: str
    answers: Mapping[str, list[str]]
    spot: Spot | None
    sector: str
    channel: Channel
    enters: str
    contact: Contact
    scene: str = ""
    proved: bool = True
    loud: bool = False
    received: datetime
    acts: list[Act] = field(default_factory=list)

    @property
    def town(self) -> str:
        return "hellemmes" if self.sector == HELLEMMES else "lille"

    @property
    def speaks(self) -> bool:
        """Whether the reporter follows it themselves."""
        return not self.enters and bool(self.contact.email)


@dataclass(frozen=True, slots=True)
class World:
    """`due` is the instant to which a report of a type, received at an instant, must be done."""

    now: datetime
    rng: Random
    book: Book
    types: Mapping[str, TypeFacts]
    due: Callable[[TypeFacts, datetime], datetime]

    def phrase(self, kind: str) -> str:
        return self.rng.choice(self.book.phrases[kind])

    def happens(self, share: float) -> bool:
        """True for that share of the cases."""
        return self.rng.random() < share
