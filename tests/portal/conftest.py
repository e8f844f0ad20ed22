"""What a resident's browser sends."""

import html
import re
import uuid

import pytest

from riverain.reports.models import Report
from tests.browser import chromium
from tests.portal.visiting import running
from tests.town import WAZEMMES


@pytest.fixture(autouse=True)
def _counted(steady_memory):
    """Queries are counted here."""


@pytest.fixture
def there(committed_db, monkeypatch):
    """A running town, for visitors with real browsers; what their consoles tell fails the test."""
    # Playwright's loop runs in this thread while its browser is open.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with chromium() as browser, running(browser) as town:
        yield town
    assert town.told == []


@pytest.fixture
def said(city):
    """A form filled as a resident does; named values replace or, when None, take out."""

    def fill(at=WAZEMMES, **values):
        lon, lat = at or ("", "")
        form = {
            "submission": str(uuid.uuid4()),
            "address": "12 rue des Postes",
            "lon": str(lon),
            "lat": str(lat),
            "description": "Le sac déborde devant l’école.",
            "email": "",
            "phone": "",
            "name": "",
            "proof": "",
            **values,
        }
        return {name: value for name, value in form.items() if value is not None}

    return fill


@pytest.fixture
def send(client, said):
    """Sends the form of a type, and answers the response."""

    def post(type_code="sac-plein", *, prefix="", headers=None, extra=None, **values):
        return client.post(
            f"{prefix}/signaler/type/{type_code}",
            said(**values),
            headers=headers,
            **(extra or {}),
        )

    return post


@pytest.fixture
def sent(send):
    """Sends the form and answers the report that it made."""

    def post(*args, **values):
        answer = send(*args, **values)
        assert answer.status_code == 303, answer.content.decode()
        return Report.objects.get(tracking_code=answer["Location"].split("/")[-1].split("?")[0])

    return post


def picture_of(answer):
    """The bytes of a picture that was served; reading them closes its file."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def page(answer):
    """The page's text as it is read: one line, entities undone."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(text).replace("\u00a0", " ").split())
