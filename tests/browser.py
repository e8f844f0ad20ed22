"""Chromium for the tests that drive a real browser, through Playwright.

Playwright's own loop runs in the thread of the test: while a browser is open, Django refuses the
database there unless the test sets DJANGO_ALLOW_ASYNC_UNSAFE.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from riverain.site.setup import browser

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that reaches nothing but this machine. Skips the test where there is none, which
    CI=true makes a failure."""
    path = browser.find()
    if path is None:
        reason = "Chromium is missing"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield opened
        opened.close()
