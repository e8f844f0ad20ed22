"""Clients side by side, each a process of its own, so that none waits for another's turn."""

import json
import subprocess
import sys
import time

from riverain.site.bench.figures import Figures, figures

# Everyone starts together, once all have started up.
HEAD_START = 1.5
WARM_SECONDS = 1.0


def crowd(module: str, arguments: dict[str, object], *, clients: int, seconds: float) -> Figures:
    """Runs `python -m module` once for each client, for `seconds` after a short warm-up.

    Each reads its arguments as JSON (with `client`, `start`, `warm`, `seconds`) and prints the
    durations of its calls as a JSON list. Raises RuntimeError with what a client said when one
    fails: a figure with errors in it would be none.
    """
    start = time.time() + HEAD_START
    running = [
        subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(clients)
    ]
    for number, process in enumerate(running):
        given = {
            **arguments,
            "client": number,
            "start": start,
            "warm": WARM_SECONDS,
            "seconds": seconds,
        }
        if process.stdin is None:
            raise RuntimeError("a client has no standard input")
        process.stdin.write(json.dumps(given))
        process.stdin.close()
        process.stdin = None
    durations: list[float] = []
    for process in running:
        out, err = process.communicate(timeout=seconds + 60)
        if process.returncode:
            raise RuntimeError(f"a client failed: {err.strip()[-2000:]}")
        durations += json.loads(out)
    return figures(durations, seconds)
