"""From the durations of single calls to the figures that are compared."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Rate in calls a second; durations in milliseconds."""

    calls: int
    rate: float
    least: float
    median: float
    p95: float
    worst: float


def figures(durations: Sequence[float], seconds: float) -> Figures:
    """`durations` in seconds, of all clients together, over `seconds` of wall time."""
    ordered = sorted(durations)
    if not ordered:
        raise ValueError("nothing was measured")
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95)]
    return Figures(
        calls=len(ordered),
        rate=round(len(ordered) / seconds, 1),
        least=round(ordered[0] * 1000, 2),
        median=round(at[0] * 1000, 2),
        p95=round(at[1] * 1000, 2),
        worst=round(ordered[-1] * 1000, 2),
    )
