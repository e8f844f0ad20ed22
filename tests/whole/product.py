"""The product as it runs: a database of its own, the web server, the worker."""

import email
import email.policy
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from riverain.site.bench.ground import free_port
from tests import databases
from tests.harness import APPLICATION, DATABASE, OWNER, ROOT, role_url

PASSWORD = "un mot de passe pour les tests"
OUTLINES = ROOT.parent / "shared" / "data" / "lille-quartiers.geojson"


@dataclass(frozen=True)
class Product:
    """A running product: where it answers, and where its mails are."""

    url: str
    home: Path
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """Runs `riverain …` and returns what it printed."""
        run = subprocess.run(
            [sys.executable, "-P", "-m", "riverain.site", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return run.stdout

    def letters(self, to: str) -> list[EmailMessage]:
        """The mails to an address, oldest first."""
        paths = sorted((self.home / "mail").glob("*.eml"), key=lambda one: one.stat().st_mtime)
        every = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in paths
        ]
        return [letter for letter in every if letter["To"] == to]

    def mails(self, to: str) -> list[str]:
        """Their subjects and plain texts."""
        return [
            f"{letter['Subject']}\n{letter.get_body(('plain',)).get_content()}"
            for letter in self.letters(to)
        ]

    def wait_for_mails(self, to: str, count: int) -> list[str]:
        until = time.monotonic() + 40
        while time.monotonic() < until:
            found = self.mails(to)
            if len(found) >= count:
                return found
            time.sleep(0.3)
        raise AssertionError(f"{len(self.mails(to))} mails to {to}, waited for {count}")


@contextmanager
def running(home: Path) -> Iterator[Product]:
    """The demo's towns, with the real outlines of Lille where they are at hand. `home` is
    its RIVERAIN_HOME; its database goes with it at the end."""
    name = f"{DATABASE}_whole"
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
        "RIVERAIN_HOME": str(home),
        "DATABASE_URL": role_url(APPLICATION, name),
        "DATABASE_OWNER_URL": role_url(OWNER, name),
        "RIVERAIN_PORT": str(port),
        "RIVERAIN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RIVERAIN_DEMO_PASSWORD": PASSWORD,
        # A browser signs in once for all the states of its account, however long they take.
        "RIVERAIN_SESSION_IDLE": "43200",
        # Its pages of errors are pages that people see.
        "RIVERAIN_GALLERY": "on",
    }
    with ExitStack() as stack:
        databases.make(name)
        stack.callback(databases.drop, name)
        subprocess.run(
            [sys.executable, "-m", "tests.whole.lay"],
            env=environment,
            cwd=ROOT,
            check=True,
            timeout=240,
        )
        product = Product(f"http://127.0.0.1:{port}", home, environment)
        if OUTLINES.exists():
            product.command(
                *("territory", "import", str(OUTLINES), "--collectivity", "lille"),
                *("--kind", "district", "--key-field", "quartier"),
            )
        processes = [
            stack.enter_context(process(environment, *arguments))
            for arguments in (["serve", "--workers", "1"], ["worker"])
        ]
        _wait(product.url, processes)
        yield product


@contextmanager
def process(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen]:
    """A process of the product, ended as an operator ends it; one that does not end is a failure,
    and killed."""
    command = [sys.executable, "-P", "-m", "riverain.site", *arguments]
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL) as one:
        try:
            yield one
            one.terminate()
            one.wait(timeout=20)
        finally:
            one.kill()


def _wait(url: str, processes: list[subprocess.Popen]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert all(one.poll() is None for one in processes), "a process stopped at once"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the product did not become ready")
