"""Chromium for the tests that drive a real browser, through Playwright.

Playwright's own loop runs in the thread of the test: while a browser is open, Django refuses the
database there unless the test sets DJANGO_ALLOW_ASYNC_UNSAFE.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from riverain.site.setup import browser
from tests.bounds import within

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
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS)) as opened,
    ):
        yield opened


def screen(width: int, *, dark: bool = False) -> dict[str, Any]:
    """The options of a context: someone's screen, in French."""
    return {
        "viewport": {"width": width, "height": 800},
        "color_scheme": "dark" if dark else "light",
        "locale": "fr-FR",
    }


AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# What is pressed is at least 44 pixels each way (WCAG 2.5.5), but for links within a sentence.
TOO_SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
  .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
  .filter((e) => !e.closest('.skip, .leaflet-control-attribution, [aria-hidden=true]'))
  // These stretch over their whole row or card.
  .filter((e) => !e.matches('.item-title, .linked :is(h2, h3, h4) a'))
  .map((e) => [e, (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""


def breaches(page: Page, **options: Any) -> list[str]:
    """What axe finds on a page as it stands: each rule, and where it is broken."""
    # Once a document: reading it takes half as long as what it then does.
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text())
    with within(60, "axe"):
        result = page.evaluate(
            "options => axe.run(document, options)", {"resultTypes": ["violations"], **options}
        )
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']]}"
        for violation in result["violations"]
    ]


def until(page: Page, script: str, wanted: Any) -> None:
    """Waits until a script, which may be async, gives what is wanted: `wait_for_function` takes the
    promise itself for a yes."""
    found: Any = None
    for _ in range(200):
        found = page.evaluate(script)
        if found == wanted:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{found!r}, not {wanted!r}")


def too_wide(page: Page) -> int:
    """By how many pixels a page leaves the screen sideways."""
    return max(0, page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def faults(page: Page, **options: Any) -> list[str]:
    """What keeps people from using a page as it stands: all that axe finds, what leaves the screen
    sideways, what is too small to press. Empty for a page that is well."""
    page.wait_for_load_state("networkidle")
    found = breaches(page, **options)
    if over := too_wide(page):
        found.append(f"sideways by {over} pixels")
    return found + page.evaluate(TOO_SMALL)
