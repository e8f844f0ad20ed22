"""What a bench stands on: the demo's towns without a report, served by processes of our own.

The bench command gives it a temporary home, so that nothing of an installation is touched.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager

from riverain.core.refusals import Refused

START_SECONDS = 60


def lay() -> None:
    """Migrates the database and makes the towns. Raises Refused on a database that is in use."""
    from riverain.accounts.labels import SYSTEM
    from riverain.organisation.roles import install_roles
    from riverain.site import database
    from riverain.site.demo import town
    from riverain.territory.models import Collectivity

    database.migrate(verbosity=0)
    if Collectivity.objects.exists():
        raise Refused("A bench writes thousands of reports: give it an empty database.")
    install_roles(acting=SYSTEM)
    town.make()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(*, workers: int, threads: int) -> Iterator[int]:
    """The pages, on a port of this machine; stopped at the end of the block."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "riverain.site", "serve"),
            *("--port", str(port), "--workers", str(workers), "--threads", str(threads)),
        ],
        env={
            **os.environ,
            "RIVERAIN_PROOF_OF_WORK": "off",
            "RIVERAIN_LIMITS": "on",
            "RIVERAIN_TRUSTED_PROXIES": "127.0.0.1",
            "RIVERAIN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        },
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        finally:
            process.kill()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Refused(f"The web server stopped at once (code {process.returncode}).")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise Refused(f"The web server did not answer within {START_SECONDS} seconds.")
