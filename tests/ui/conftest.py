"""A server of the gallery and a browser for it."""

import re

import pytest
from django.test import override_settings

from tests.browser import chromium, screen
from tests.serving import served
from tests.ui.gallery import MIDDLEWARE


@pytest.fixture(scope="module")
def gallery():
    """The address of a server that shows tests/ui/pages on loopback."""
    with (
        override_settings(ROOT_URLCONF="tests.ui.gallery", MIDDLEWARE=MIDDLEWARE),
        served() as url,
    ):
        yield url


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser, gallery):
    """Opens a page of the gallery; every error that its console tells is a failure."""
    contexts, told = [], []

    def tell(text, url, expected):
        if not url.endswith("/favicon.ico") and not (expected and re.search(expected, text)):
            told.append(text)

    def go(path, *, width=1280, dark=False, expected="", **options):
        context = browser.new_context(
            base_url=gallery,
            **screen(width, dark=dark),
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: tell(str(error), "", expected))
        page.on(
            "console",
            lambda message: (
                tell(message.text, message.location["url"], expected)
                if message.type == "error"
                else None
            ),
        )
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert told == []
