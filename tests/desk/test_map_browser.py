"""The worklist's map in Chromium: marks and the list of the zone, the report beside it, axe."""

import pytest
from playwright.sync_api import expect

from tests import town
from tests.browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAP = "/agents/?vue=en-cours&affichage=carte"


def _marked(desk, role="administrator", **options):
    page = desk.page(role, **options)
    page.goto(MAP)
    page.locator("[data-map][data-marked]").wait_for()
    page.locator("[data-zone-rows] .item").first.wait_for()
    return page


@pytest.mark.row("S0-74")
def test_a_mark_opens_its_report_beside_the_map(desk):
    page = _marked(desk)
    assert page.locator("[data-map]").get_attribute("data-marked") == "2"
    expect(page.locator(".zone-said")).to_have_text("2 signalements dans cette zone")
    page.locator(".leaflet-marker-icon").last.click()
    page.wait_for_url("**/agents/signalements/**affichage=carte")
    expect(page.locator("#pane h1")).to_be_visible()
    assert page.locator("[data-map][data-marked]").is_visible()
    assert desk.told == []


def test_the_list_of_the_zone_follows_when_it_is_asked_to(desk):
    page = _marked(desk)
    search = page.get_by_role("button", name="Chercher dans cette zone")
    page.locator(".leaflet-container").focus()
    for _ in range(8):
        with page.expect_response("**/carte/reperes.json*"):
            page.keyboard.press("ArrowUp")
    expect(search).to_be_visible()
    expect(page.locator(".zone-said")).to_have_text("2 signalements dans cette zone")
    search.click()
    expect(page.locator(".zone-said")).to_have_text("Aucun signalement dans cette zone")
    expect(search).to_be_hidden()


def test_reports_at_one_place_are_one_mark_that_leads_nearer_and_to_their_list(desk):
    for _ in range(3):
        town.report(desk.city, at=town.CENTRE)
    page = _marked(desk)
    several = page.locator(".leaflet-marker-icon .mark.several")
    expect(several).to_have_text("4")
    for _ in range(6):
        with page.expect_response("**/agents/carte/**"):
            several.click()
    expect(page.locator(".zone-said")).to_have_text("4 signalements dans cette zone")


def test_without_javascript_there_is_no_empty_box_but_the_districts(desk):
    page = desk.page("administrator", java_script_enabled=False, width=390)
    page.goto(MAP)
    assert not page.locator("[data-map]").is_visible()
    page.get_by_role("link", name="Wazemmes").click()
    expect(page.locator(".rows .item")).to_have_count(1)


def test_a_desk_that_cannot_be_reached_leaves_the_marks_and_says_so(desk):
    page = _marked(desk)
    page.route("**/carte/**", lambda route: route.abort())
    page.locator(".leaflet-container").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Chercher dans cette zone").click()
    page.get_by_text("La carte n’a pas pu être mise à jour").wait_for()
    assert page.locator(".leaflet-marker-icon").count() == 2


@pytest.mark.row("L-01")
@pytest.mark.parametrize(
    ("width", "dark"), [(1280, False), (390, True), (390, False), (1280, True)]
)
def test_axe_finds_nothing_and_all_can_be_pressed(desk, width, dark):
    page = _marked(desk, width=width, dark=dark)
    assert faults(page) == []
    sizes = page.locator(".leaflet-marker-icon, .zone button, .zone summary").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
