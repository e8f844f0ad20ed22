"""What an agent leaves in the browser of a station that others use too."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_nothing_shows_to_who_goes_back_after_the_agent_signed_out(desk):
    """At a counter, the next one to sit down."""
    page = desk.page("coordinator")
    page.goto("/agents/?vue=a-traiter&q=sac")
    page.locator(".rows .item-title").first.click()
    expect(page.locator("#pane h1")).to_be_focused()
    number = page.url.split("/signalements/")[1].split("?")[0]
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page).to_have_url(re.compile("/agents/connexion/"))
    for _ in range(2):
        page.go_back()
        expect(page.get_by_label("Mot de passe")).to_be_visible()
        assert number not in page.locator("body").inner_text()
    kept = page.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    # htmx notes the address that it left, as the browser's own history does, and no page.
    assert "<" not in kept
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert desk.told == []
