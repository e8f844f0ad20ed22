"""The words in which the demo's past is planned: a case, what is done to it, and the world that
both are in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from riverain.catalogue.facts import TypeFacts
from riverain.reports.lifecycle import Status
from riverain.reports.models import Channel
from riverain.reports.rules import Contact
from riverain.site.demo.days import Days
from riverain.site.demo.ground import HELLEMMES, Spot
from riverain.site.demo.subjects import Book, Subject
from riverain.site.demo.voices import Voices


@dataclass(frozen=True, slots=True)
class Act:
    """Something that someone does at an instant: `verb` names a function of `telling`, `said` is
    what it is given."""

    at: datetime
    verb: str
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A district of a sector, by their codes."""

    sector: str
    district: str


@dataclass(slots=True, kw_only=True)
class Case:
    """One report from its receipt to how it stands now.

    `enters` is the account of the agent who enters it, empty for a resident. `shown` says that it
    comes with a photo, `pinned` when it came in where that is decided before its life, `market`
    that it is about the market's square. Nobody is told of a case that is not `loud`.
    """

    number: int
    subject: Subject
    type_: TypeFacts
    ending: Status
    place: Place
    spot: Spot | None
    channel: Channel
    enters: str
    contact: Contact
    received: datetime
    text: str = ""
    answers: Mapping[str, list[str]] = field(default_factory=dict)
    language: str = "fr"
    scene: str = ""
    shown: bool = False
    proved: bool = True
    loud: bool = False
    market: bool = False
    pinned: datetime | None = None
    acts: list[Act] = field(default_factory=list)

    @property
    def sector(self) -> str:
        return self.place.sector

    @property
    def town(self) -> str:
        return "hellemmes" if self.sector == HELLEMMES else "lille"

    @property
    def speaks(self) -> bool:
        """Whether the reporter follows it themselves."""
        return not self.enters and bool(self.contact.email)


@dataclass(frozen=True, slots=True)
class World:
    """`due` is the instant to which a report of a type, received at an instant, must be done;
    `lengths` remembers what `times.length` found."""

    now: datetime
    rng: Random
    book: Book
    voices: Voices
    days: Days
    types: Mapping[str, TypeFacts]
    due: Callable[[TypeFacts, datetime], datetime]
    lengths: dict[str, timedelta] = field(default_factory=dict)

    def phrase(self, kind: str) -> str:
        return self.rng.choice(self.voices.phrases[kind])

    def happens(self, share: float) -> bool:
        """True for that share of the cases."""
        return self.rng.random() < share
