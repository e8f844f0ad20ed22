"""The embedded database as a command sees it."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psycopg

import riverain
from riverain.site.embedded import cluster
from riverain.site.embedded.home import EmbeddedError, Home, opened, try_lock

_PATIENCE = 120.0  # seconds: recovery after a crash may take long
_STEP = 0.05
# Keepers of ours that still serve other commands: dropping the object would be called a leak.
_LEFT_TO_OTHERS: list[subprocess.Popen[bytes]] = []


class Server:
    """The PostgreSQL under a home, shared by every command that started it.

    >>> with Server(Path("var")) as server:
    ...     psycopg.connect(server.app_url())
    """

    def __init__(self, home: Path) -> None:
        self.home = Home(home)
        self._claim: int | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Makes sure that the server runs and answers, and that it stays until `stop`.

        The data is made at the first start. Raises EmbeddedError with the reason where it
        cannot run.
        """
        self.home.prepare()
        if self._claim is None:
            self._claim = os.open(self.home.users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            # Refused while a keeper is stopping the server: wait for it to have ended.
            _until(self._claimed, "the last PostgreSQL to stop")
            self._answering()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Lets go of the server. The last command to do so waits until it has stopped."""
        claim, self._claim = self._claim, None
        if claim is None:
            return
        os.close(claim)
        _until(lambda: not self.kept() or self._shared(), "PostgreSQL to stop")
        if self._keeper is not None and self.kept():
            _LEFT_TO_OTHERS.append(self._keeper)
            self._keeper = None
        self._collect()

    def kept(self) -> bool:
        """Whether a keeper runs it. False while it is held means that the keeper was killed."""
        with opened(self.home.keeper) as descriptor:
            return not try_lock(descriptor, fcntl.LOCK_SH)

    def revive(self) -> None:
        """Starts a keeper again where it was killed; for whoever watches over long work.

        Raises EmbeddedError where the keeper gave up.
        """
        if not self.kept():
            self._raise_failure()
            self._answering()

    def owner_url(self) -> str:
        """For migrations: the role that owns the tables."""
        return self._url(cluster.OWNER, cluster.DATABASE)

    def app_url(self) -> str:
        """For the application: the role that may not change the log."""
        return self._url(cluster.APP, cluster.DATABASE)

    def superuser_url(self) -> str:
        """For making and dropping databases."""
        return self._url(cluster.SUPERUSER, "postgres")

    def remove(self) -> None:
        """Removes the data for good. Raises EmbeddedError while another command uses it."""
        self.home.prepare()
        self.stop()
        with opened(self.home.users) as claim:
            if not try_lock(claim, fcntl.LOCK_EX):
                raise EmbeddedError(f"Another command uses {self.home.root}: stop it first.")
            cluster.remove(self.home)

    def _claimed(self) -> bool:
        return self._claim is not None and try_lock(self._claim, fcntl.LOCK_SH)

    def _shared(self) -> bool:
        """Whether another command holds the server. A keeper that is stopping refuses both."""
        with opened(self.home.users) as users:
            return try_lock(users, fcntl.LOCK_SH) and not try_lock(users, fcntl.LOCK_EX)

    def _answering(self) -> None:
        """Waits for an answer, with a keeper started where none is.

        Several commands may start one at once: one gets the lock, the others end at once.
        """
        spawned = False

        def answers() -> bool:
            nonlocal spawned
            if not self.kept():
                if not spawned:
                    self._keeper, spawned = self._spawn(), True
                elif self._keeper is not None and self._keeper.poll() is not None:
                    self._raise_failure()
                    spawned = False
            return self._connects()

        _until(answers, f"PostgreSQL to answer (its words are in {self.home.log})")

    def _collect(self) -> None:
        """Where nobody takes note of its end, a child that ended stays as a zombie."""
        if self._keeper is not None:
            self._keeper.wait()
            self._keeper = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        self._collect()
        self.home.failure.unlink(missing_ok=True)
        package = str(Path(riverain.__file__).parent.parent)
        return subprocess.Popen(  # noqa: S603 - ourselves, no shell
            [sys.executable, "-m", "riverain.site.embedded.keeper", str(self.home.root)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd="/",
            env={**os.environ, "PYTHONPATH": package},
            start_new_session=True,
        )

    def _connects(self) -> bool:
        if not self.home.socket.exists():
            return False
        try:
            psycopg.connect(self.app_url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _raise_failure(self) -> None:
        if self.home.failure.exists():
            raise EmbeddedError(self.home.failure.read_text(encoding="utf-8"))

    def _url(self, role: str, dbname: str) -> str:
        socket = quote(self.home.socket.read_text(encoding="utf-8"), safe="")
        return f"postgresql://{role}:{self.home.secret(role)}@/{dbname}?host={socket}"


def _until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Waited {_PATIENCE:.0f} seconds for {what}.")
        time.sleep(_STEP)
