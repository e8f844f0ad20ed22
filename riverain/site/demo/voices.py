"""How the people of the demo write: short and long, courteous and cross, by day and at night, with
a slip of the finger now and then. Read from `voices.yaml`. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import yaml

from riverain.reports.models import Channel
from riverain.site.demo.subjects import Subject, Telling

_FILE: Final = Path(__file__).with_name("voices.yaml")

# Shares of all that residents write themselves.
_SHORT: Final = 0.16
_OPENS: Final = 0.34
_AGAIN: Final = 0.04
_SLIPS: Final = 0.09
_FOREIGN: Final = 0.035
_EVENING: Final = 18
# What comes at the end, and how often; the rest end where they are.
_ENDS: Final[Mapping[str, int]] = {"": 52, "poli": 24, "précis": 12, "fâché": 8, "long": 4}
_ENTERED: Final[Mapping[Channel, str]] = {
    Channel.PHONE: "téléphone",
    Channel.DESK: "guichet",
    Channel.LETTER: "courrier",
    Channel.EMAIL: "courrier",
    Channel.SOCIAL: "réseaux",
    Channel.ELECTED: "élu",
    Channel.MEETING: "réunion",
    Channel.FIELD: "terrain",
}


@dataclass(frozen=True, slots=True)
class Voices:
    """All that the file holds. `places` and `durations` fill the slots of the tellings, `openings`
    and `endings` stand around them; `foreign` is by type, then by language; `phrases` are what
    people write later."""

    places: tuple[str, ...]
    durations: tuple[str, ...]
    openings: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]
    foreign: Mapping[str, Mapping[str, tuple[str, ...]]]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Moment:
    """When and how something is said. `local` is the reporter's own time; `stormy`, that there
    was a storm these days."""

    local: datetime
    channel: Channel
    entered: bool
    stormy: bool


@dataclass(frozen=True, slots=True)
class Said:
    """`language` is that of the pages in which it was written."""

    text: str
    language: str = "fr"


@cache
def read() -> Voices:
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Voices(
        places=tuple(said["lieux"]),
        durations=tuple(said["durées"]),
        openings=_lists(said["débuts"]),
        endings=_lists(said["fins"]),
        foreign={code: _lists(texts) for code, texts in said["étrangers"].items()},
        first_names=tuple(said["prénoms"]),
        last_names=tuple(said["noms"]),
        phrases=_lists(said["phrases"]),
    )


def _lists(said: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in said.items()}


def choose(subject: Subject, month: int, *, shown: bool, rng: Random) -> Telling:
    """What is said of a subject in that month; where there is a photo, something that it shows."""
    fits = [one for one in subject.tellings if not one.months or month in one.months]
    pictured = [one for one in fits if one.scene]
    return rng.choice((pictured if shown else None) or fits or list(subject.tellings))


def say(voices: Voices, subject: Subject, telling: Telling, moment: Moment, rng: Random) -> Said:
    """The text of a report."""
    if moment.entered:
        core = _filled(voices, telling, rng)
        opening = _ENTERED.get(moment.channel)
        return Said(_joined(voices, opening, core, rng) if opening else core)
    foreign = voices.foreign.get(subject.type_code)
    if foreign and rng.random() < _FOREIGN:
        language = rng.choice(sorted(foreign))
        return Said(rng.choice(foreign[language]), "en" if language == "en" else "fr")
    if subject.short and rng.random() < _SHORT:
        text = rng.choice(subject.short)
        return Said(_slipped(text, rng) if rng.random() < _SLIPS else text)
    text = _joined(voices, _opening(moment, subject, rng), _filled(voices, telling, rng), rng)
    ending = rng.choices(list(_ENDS), list(_ENDS.values()))[0]
    if ending:
        text = f"{text} {rng.choice(voices.endings[ending])}"
    return Said(_slipped(text, rng) if rng.random() < _SLIPS else text)


def _filled(voices: Voices, telling: Telling, rng: Random) -> str:
    return telling.text.format(ou=rng.choice(voices.places), depuis=rng.choice(voices.durations))


def _opening(moment: Moment, subject: Subject, rng: Random) -> str:
    if moment.stormy and subject.stormy:
        return "tempête"
    if rng.random() < _AGAIN:
        return "encore"
    if rng.random() < _OPENS:
        return "soir" if moment.local.hour >= _EVENING else "jour"
    return ""


def _joined(voices: Voices, opening: str | None, core: str, rng: Random) -> str:
    if not opening:
        return core
    words = rng.choice(voices.openings[opening])
    return words + (core if words.endswith(". ") else core[0].lower() + core[1:])


def _slipped(text: str, rng: Random) -> str:
    """As typed in a hurry."""
    return rng.choice(_SLIPPED)(text, rng)


def _no_capitals(text: str, _rng: Random) -> str:
    return text.lower().rstrip(".")


def _no_accents(text: str, _rng: Random) -> str:
    return text.translate(str.maketrans("éèêëàâîïôùûç", "eeeeaaiiouuc"))


def _no_apostrophe(text: str, _rng: Random) -> str:
    return text.replace("’", " ")


def _swapped(text: str, rng: Random) -> str:
    """Two letters in the middle of a longer word change places."""
    words = list(re.finditer(r"[a-z]{6,}", text))
    if not words:
        return text
    at = rng.choice(words).start() + rng.randint(1, 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _doubled(text: str, rng: Random) -> str:
    at = rng.randrange(len(text))
    return text[: at + 1] + text[at:]


_SLIPPED: Final = (_no_capitals, _no_accents, _no_apostrophe, _swapped, _doubled)
