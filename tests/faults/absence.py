"""PostgreSQL stops for a while under the web server, and comes back: what visitors see, what the
journal says, and that the form sent meanwhile becomes one report.

    python -m tests.faults.absence --seconds 60

Runs on a database and a port of its own; nothing of it is left. Exits with 1 when something is
wrong.
"""

import argparse
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from html.parser import HTMLParser
from pathlib import Path

from riverain.site import environment
from riverain.site.bench.ground import free_port
from riverain.site.embedded import Server
from tests.faults.kill import left_behind, own_settings
from tests.faults.residents import BOUNDARY, PATH, multipart

SLOWEST = 3.0  # seconds for the page that says so
BACK = 15.0  # seconds within which everything works again
WORKERS = 2
TYPED = "Le sac est éventré,\r\net il y a du verre."
LOOKED_AT = ("/", "/signaler", PATH, "/suivi", "/zones.geojson")
# What a process holds in memory it shows for a second more (core/versions.py).
REMEMBERED = 1.5


class Fields(HTMLParser):
    """What the page's form sends."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.area = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[given["name"]] = given["value"]
        if tag == "textarea":
            self.area = given["name"]
            self.found[self.area] = ""

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.absence")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long it is away")
    seconds = parser.parse_args().seconds
    home = Path(tempfile.mkdtemp(prefix="riverain-absence-"))
    home.chmod(0o711)  # PostgreSQL may run as another user
    try:
        wrong = everything(home, seconds)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    wrong += [f"processes left: {left}"] if (left := left_behind(home)) else []
    for sentence in wrong:
        sys.stdout.write(f"WRONG  {sentence}\n")
    return 1 if wrong else 0


def everything(home: Path, seconds: float) -> list[str]:
    port = free_port()
    own_settings(home, port)
    with environment.prepared() as server:
        if server is None:
            raise RuntimeError("this test stops a database of its own")
        from django.db import connections

        from riverain.site.bench import ground

        ground.lay()
        connections.close_all()
        journal = home / "web.log"
        with journal.open("wb") as told:
            web = subprocess.Popen(
                [sys.executable, "-P", "-m", "riverain.site", "serve", "--workers", str(WORKERS)],
                stdout=told,
                stderr=told,
            )
            try:
                wrong = [*trial(server, port, seconds), *said(journal, seconds)]
                if web.poll() is not None:
                    wrong.append("the web server ended")
            finally:
                web.terminate()
                web.wait(30)
                server.remove()
    return wrong


def trial(server: Server, port: int, seconds: float) -> list[str]:
    wrong = []
    until = time.monotonic() + 60
    while not works(port):
        if time.monotonic() > until:
            return ["the web server never answered"]
        time.sleep(0.2)
    server.stop()
    submission = str(uuid.uuid4())
    status, _headers, body = ask(port, "POST", PATH, form(submission, TYPED))
    kept = Fields(body).found
    if (
        status != http.HTTPStatus.SERVICE_UNAVAILABLE
        or not form(submission, TYPED).items() <= kept.items()
    ):
        wrong.append(f"the form did not come back: {status} {kept}")
    time.sleep(REMEMBERED)
    asked, slowest = 0, 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        path = LOOKED_AT[asked % len(LOOKED_AT)]
        status, headers, body = ask(port, "GET", path)
        asked, slowest = asked + 1, max(slowest, time.monotonic() - begun)
        if status != http.HTTPStatus.SERVICE_UNAVAILABLE or "retry-after" not in headers:
            wrong.append(f"{path} answered {status} without the database")
        elif path not in body:
            wrong.append(f"{path}: no way to try again")
        time.sleep(0.1)
    if slowest > SLOWEST:
        wrong.append(f"the page took {slowest:.1f} s")
    server.start()
    back = time.monotonic()
    # Several times over, so that each process and thread is met: none keeps a dead connection.
    for path in ("/", PATH, "/suivi") * 8:
        status = ask(port, "GET", path)[0]
        if status != http.HTTPStatus.OK:
            wrong.append(f"{path} answered {status} when the database was back")
    sent = [ask(port, "POST", PATH, kept) for _ in range(2)]
    places = {headers.get("location") for status, headers, _body in sent}
    if {status for status, _h, _b in sent} != {303} or len(places) != 1:
        wrong.append(f"sent again: {[status for status, _h, _b in sent]}, {places}")
    if time.monotonic() - back > BACK:
        wrong.append(f"it took {time.monotonic() - back:.0f} s to work again")
    sys.stdout.write(f"asked {asked} times, the slowest answer took {slowest:.2f} s\n")
    return wrong


def said(journal: Path, seconds: float) -> list[str]:
    """A line a minute from each process, and no trace of the inside."""
    lines = journal.read_text(encoding="utf-8").splitlines()
    away = [line for line in lines if "does not answer" in line]
    sys.stdout.write(f"{len(away)} lines in the journal\n")
    wrong = []
    if not 1 <= len(away) <= WORKERS * (1 + seconds // 60):
        wrong.append(f"{len(away)} lines say that the database is away")
    if any("Traceback" in line for line in lines):
        wrong.append("the journal holds a trace: " + "\n".join(lines[-20:]))
    return wrong


def form(submission: str, text: str) -> dict[str, str]:
    return {"submission": submission, "lon": "3.0500", "lat": "50.6250", "description": text}


def works(port: int) -> bool:
    try:
        return ask(port, "GET", "/")[0] == http.HTTPStatus.OK
    except OSError:
        return False


def ask(port: int, method: str, path: str, fields=None):
    """Status, headers and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"X-Forwarded-For": f"10.0.0.{os.getpid() % 200 + 1}"}
    if fields:
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    try:
        connection.request(
            method, path, body=multipart(fields) if fields else None, headers=headers
        )
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, told, answer.read().decode()
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
