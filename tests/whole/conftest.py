"""The product as it runs: a database of its own, the web server, the worker, a browser."""

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
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from riverain.site.bench.ground import free_port
from tests.browser import chromium
from tests.harness import DATABASE, ROOT, SERVER, role_url
from tests.town import photo

PASSWORD = "un mot de passe pour les tests"
WAZEMMES = {"longitude": 3.04985, "latitude": 50.62463}
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

    def mails(self, to: str) -> list[str]:
        """Subjects and plain texts of the mails to an address, oldest first."""
        found = []
        for path in sorted((self.home / "mail").glob("*.eml"), key=lambda one: one.stat().st_mtime):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if message["To"] == to:
                text = message.get_body(("plain",)).get_content()
                found.append(f"{message['Subject']}\n{text}")
        return found

    def wait_for_mails(self, to: str, count: int) -> list[str]:
        until = time.monotonic() + 40
        while time.monotonic() < until:
            found = self.mails(to)
            if len(found) >= count:
                return found
            time.sleep(0.3)
        raise AssertionError(f"{len(self.mails(to))} mails to {to}, waited for {count}")


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """The demo's towns, with the real outlines of Lille where they are at hand."""
    name = f"{DATABASE}_whole"
    home = tmp_path_factory.mktemp("whole")
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
        "RIVERAIN_HOME": str(home),
        "DATABASE_URL": role_url("riverain_test_app", name),
        "DATABASE_OWNER_URL": role_url("riverain_test_owner", name),
        "RIVERAIN_PORT": str(port),
        "RIVERAIN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RIVERAIN_DEMO_PASSWORD": PASSWORD,
    }
    _new_database(name)
    subprocess.run(
        [sys.executable, "-m", "tests.whole.lay"],
        env=environment,
        cwd=ROOT,
        check=True,
        timeout=240,
    )
    running = Product(f"http://127.0.0.1:{port}", home, environment)
    if OUTLINES.exists():
        running.command(
            *("territory", "import", str(OUTLINES), "--collectivity", "lille"),
            *("--kind", "district", "--key-field", "quartier"),
        )
    with ExitStack() as stack:
        processes = [
            stack.enter_context(_running(environment, *arguments))
            for arguments in (["serve", "--workers", "1"], ["worker"])
        ]
        _wait(running.url, processes)
        yield running
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "poubelle.jpg"
    path.write_bytes(photo(size=(800, 600)))
    return path


@pytest.fixture
def visitor(browser, product):
    """A new visitor: nothing of another's session; every script error is a failure."""
    opened, wrong = [], []

    def visit(width: int, *, script: bool = True, dark: bool = False):
        context = browser.new_context(
            base_url=product.url,
            viewport={"width": width, "height": 850},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            java_script_enabled=script,
            geolocation=WAZEMMES,
            permissions=["geolocation"],
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield visit
    for context in opened:
        context.close()
    assert wrong == []


@contextmanager
def _running(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen]:
    """A process of the product, ended as an operator ends it; one that does not end is a failure,
    and killed."""
    command = [sys.executable, "-P", "-m", "riverain.site", *arguments]
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL) as process:
        try:
            yield process
            process.terminate()
            process.wait(timeout=20)
        finally:
            process.kill()


def _new_database(name: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in (
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            (
                "CREATE DATABASE {} OWNER riverain_test_owner TEMPLATE template0 ENCODING 'UTF8'"
                " LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            ),
        ):
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _wait(url: str, processes: list[subprocess.Popen]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert all(process.poll() is None for process in processes), "a process stopped at once"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the product did not become ready")
