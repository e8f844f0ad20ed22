"""Keeps child processes running, and leaves none behind.

Each child leads a process group of its own: Ctrl-C in a terminal reaches us alone, so we choose
the order of the stop; and when the child is gone, what it had started goes with its group. The
kernel ends the child if we are killed (see `orphans`).
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from riverain.config.env import SettingError
from riverain.site.orphans import die_with_parent

_QUICK = 10.0  # a child that lives less than this many seconds has failed to run
_QUICK_FAILURES = 5
_STOP_SECONDS = 20.0


class Child:
    """A command of ours, started again when it dies."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name = name
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.failures = 0
        self.not_before = 0.0

    def command(self) -> list[str]:
        return [sys.executable, "-P", "-m", "riverain.site", *self.arguments]

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - ourselves, no shell
            self.command(),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread
        )

    def tend(self) -> None:
        """Starts it again if it died, later and later.

        Raises SettingError after several deaths in a row, each within seconds of the start.
        """
        now = time.monotonic()
        if self.process is None:
            if now >= self.not_before:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._end_group()
        self.process = None
        self.failures = self.failures + 1 if now - self.started < _QUICK else 1
        if self.failures >= _QUICK_FAILURES:
            raise SettingError(
                f"The {self.name} stopped {self.failures} times as soon as it started: "
                "its last words are above."
            )
        wait = 0.2 * 2**self.failures
        self.not_before = now + wait
        say(f"The {self.name} ended (code {code}): it starts again in {wait:.1f} seconds.")

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def stop(self) -> None:
        """Waits for the end that was asked for, then ends by force whatever is left."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_STOP_SECONDS)
        self._end_group()
        self.process.wait()
        self.process = None

    def _end_group(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def stop_all(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
