"""Runs the whole product with an invented town: database, pages and background work.

Prints the address and the accounts. Ctrl-C stops all; the next start finds the data again.
"""

import argparse
import contextlib
import http.client
import os
import shutil
import signal
import socket
import time
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

from riverain.config import env
from riverain.config.env import SettingError
from riverain.site import commands, environment
from riverain.site.demo import password
from riverain.site.embedded import Server

if TYPE_CHECKING:
    from riverain.site.supervisor import Child

EXAMPLE = "riverain demo --fresh"

_HOST = "127.0.0.1"
_READY_SECONDS = 90.0
_TICK = 0.2
# What the demo makes under RIVERAIN_HOME, beside the database.
# Says of a home that its data is the demo's own: only such data is removed by --fresh.
_MARK = "demo"
_FOLDERS = ("files", "mail", "sms", "seals", "static")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true", help="remove the demo's data first")
    parser.add_argument("--port", type=int, help="port (RIVERAIN_PORT, or 8000)")
    parser.add_argument(
        "--check",
        action="store_true",
        help="start on a free port, make one report, see it routed and its mail sent, stop",
    )


def before(args: argparse.Namespace) -> None:
    if args.check and args.port is None:
        with socket.socket() as probe:
            probe.bind((_HOST, 0))
            args.port = probe.getsockname()[1]
    if args.port is not None:
        os.environ["RIVERAIN_PORT"] = str(args.port)
    if args.fresh:
        remove_data()
    home = environment.home()
    ours = not environment.given("DATABASE_URL") and not (home / "postgres").exists()
    environment.invent("RIVERAIN_SECRET_KEY", "secret_key")
    password.invent()
    if ours:
        # Before the first thing that takes time: interrupted in it, --fresh still helps.
        _mark(home)


def remove_data() -> None:
    """Begins again. Raises SettingError unless the data is the demo's own."""
    home = environment.home()
    if environment.given("DATABASE_URL"):
        raise SettingError(
            "--fresh empties the embedded database only: make that of DATABASE_URL anew yourself."
        )
    if (home / "postgres").exists() and not (home / _MARK).exists():
        raise SettingError(f"{home} holds data that the demo did not make: it stays as it is.")
    Server(home).remove()
    for name in _FOLDERS:
        shutil.rmtree(home / name, ignore_errors=True)


def run(args: argparse.Namespace) -> int:
    from django.conf import settings

    from riverain.site.commands.serve import refuse_taken
    from riverain.site.supervisor import Child, say, stop_all

    refuse_taken(_HOST, settings.PORT)
    fill(settings.HOME)
    stopping = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop)
    children = [Child("web server", ["serve"]), Child("worker", ["worker"])]
    try:
        if args.check:
            return checked(children, args.server, stopping)
        announced = False
        while not stopping.wait(_TICK):
            tend(children, args.server)
            if not announced and answers(settings.PORT, "/healthz"):
                announce()
                announced = True
        say("Stopping …")
    finally:
        stop_all(children)
    return 0


def tend(children: list["Child"], server: Server | None) -> None:
    for child in children:
        child.tend()
    if server is not None:
        server.revive()


def _mark(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / _MARK).touch()


def fill(home: Path) -> None:
    """Migrates, then makes what is missing of the invented town."""
    from django.db import connections

    from riverain.site.database import migrate, pending_migrations, wrong_rights
    from riverain.site.demo import filling
    from riverain.site.supervisor import say
    from riverain.territory.models import Collectivity

    # Cut in its migration, an earlier start may have left tables without their rights.
    if pending_migrations() or wrong_rights():
        say("Bringing the database to this version …")
        migrate(verbosity=0)
    if not Collectivity.objects.exists():
        say("Making the demo's town:")
        _mark(home)
    filling.fill()
    connections.close_all()


def answers(port: int, path: str) -> bool:
    """Whether the web server says that all is well there."""
    connection = http.client.HTTPConnection(_HOST, port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    return False


def announce() -> None:
    from django.conf import settings

    from riverain.site.demo import people
    from riverain.site.supervisor import say

    mail = settings.MAIL.folder or f"{settings.MAIL.host}:{settings.MAIL.port}"
    say(f"\nRiverain is at {settings.PUBLIC_URL} (Ctrl-C stops it). Mail goes to {mail}.")
    say(f"Agents sign in at {settings.PUBLIC_URL}/agents/")
    say(f"with the password {env.text('RIVERAIN_DEMO_PASSWORD')} as:")
    for address, role in people.ACCOUNTS:
        say(f"  {address:<34}{role}")
    say("")


def checked(children: list["Child"], server: Server | None, stopping: Event) -> int:
    """0 when a report went all its way, 1 when it did not, with the sentence why."""
    from django.conf import settings

    from riverain.site import check
    from riverain.site.supervisor import say

    if settings.MAIL.folder is None:
        raise SettingError("--check reads the mail folder: leave RIVERAIN_MAIL unset for it.")
    deadline = time.monotonic() + _READY_SECONDS
    while not answers(settings.PORT, "/readyz"):
        tend(children, server)
        if stopping.wait(_TICK) or time.monotonic() > deadline:
            say(f"The demo is not ready after {_READY_SECONDS:.0f} seconds: see /readyz.")
            return commands.WRONG
    site = f"http://{_HOST}:{settings.PORT}"
    say(f"The demo is ready at {site}.")
    try:
        check.check(site, settings.MAIL.folder, stopping, say)
    except check.CheckError as error:
        say(f"NOT WELL: {error}")
        return commands.WRONG
    say("All is well.")
    return 0
