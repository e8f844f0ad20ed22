"""`demo --check`: one report made through HTTP, as a resident without JavaScript makes it, then
seen routed and its mail seen in the folder.
"""

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

ADDRESS = "verification@demo.example"
# A square in the middle of the demo's first town.
LON, LAT = "3.0633", "50.6367"
_TYPE = re.compile(r'href="(/signaler/type/[a-z0-9-]+)"')
_FAMILY = re.compile(r'href="(/signaler/[a-z0-9-]+)"')
_CODE = re.compile(r"/suivi/([0-9A-Z-]+)")
_MAIL_SECONDS = 60.0
_REQUEST_SECONDS = 20.0


class CheckError(Exception):
    """What was not as it should be, as a sentence."""


class Fields(HTMLParser):
    """What a form would send if someone took the first answer to every question."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag != "input" or name in self.values:
            return
        if given.get("type") == "hidden" or name.startswith("q-"):
            self.values[name] = given.get("value") or "1"


def check(site: str, mail: Path, stopping: Event, say: Callable[[str], None]) -> None:
    """Raises CheckError at the first thing that is not as it should be."""
    families = _FAMILY.findall(_get(f"{site}/signaler"))
    if not families:
        raise CheckError("/signaler shows no family.")
    say(f"/signaler shows {len(set(families))} families.")
    types = _TYPE.findall(_get(site + families[0]))
    if not types:
        raise CheckError(f"{families[0]} shows no type.")
    page = site + types[0]
    form = Fields()
    form.feed(_get(page))
    if "submission" not in form.values:
        raise CheckError(f"{types[0]} shows no form.")
    said = {
        "description": "Vérification : un carton sur le trottoir.",
        "lon": LON,
        "lat": LAT,
        "email": ADDRESS,
    }
    arrived, answer = _post(page, form.values | said)
    found = _CODE.search(arrived)
    if found is None:
        raise CheckError(f"{types[0]} did not take the report.")
    code = found[1]
    if code not in answer:
        raise CheckError(f"The answer does not show the tracking code {code}.")
    say(f"{types[0]} took a report and answered with the code {code}.")
    say(_routed(code))
    say(_mailed(code, mail, stopping))


def _routed(code: str) -> str:
    from django.utils import timezone

    from riverain.reports.models import Report

    report = Report.objects.select_related("service", "district", "collectivity").get(
        tracking_code=code
    )
    if report.district is None:
        raise CheckError(f"{report.number} is in no district.")
    if report.due_at is None:
        raise CheckError(f"{report.number} has no deadline.")
    due = timezone.localtime(report.due_at).strftime("%Y-%m-%d %H:%M")
    return (
        f"{report.number} is in {report.collectivity.name}, {report.district.name}, for"
        f" {report.service.name}, due on {due}."
    )


def _mailed(code: str, folder: Path, stopping: Event) -> str:
    deadline = time.monotonic() + _MAIL_SECONDS
    while time.monotonic() < deadline and not stopping.is_set():
        for path in folder.glob("*.eml"):
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = message.get_body(("plain",))
            if message["To"] == ADDRESS and body is not None and code in body.get_content():
                return f"Its mail is in {path}: {str(message['Subject']).strip()}"
        stopping.wait(0.2)
    raise CheckError(f"No mail to {ADDRESS} with the code {code} came to {folder}.")


def _get(url: str) -> str:
    return _open(url)[1]


def _post(url: str, values: dict[str, str]) -> tuple[str, str]:
    return _open(url, urlencode(values).encode())


def _open(url: str, data: bytes | None = None) -> tuple[str, str]:
    """The address that it led to, and the page."""
    try:
        with urlopen(url, data, timeout=_REQUEST_SECONDS) as response:  # noqa: S310 - our own server
            return response.url, response.read().decode()
    except HTTPError as error:
        raise CheckError(f"{url} answered {error.code}.") from error
    except OSError as error:
        raise CheckError(f"{url} did not answer: {error}.") from error
