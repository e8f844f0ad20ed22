"""The process that runs PostgreSQL for as long as a command uses it.

It is started by the first command and belongs to none of them (a session of its own, so a
Ctrl-C in a terminal does not reach it). Every command holds a shared lock on one file, which the
kernel releases even when the command is killed; when the keeper gets that lock for itself,
nobody is left: it stops the server and ends. So a command that ends never takes the server away
from another one, and no server outlives its commands.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from riverain.site.embedded import cluster as clusters
from riverain.site.embedded.cluster import Cluster
from riverain.site.embedded.home import EmbeddedError, Home, opened, try_lock
from riverain.site.orphans import die_with_parent

_TICK = 0.2  # seconds
_QUICK = 10.0  # a server that lives less than this many seconds has failed to run
_QUICK_FAILURES = 5
_LOG_BYTES = 5_000_000


class Keeper:
    def __init__(self, home: Home, cluster: Cluster, users: int) -> None:
        self.home = home
        self.cluster = cluster
        self.users = users
        self.stopping = False
        self.ready = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        """Runs the server, again when it dies. Returns when it is no longer wanted.

        Raises EmbeddedError after several failures in a row, each within seconds of its start.
        """
        failures = 0
        while not self.stopping:
            end_strays(self.cluster.data)
            started = time.monotonic()
            child = self.start()
            if self.watch(child):
                return
            failures = failures + 1 if time.monotonic() - started < _QUICK else 1
            if failures >= _QUICK_FAILURES:
                raise EmbeddedError(
                    f"PostgreSQL stopped {failures} times as soon as it started: "
                    f"{last_words(self.home.log)} (more in {self.home.log})"
                )
            time.sleep(0.1 * 2**failures)

    def start(self) -> subprocess.Popen[bytes]:
        if self.home.log.exists() and self.home.log.stat().st_size > _LOG_BYTES:
            self.home.log.replace(self.home.log.with_name("log.1"))
        self.home.socket.write_text(str(self.cluster.socket), encoding="utf-8")
        # Closed to others: what PostgreSQL says of a failed statement may name people.
        with opened(self.home.log, os.O_APPEND) as log:
            return subprocess.Popen(  # noqa: S603 - our own binaries, no shell
                self.cluster.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=clusters.ENVIRONMENT,
                # SIGINT is PostgreSQL's fast stop: it rolls back what is open and ends cleanly.
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - one thread
                **self.cluster.runner.options(),
            )

    def watch(self, child: subprocess.Popen[bytes]) -> bool:
        """True once it was stopped because nobody uses it, False when it died by itself."""
        while True:
            if self.stopping or try_lock(self.users, fcntl.LOCK_EX):
                stop(child)
                return True
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(_TICK)
                return False
            if not self.ready and accepts(self.cluster.data):
                self.ready = True
                let_go_of_the_terminal()


def stop(child: subprocess.Popen[bytes]) -> None:
    """Fast, then immediate (recovery at the next start), then by force."""
    for sign, seconds in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        child.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
            return


def accepts(data: Path) -> bool:
    """PostgreSQL writes its state on the eighth line of its pid file."""
    with contextlib.suppress(OSError, IndexError):
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return lines[7].strip() == "ready"
    return False


def let_go_of_the_terminal() -> None:
    """The command that started us may end before us: whoever reads its output must see the end."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)


def end_strays(data: Path) -> None:
    """Waits for, then ends, processes of an earlier server, and removes its pid file.

    We hold the keeper's lock, so a server that still runs on this folder lost its keeper and is
    stopping. PostgreSQL by itself would refuse to start where the pid in a left-over file now
    belongs to somebody else, as after a restart of the machine. Two servers on one folder would
    destroy it, so the file goes only once no process works in the folder.
    """
    if sys.platform != "linux":
        return  # no /proc to look in: PostgreSQL's own check stands
    for sign, seconds in ((None, 5), (signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        found = working_in(data)
        for pid in found:
            if sign is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
        deadline = time.monotonic() + seconds
        while found and time.monotonic() < deadline:
            time.sleep(0.05)
            found = working_in(data)
        if not found:
            (data / "postmaster.pid").unlink(missing_ok=True)
            return
    raise EmbeddedError(f"An earlier PostgreSQL on {data} does not stop (processes {found}).")


def working_in(data: Path) -> list[int]:
    """The processes whose current folder is `data`: the server's and its children's is."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
    return found


def last_words(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4000))
        lines = file.read().decode(errors="replace").splitlines()
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "ERROR" in line]
    return (telling or lines or ["it said nothing"])[-1].strip()


def main(root: str) -> int:
    home = Home(Path(root))
    with opened(home.keeper) as mine, opened(home.users) as users:
        if not try_lock(mine, fcntl.LOCK_EX):
            return 0  # another one keeps it already
        home.failure.unlink(missing_ok=True)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            cluster = clusters.locate(home)
            keeper = Keeper(home, cluster, users)
            signal.signal(signal.SIGTERM, keeper.ask_to_stop)
            signal.signal(signal.SIGINT, keeper.ask_to_stop)
            passwords = {role: home.secret(role) for role in clusters.ROLES}
            clusters.initialise(cluster, passwords)
            keeper.run()
        except EmbeddedError as error:
            home.failure.write_text(str(error), encoding="utf-8")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
