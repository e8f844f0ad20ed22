"""Who is killed, and when. Processes are found by their number and by whose child they are."""

import itertools
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from riverain.site.supervisor import Child

WEB_WORKER, WEB, WORKER, DATABASE = "web worker", "web server", "job worker", "database"
# No kind more than four times: a supervisor gives a program up after five quick deaths.
_SHARES = {WEB_WORKER: 4, WEB: 2, WORKER: 4, DATABASE: 4}


def plan(*, over: float, dice: random.Random) -> list[tuple[float, str]]:
    """Instants, in seconds from the start, and victims; never the same twice in a row."""
    victims = [kind for kind, share in _SHARES.items() for _ in range(share)]
    dice.shuffle(victims)
    while any(one == next_ for one, next_ in itertools.pairwise(victims)):
        dice.shuffle(victims)
    gap = over / (len(victims) + 1)
    return [
        (gap * (number + dice.uniform(0.6, 1.4)), victim)
        for number, victim in enumerate(victims, start=1)
    ]


@dataclass
class Killer:
    """Ends processes with SIGKILL, which none of them can notice."""

    web: Child
    worker: Child
    data: Path
    dice: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def kill(self, victim: str) -> bool:
        """False where there is no such process just now: it is not back from its last death."""
        find: dict[str, Callable[[], int | None]] = {
            WEB_WORKER: self._web_worker,
            WEB: lambda: number_of(self.web),
            WORKER: lambda: number_of(self.worker),
            DATABASE: self._postmaster,
        }
        pid = find[victim]()
        if pid is None:
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.killed[victim] += 1
        return True

    def _web_worker(self) -> int | None:
        main = number_of(self.web)
        workers = children_of(main) if main else []
        return self.dice.choice(workers) if workers else None

    def _postmaster(self) -> int | None:
        """PostgreSQL writes its number on the first line of a file, and its state on the last."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return None
        return int(lines[0]) if lines[7:8] and lines[7].strip() == "ready" else None


def number_of(child: Child) -> int | None:
    return child.process.pid if child.process is not None else None


def children_of(parent: int) -> list[int]:
    """The processes that a web server started to serve, without Python's own helper."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status[1]) == parent and status[0] != "Z" and b"resource_tracker" not in words:
            found.append(int(entry.name))
    return sorted(found)


def named(path: Path) -> list[int]:
    """The processes that were started with this path, among their words or in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            known = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if str(path).encode() in known:
            found.append(int(entry.name))
    return sorted(found)
