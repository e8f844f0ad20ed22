"""How long it takes to find who receives a point, from memory, beside one empty query."""

import argparse
import random
import time
from dataclasses import asdict
from typing import Any

from django.db import connection

from riverain.site.bench import ground
from riverain.site.bench.figures import figures

POINTS = 20_000
QUERIES = 2_000
_BOX = (2.96, 50.59, 3.14, 50.67)


def run(_args: argparse.Namespace) -> dict[str, Any]:
    """Microseconds a point over the demo's areas, against the cheapest question to the database."""
    from riverain.territory.locator import locate

    ground.lay()
    west, south, east, north = _BOX
    # The same points each time.
    dice = random.Random(1)
    points = [(dice.uniform(west, east), dice.uniform(south, north)) for _ in range(POINTS)]
    locate(*points[0])
    held = sum(locate(*point) is not None for point in points)
    located = figures(*_timed([lambda point=point: locate(*point) for point in points]))
    with connection.cursor() as cursor:
        asked = figures(*_timed([lambda: cursor.execute("SELECT 1")] * QUERIES))
    return {
        "points": POINTS,
        "received": held,
        "locate": asdict(located),
        "raw": asdict(asked),
        "ratio": round(located.rate / asked.rate, 2),
    }


def _timed(calls: list[Any]) -> tuple[list[float], float]:
    durations = []
    begun = time.perf_counter()
    for call in calls:
        before = time.perf_counter()
        call()
        durations.append(time.perf_counter() - before)
    return durations, time.perf_counter() - begun
