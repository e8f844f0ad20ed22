"""The folder of an embedded database under RIVERAIN_HOME: its locks, its secrets, its state.

secrets/            0700: one 0600 file a secret
postgres/users      every command that uses the server holds a shared lock on it
postgres/keeper     the process that runs the server holds an exclusive lock on it
postgres/socket     the folder of the socket, written before each start
postgres/failure    why the server could not be run, for the commands that wait for it
postgres/log        what PostgreSQL says
"""

import contextlib
import fcntl
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path


class EmbeddedError(Exception):
    """The embedded database cannot be used. The message is a sentence for a person."""


class Home:
    """Paths only; nothing is made before `prepare`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.folder = self.root / "postgres"
        self.secrets = self.root / "secrets"
        self.users = self.folder / "users"
        self.keeper = self.folder / "keeper"
        self.socket = self.folder / "socket"
        self.failure = self.folder / "failure"
        self.log = self.folder / "log"

    def prepare(self) -> None:
        """Makes the folders that are missing.

        As root they may be passed through, not listed: the server runs as another user and its
        data lies below. Folders that are there keep their rights. Raises EmbeddedError where
        nothing can be written.
        """
        mode = 0o711 if os.geteuid() == 0 else 0o700
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            for folder, rights in (
                (self.root, mode),
                (self.folder, mode),
                (self.secrets, 0o700),
            ):
                if not folder.is_dir():
                    folder.mkdir(exist_ok=True)
                    folder.chmod(rights)
            writable = all(
                os.access(folder, os.W_OK, effective_ids=True)
                for folder in (self.folder, self.secrets)
            )
        except OSError as error:
            raise EmbeddedError(
                f"{self.root} cannot be written ({error.strerror}): "
                "set RIVERAIN_HOME to a folder of yours."
            ) from error
        if not writable:
            raise EmbeddedError(
                f"{self.root} cannot be written by this user: set RIVERAIN_HOME to a folder of "
                "yours, or run as the user who made it."
            )

    def secret(self, name: str, *, make: Callable[[], str] = secrets.token_urlsafe) -> str:
        """The secret of that name, made at the first call: by default of 32 random bytes."""
        return kept(self.secrets / name, make)


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text of `path`; where it is missing, what `make` returns is written there first.

    Two processes at once get the same text: a link to a finished file is made or refused whole.
    """
    with contextlib.suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8")
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
    return path.read_text(encoding="utf-8")


def try_lock(descriptor: int, kind: int) -> bool:
    """Takes the lock (`fcntl.LOCK_SH` or `LOCK_EX`) if it is free, without waiting."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def opened(path: Path, flags: int = 0) -> Iterator[int]:
    """A descriptor on a file of ours (0600), made if missing. Closing it lets go of its locks."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
