"""One client's loop. Imports nothing of Django: a client is no part of what is measured."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def given() -> dict[str, Any]:
    """What `crowd` asked of this client."""
    asked: dict[str, Any] = json.load(sys.stdin)
    return asked


def take_turns(asked: dict[str, Any], call: Callable[[], None]) -> None:
    """Calls until the time is over, and prints the durations of the calls after the warm-up."""
    time.sleep(max(0.0, asked["start"] - time.time()))
    counted_from = asked["start"] + asked["warm"]
    until = counted_from + asked["seconds"]
    durations = []
    while (now := time.time()) < until:
        begun = time.perf_counter()
        call()
        if now >= counted_from:
            durations.append(time.perf_counter() - begun)
    sys.stdout.write(json.dumps(durations))
