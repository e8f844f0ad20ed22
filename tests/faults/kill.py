"""The kill test: residents send reports while the web server, the job worker and PostgreSQL are
killed at random; then everything is counted.

    python -m tests.faults.kill --submissions 500 --seed 7

Runs on a database, a mail folder and a port of its own, and is over within LIMIT seconds whatever
happens; nothing of it is left. Exits with 1 when something was lost, doubled or left lying.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import riverain
from riverain.site import environment
from riverain.site.bench.ground import free_port
from riverain.site.embedded import Server
from riverain.site.supervisor import Child, stop_all
from tests.faults.killing import Killer, named, plan
from tests.faults.residents import Residents, sendings

LIMIT = 225
SEVERAL = 4
WORKERS, THREADS = "2", "4"
# A killed worker's jobs come back once it was silent for 30 seconds, at the next full minute.
SETTLING = 120.0
_TICK = 0.1


class OutOfTimeError(Exception):
    """The whole test took longer than LIMIT."""


def main() -> int:
    asked = _arguments()
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.alarm(LIMIT)
    home = Path(tempfile.mkdtemp(prefix="riverain-kill-"))
    home.chmod(0o711)  # PostgreSQL may run as another user
    try:
        wrong = _everything(home, asked)
    except OutOfTimeError:
        wrong = [f"not over within {LIMIT} seconds"]
    finally:
        signal.alarm(0)
        shutil.rmtree(home, ignore_errors=True)
    left = left_behind(home)
    if left:
        wrong.append(f"processes left: {left}")
    for sentence in wrong:
        _say(f"WRONG  {sentence}")
    _say("Something is wrong." if wrong else "Nothing lost, nothing doubled, nothing left.")
    return 1 if wrong else 0


def _everything(home: Path, asked: argparse.Namespace) -> list[str]:
    port = free_port()
    own_settings(home, port)
    with environment.prepared() as server:
        if server is None:
            raise RuntimeError("the kill test runs on a database of its own")
        try:
            return _trial(server, port, asked)
        finally:
            server.remove()


def _trial(server: Server, port: int, asked: argparse.Namespace) -> list[str]:
    from django.db import connections

    from riverain.site.bench import ground
    from tests.faults import counting

    ground.lay()
    data = _data_folder(server)
    connections.close_all()
    dice = random.Random(asked.seed)
    work = sendings(asked.submissions, over=asked.seconds, dice=dice)
    kills = plan(over=asked.seconds, dice=dice)
    serve = ["serve", "--workers", WORKERS, "--threads", THREADS]
    web, worker = Child("web server", serve), Child("worker", ["worker"])
    killer = Killer(web, worker, data, dice)
    residents = Residents(port, work, SEVERAL)
    with _running(server, [web, worker]) as tend:
        if not _comes(lambda: counting.answers(port), 60, tend):
            raise RuntimeError("the web server never answered")
        begun = time.monotonic()
        residents.start()
        try:
            # What could not be killed in time, being dead already, is killed while jobs still run.
            while residents.busy() or (kills and time.monotonic() - begun < 2 * asked.seconds):
                tend()
                if kills and time.monotonic() - begun >= kills[0][0] and killer.kill(kills[0][1]):
                    kills.pop(0)
                time.sleep(_TICK)
        finally:
            residents.stop()
        sent = time.monotonic() - begun
        _say(f"{len(work)} reports sent by {SEVERAL} residents at once, in {sent:.0f} s.")
        _say("Killed: " + ", ".join(f"{name} {n}" for name, n in killer.killed.most_common()))
        _say("Instead of an answer: " + _counted(residents.troubles))
        settled = _comes(counting.settled, SETTLING, tend)
        _say(f"Waited for the jobs for {time.monotonic() - begun - sent:.0f} s.")
        _comes(lambda: counting.answers(port), 30, tend)
        wrong = counting.wrong(port, work, residents.codes, say=_say)
    if not settled:
        wrong.append(f"not every job was done {SETTLING:.0f} s after the last report")
    if kills:
        wrong.append(f"{len(kills)} of the kills were never done")
    proof = subprocess.run(
        [sys.executable, "-m", "riverain.site", "audit", "verify"],
        capture_output=True,
        text=True,
        check=False,
    )
    _say(proof.stdout.strip())
    return wrong if proof.returncode == 0 else [*wrong, "the log is not proved"]


@contextlib.contextmanager
def _running(server: Server, children: list[Child]) -> Iterator[Callable[[], None]]:
    """Everything kept running, as `riverain demo` does; stopped at the end."""

    def tend() -> None:
        for child in children:
            child.tend()
        server.revive()

    try:
        yield tend
    finally:
        stop_all(children)


def _comes(condition: Callable[[], bool], seconds: float, tend: Callable[[], None]) -> bool:
    """Whether it comes true within some seconds; everything is kept running meanwhile."""
    until = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < until:
        tend()
        time.sleep(_TICK * 5)
    return true


def _data_folder(server: Server) -> Path:
    import psycopg

    with psycopg.connect(server.superuser_url()) as connection:
        return Path(connection.execute("SHOW data_directory").fetchone()[0])


def own_settings(home: Path, port: int) -> None:
    """Nothing of the caller's, and what a bench sets: one address a resident, no puzzle."""
    for name in list(os.environ):
        if name.startswith(("RIVERAIN_", "DATABASE_")):
            del os.environ[name]
    os.environ.update(
        RIVERAIN_HOME=str(home),
        RIVERAIN_PORT=str(port),
        RIVERAIN_PROOF_OF_WORK="off",
        RIVERAIN_TRUSTED_PROXIES="127.0.0.1",
        PYTHONPATH=str(Path(riverain.__file__).parent.parent),
    )


def left_behind(home: Path) -> list[int]:
    """What still runs a moment after the end."""
    until = time.monotonic() + 10
    while (found := named(home)) and time.monotonic() < until:
        time.sleep(_TICK)
    return found


def _counted(troubles: Counter[str]) -> str:
    return ", ".join(f"{kind} {n}" for kind, n in troubles.most_common()) or "nothing"


def _out_of_time(_number, _frame) -> None:
    raise OutOfTimeError


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.kill", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--submissions", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="of the instants and the victims")
    parser.add_argument("--seconds", type=float, default=45.0, help="over which they are sent")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
