"""The checkout, what was installed in it, and the lock that keeps two set-ups apart."""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path


class SetupError(Exception):
    """The set-up cannot go on. The message is one sentence that says what to do."""


class Checkout:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self._notes = self.venv / "set-up.json"

    def runs(self) -> bool:
        """Whether this user can run the environment's Python: it may lie in another's home."""
        return os.access(self.python, os.X_OK, effective_ids=True)

    def noted(self, part: str) -> str:
        """What the last set-up of this part was made from; empty when it has to be made."""
        with contextlib.suppress(OSError, ValueError):
            notes = json.loads(self._notes.read_text(encoding="utf-8"))
            return str(notes.get(part, ""))
        return ""

    def note(self, part: str, value: str) -> None:
        notes: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            notes = json.loads(self._notes.read_text(encoding="utf-8"))
        notes[part] = value
        fresh = self._notes.with_suffix(".new")
        fresh.write_text(json.dumps(notes, indent=1, sort_keys=True), encoding="utf-8")
        fresh.replace(self._notes)

    def digest(self, *names: str) -> str:
        """Of the files of these names under the root."""
        found = hashlib.sha256()
        for name in names:
            found.update((self.root / name).read_bytes())
        return found.hexdigest()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """One set-up at a time: the lock is on the folder itself, so it leaves no file."""
        if not os.access(self.root, os.W_OK, effective_ids=True):
            raise SetupError(
                f"{self.root} cannot be written by this user, and its packages are installed "
                "there: copy it to a folder of yours."
            )
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Waiting for another set-up of this folder to finish …")
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def say(line: str) -> None:
    """Set-up speaks on the error stream: the output belongs to the command that follows."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


_NO_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known|Network is unreachable"
    r"|Failed to establish a new connection|ConnectTimeout|Connection refused|Max retries exceeded"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|Could not resolve|Failed to fetch",
)


def failure(what: str, output: str) -> SetupError:
    """The sentence for a package manager that failed with this output."""
    if _NO_NETWORK.search(output):
        return SetupError(
            f"{what}: the package registry cannot be reached. The first start needs the network; "
            "where it goes through a proxy or a mirror, set HTTPS_PROXY, or PIP_INDEX_URL and "
            "npm_config_registry."
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"(npm )?(error|err!|e:)", line, re.IGNORECASE)]
    return SetupError(f"{what}: {' '.join((telling or lines or ['no reason given'])[-3:])}")
