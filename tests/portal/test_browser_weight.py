"""The page where a report begins is light: what a phone fetches of it, compressed as it is served.
The time that it takes on a slow phone is measured by `python -m tests.whole.weight`."""

import gzip

import pytest

from tests.browser import chromium
from tests.portal.visiting import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 60_000
# What an answer weighs beside its body.
HEADERS = 350
PACKED = (".woff2", ".png", ".jpg")


@pytest.mark.row("N-02")
@pytest.mark.parametrize("address", ["/", "/signaler"])
def test_the_first_page_is_under_sixty_kilobytes(committed_db, monkeypatch, address):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with chromium() as browser:
        town = Town(browser)
        page = town.visitor()
        answers = []
        # Playwright asks a function for its module, which a method of C has not.
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
        page.goto(address)
        page.locator(".first-photo.live").wait_for()
        page.wait_for_load_state("networkidle")
        weights = {
            answer.url.removeprefix(town.url): HEADERS
            + len(
                answer.body()
                if answer.url.endswith(PACKED)
                else gzip.compress(answer.body(), compresslevel=9)
            )
            for answer in answers
        }
        town.close()
    assert sum(weights.values()) < MOST, sorted(weights.items(), key=lambda one: -one[1])
    assert not [url for url in weights if "leaflet" in url or "latin-ext" in url]
