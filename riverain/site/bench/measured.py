"""What one page is measured with."""

from dataclasses import dataclass
from typing import Any, Final

EMPTY: Final = "/healthz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is opened, turn by turn: `paths` with the words that each `holds` and the values of the
    `queries`; `most` is the median that we mean to stay under, in milliseconds, `most_times` how
    many times the queries and the `empty` page together, where we mean one."""

    most: float
    paths: list[str]
    holds: list[str]
    queries: list[str]
    values: list[dict[str, Any]]
    cookie: str = ""
    empty: str = EMPTY
    most_times: float | None = None
