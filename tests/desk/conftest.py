"""Agents of the small town of tests/town.py, signed in."""

import pytest
from django.test import Client

from tests.browser import chromium
from tests.desk.browsing import Desk
from tests.serving import served


@pytest.fixture(autouse=True)
def _counted(steady_memory):
    """Queries are counted here."""


@pytest.fixture
def sign_in(city):
    """A browser for a person, by role; `caen_admin` is the administrator of another town."""

    def browser(role, **options):
        client = Client(**options)
        person = city.caen_admin if role == "caen_admin" else city.people[role]
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def page(sign_in):
    """The text of a page as a role reads it; fails for another status than 200."""

    def read(role, address):
        answer = sign_in(role).get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return read


@pytest.fixture
def take(sign_in):
    """Posts a step on a report as a role, from the page as it is now; returns the answer."""

    def send(role, report, code, **data):
        client = sign_in(role)
        report.refresh_from_db(fields=["seq"])
        return client.post(
            f"/agents/signalements/{report.number}/{code}", {"seq": report.seq, **data}
        )

    return send


@pytest.fixture
def desk(committed_db, monkeypatch):
    """A running desk (tests/desk/browsing.py)."""
    # Playwright's loop runs in this thread while its browser is open.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with chromium() as browser, served() as url:
        yield Desk(browser, url)
