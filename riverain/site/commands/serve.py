"""Serves the pages over HTTP.

Put a reverse proxy in front of it, and name it in RIVERAIN_TRUSTED_PROXIES. It speaks HTTPS, and
hands a request on once it is whole (nginx does): else each slow sender holds one of the threads.
"""

import argparse
import contextlib
import gc
import os
import signal
import socket
from functools import partial
from typing import Any

from riverain.config.env import SettingError
from riverain.site import commands

EXAMPLE = "riverain serve --workers 2 --threads 4 --port 8000"
_STOP_SECONDS = 10
_STOPS = (signal.SIGTERM, signal.SIGINT)
# What a client gets to send its headers in, and their size: `site.request` bounds each of them.
_HEADER_MS = 10_000
_HEADER_BYTES = 65_536


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, help="port (RIVERAIN_PORT, or 8000)")
    parser.add_argument("--workers", type=commands.count, default=2, help="processes (%(default)s)")
    parser.add_argument(
        "--threads", type=commands.count, default=4, help="threads a process (%(default)s)"
    )


def before(args: argparse.Namespace) -> None:
    if args.port is not None:
        os.environ["RIVERAIN_PORT"] = str(args.port)


def run(args: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import connections
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    from riverain.site import addresses

    refuse_taken(args.host, settings.PORT)
    collect_static()
    # Loaded once for all processes: a fault in it shows now, and the first visitor does not wait.
    addresses.check()
    connections.close_all()
    let_forked_processes_stop()
    server = Server(
        "riverain.site.wsgi:application",
        address=args.host,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        # The proxy speaks the rest: its streams and headers of 16 MB would only be surface.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MS, max_buffer_size=_HEADER_BYTES),
        workers=args.workers,
        blocking_threads=args.threads,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
    )
    server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)
    return 0


def let_forked_processes_stop() -> None:
    """From here on a process that we fork stops when asked, from its first instant.

    It inherits the parent's handlers, which would swallow a stop until the server's own stand in
    their place: it would be waited for, and killed. Nothing is lost: it serves nobody yet.
    """
    os.register_at_fork(
        before=_hold_stops, after_in_parent=_let_stops_through, after_in_child=_undo_handlers
    )


def _hold_stops() -> None:
    """A stop that comes between the fork and `_undo_handlers` waits for that."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)


def _let_stops_through() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)


def _undo_handlers() -> None:
    for stop in _STOPS:
        signal.signal(stop, signal.SIG_DFL)
    _let_stops_through()


def _application(parent: int) -> Any:
    """Runs in each worker process."""
    from riverain.site.orphans import die_with

    # Not SIGTERM, which lets requests end: nobody is left to bound the wait, and the next server
    # wants the port. A request that is cut is sent again, and is received once.
    die_with(parent, signal.SIGKILL)
    from riverain.site.wsgi import application

    # What is loaded stays: looking through it again holds a request for some 30 ms.
    gc.collect()
    gc.freeze()
    return application


def refuse_taken(host: str, port: int) -> None:
    """Raises SettingError where another program listens there.

    The server shares its port between its processes (SO_REUSEPORT), so it would not notice a
    second one of the same user, and each would get half of the visitors.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise SettingError(
                f"Port {port} needs rights that this user lacks: set RIVERAIN_PORT above 1023."
            ) from error
        except OSError as error:
            raise SettingError(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what uses it, or "
                "set RIVERAIN_PORT to another one."
            ) from error


def collect_static() -> None:
    """Gathers style sheets, scripts and fonts under RIVERAIN_HOME/static, one process at a time."""
    import fcntl

    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(settings.STATIC_ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        os.close(descriptor)
