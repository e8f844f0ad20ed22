"""Runs the whole product with an invented town: database, pages and background work.

Prints the address and the accounts. Ctrl-C stops all; the next start finds the data again.
"""

import argparse
import contextlib
import http.client
import os
import shutil
import signal
from pathlib import Path
from threading import Event
from types import FrameType

from riverain.config.env import SettingError
from riverain.site import environment
from riverain.site.embedded import Server

EXAMPLE = "riverain demo --fresh"

_TICK = 0.2
# What the demo makes under RIVERAIN_HOME, beside the database.
_FOLDERS = ("files", "mail", "sms", "seals", "static")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true", help="remove the demo's data first")
    parser.add_argument("--port", type=int, help="port (RIVERAIN_PORT, or 8000)")


def before(args: argparse.Namespace) -> None:
    if args.port is not None:
        os.environ["RIVERAIN_PORT"] = str(args.port)
    if args.fresh:
        remove_data()
    environment.invent("RIVERAIN_SECRET_KEY", "secret_key")
    environment.invent("RIVERAIN_DEMO_PASSWORD", "demo_password")


def remove_data() -> None:
    """Begins again. Raises SettingError unless the data is the demo's own."""
    home = environment.home()
    if environment.given("DATABASE_URL"):
        raise SettingError(
            "--fresh empties the embedded database only: make that of DATABASE_URL anew yourself."
        )
    if (home / "postgres" / "data").exists() and not (home / "demo").exists():
        raise SettingError(f"{home} holds data that the demo did not make: it stays as it is.")
    Server(home).remove()
    for name in _FOLDERS:
        shutil.rmtree(home / name, ignore_errors=True)


def run(args: argparse.Namespace) -> int:
    from django.conf import settings

    from riverain.site.commands.serve import refuse_taken
    from riverain.site.supervisor import Child, say, stop_all

    refuse_taken("127.0.0.1", settings.PORT)
    fill(settings.HOME / "demo", fresh=args.fresh)
    stopping = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop)
    children = [Child("web server", ["serve"]), Child("worker", ["worker"])]
    announced = False
    try:
        while not stopping.is_set():
            for child in children:
                child.tend()
            if args.server is not None:
                args.server.revive()
            if not announced and answers(settings.PORT):
                announce()
                announced = True
            stopping.wait(_TICK)
        say("Stopping …")
    finally:
        stop_all(children)
    return 0


def fill(mark: Path, *, fresh: bool) -> None:
    """Migrates, and makes the invented town where no town is. `mark` tells that it is complete."""
    from django.db import connections

    from riverain.site import demo
    from riverain.site.database import migrate, pending_migrations
    from riverain.site.supervisor import say
    from riverain.territory.models import Collectivity

    if pending_migrations():
        say("Bringing the database to this version …")
        migrate(verbosity=0)
    if not Collectivity.objects.exists():
        say("Making the demo's town and its reports …")
        mark.write_text("begun", encoding="utf-8")
        demo.fill(fresh=fresh)
        mark.write_text("complete", encoding="utf-8")
    elif mark.exists() and mark.read_text(encoding="utf-8") != "complete":
        raise SettingError("The demo's data was interrupted half-made: begin again with --fresh.")
    connections.close_all()


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/healthz")
        connection.getresponse()
        return True
    return False


def announce() -> None:
    from django.conf import settings

    from riverain.site import demo
    from riverain.site.supervisor import say

    mail = settings.MAIL.folder or f"{settings.MAIL.host}:{settings.MAIL.port}"
    say(f"\nRiverain is at {settings.PUBLIC_URL} (Ctrl-C stops it). Mail goes to {mail}.")
    say(f"Agents sign in at {settings.PUBLIC_URL}/agents/")
    say(f"with the password {os.environ['RIVERAIN_DEMO_PASSWORD']} as:")
    for address, role in demo.ACCOUNTS:
        say(f"  {address:<30}{role}")
    say("")
