"""The pages of the gallery in a real browser: accessible, within the screen, large enough."""

import gzip
from pathlib import Path

import pytest

from tests.browser import TOO_SMALL, breaches, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("home", "form?erreurs", "followed?dit", "thanks", "worklist", "report")
ADDRESSES = ["/ui/", *(f"/page/{page}" for page in PAGES), "/ui/erreur/503"]
UNAVAILABLE = "503"


@pytest.mark.row("L-01")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(visit, width, dark):
    found = {}
    for address in ADDRESSES:
        page = visit(address, width=width, dark=dark, expected=UNAVAILABLE, reduced_motion="reduce")
        page.wait_for_load_state("networkidle")
        if wrong := breaches(page):
            found[address] = wrong
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_leaves_the_screen_sideways(visit, width):
    wide = {}
    for address in ADDRESSES:
        page = visit(address, width=width, expected=UNAVAILABLE)
        page.wait_for_load_state("networkidle")
        if over := too_wide(page):
            wide[address] = over
    assert wide == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_to_press_is_large_enough(visit, width):
    small = {}
    for address in ADDRESSES:
        page = visit(address, width=width, expected=UNAVAILABLE)
        page.wait_for_load_state("networkidle")
        if found := page.evaluate(TOO_SMALL):
            small[address] = found
    assert small == {}


def test_the_first_key_leads_to_the_content(visit):
    page = visit("/page/worklist")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_after_a_mistake_the_summary_has_the_focus_and_leads_to_the_field(visit):
    page = visit("/page/form?erreurs", width=390)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.click("[role=alert] a >> text=Est-ce gênant")
    assert page.evaluate("document.activeElement.id") == "id_severity_0"


def test_on_a_phone_the_rail_opens_from_the_bar_and_closes_with_escape(visit):
    page = visit("/page/worklist", width=390, java_script_enabled=False)
    link = page.get_by_role("link", name="En retard")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()


def test_in_forced_colours_states_keep_an_outline(visit):
    page = visit("/page/form?erreurs", forced_colors="active")
    tile = page.locator(".choice:has(:checked)").first
    assert tile.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_without_motion_nothing_moves(visit):
    page = visit("/page/home", reduced_motion="reduce")
    duration = page.locator(".tile").first.evaluate("e => getComputedStyle(e).transitionDuration")
    assert all(float(part.strip().removesuffix("s")) < 0.001 for part in duration.split(","))


@pytest.mark.row("N-02")
def test_a_first_visit_weighs_less_than_60_kilobytes_before_the_map(visit):
    page = visit("about:blank")
    weights = {}

    def weigh(response):
        body = response.body()
        font = response.url.endswith(".woff2")
        weights[response.url] = len(body if font else gzip.compress(body, 6))

    page.on("response", weigh)
    page.goto("/page/home")
    page.wait_for_load_state("networkidle")
    assert any(url.endswith(".woff2") for url in weights)
    assert sum(weights.values()) < 60_000, weights
