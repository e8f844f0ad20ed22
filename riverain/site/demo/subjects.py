"""What the people of the demo report: read from `subjects.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

_FILE: Final = Path(__file__).with_name("subjects.yaml")
_EVEN: Final = (100,) * 12


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that is said, with the answers to the type's questions, as a form posts them, and
    what a photo of it shows. `months` (1 to 12) are those in which it is said, empty for all."""

    text: str
    answers: Mapping[str, list[str]]
    scene: str = ""
    months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is said of one type. `short` are a few words from a telephone; `season` says for each
    month how often it comes up, in per cent; `stormy` comes in numbers after a storm."""

    type_code: str
    weight: int
    tellings: tuple[Telling, ...]
    short: tuple[str, ...] = ()
    season: tuple[int, ...] = _EVEN
    stormy: bool = False
    agents_only: bool = False

    @property
    def is_pictured(self) -> bool:
        return any(one.scene for one in self.tellings)


@dataclass(frozen=True, slots=True)
class Book:
    """`market` is said of the market's square once it is over."""

    subjects: tuple[Subject, ...]
    market: tuple[Subject, ...]
    suggestions: tuple[Subject, ...]
    praise: tuple[Subject, ...]


def read() -> Book:
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Book(
        subjects=tuple(_subject(one) for one in said["sujets"]),
        market=tuple(_subject({"poids": 0, **one}) for one in said["marché"]),
        suggestions=tuple(_sentence(one) for one in said["suggestions"]),
        praise=tuple(_sentence(one) for one in said["félicitations"]),
    )


def _subject(said: Mapping[str, Any]) -> Subject:
    return Subject(
        type_code=said["type"],
        weight=said["poids"],
        tellings=tuple(_telling(one) for one in said["récits"]),
        short=tuple(said.get("court", ())),
        season=_months(said.get("saison", _EVEN)),
        stormy=said.get("orage") == "oui",
        agents_only=said.get("agents") == "oui",
    )


def _telling(said: Mapping[str, Any]) -> Telling:
    return Telling(
        text=said["dit"],
        answers=_answers(said.get("réponses", {})),
        scene=said.get("image", ""),
        months=frozenset(said.get("mois", ())),
    )


def _sentence(said: Mapping[str, Any]) -> Subject:
    return Subject(said["type"], 1, (Telling(said["dit"], {}),))


def _months(said: Sequence[int]) -> tuple[int, ...]:
    if len(said) != len(_EVEN):
        raise ValueError(f"a season has twelve months, not {len(said)}")
    return tuple(said)


def _answers(said: Mapping[str, Any]) -> dict[str, list[str]]:
    return {code: value if isinstance(value, list) else [value] for code, value in said.items()}
