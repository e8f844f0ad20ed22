"""Fixtures: the product as it runs, a browser, its visitors."""

import pytest

from tests.browser import chromium
from tests.town import photo
from tests.whole.product import running

WAZEMMES = {"longitude": 3.04985, "latitude": 50.62463}


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    with running(tmp_path_factory.mktemp("whole")) as made:
        yield made


@pytest.fixture(scope="session")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "poubelle.jpg"
    path.write_bytes(photo(size=(800, 600)))
    return path


@pytest.fixture
def visitor(browser, product):
    """A new visitor: nothing of another's session; every script error is a failure."""
    opened, wrong = [], []

    def visit(width: int, *, script: bool = True, dark: bool = False):
        context = browser.new_context(
            base_url=product.url,
            viewport={"width": width, "height": 850},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            java_script_enabled=script,
            geolocation=WAZEMMES,
            permissions=["geolocation"],
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield visit
    for context in opened:
        context.close()
    assert wrong == []
