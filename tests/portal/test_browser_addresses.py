"""The address that is suggested while it is typed, in a real browser."""

import pytest
from playwright.sync_api import expect

from riverain.territory.addresses.importing import import_file
from tests.browser import faults
from tests.territory.addresses.ban import town_lines, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = "/signaler/type/sac-plein"


@pytest.fixture
def there(there, tmp_path):
    """The town with streets."""
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", town_lines()))
    return there


@pytest.fixture
def typed(there):
    """Opens the form and types an address; gives the page and the field."""

    def open_and_type(text, **options):
        page = there.visitor(**options)
        page.goto(FORM)
        field = page.get_by_role("combobox", name="Adresse ou lieu")
        field.press_sequentially(text)
        return page, field

    return open_and_type


def options_of(page):
    return page.get_by_role("option")


def point(page):
    return [page.locator(f"[name={name}]").input_value() for name in ("lon", "lat")]


def said(page):
    return page.locator("[data-suggest-said]")


@pytest.mark.row("S1-07", "P-01")
@pytest.mark.parametrize("dark", [False, True])
def test_the_keyboard_alone_chooses_and_axe_finds_nothing(typed, dark):
    page, field = typed("12 av jaur", dark=dark)
    expect(options_of(page)).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(said(page)).to_have_text("1 adresse proposée.")
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    assert faults(page) == []
    field.press("Enter")
    expect(field).to_have_value("12 Avenue Jean Jaurès, 59000 Lille")
    assert point(page) == ["3.001600", "50.604000"]
    expect(said(page)).to_have_text("Lieu trouvé.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    assert page.url.endswith(FORM)


def test_a_tap_chooses(typed):
    page, field = typed("4 place du huit mai", has_touch=True)
    options_of(page).first.tap()
    expect(field).to_have_value("4 Place du 8 Mai 1945, 59000 Lille")
    assert all(point(page))


def test_escape_closes_and_the_arrow_opens_again(typed):
    page, field = typed("rue carn")
    expect(options_of(page).first).to_be_visible()
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("rue carn")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")


def test_other_words_take_the_point_away(typed):
    page, field = typed("12 rue carnot")
    options_of(page).first.click()
    assert all(point(page))
    field.press("End")
    field.press_sequentially(" bis")
    assert point(page) == ["", ""]


def test_a_street_asks_for_the_number_and_chooses_no_point(typed):
    page, field = typed("av jean jaurès")
    options_of(page).first.click()
    expect(said(page)).to_contain_text("À quel numéro")
    assert point(page) == ["", ""]
    # The caret stands where the number goes.
    page.keyboard.type("12 ")
    expect(field).to_have_value("12 Avenue Jean Jaurès, 59000 Lille")
    expect(options_of(page)).to_have_count(1)
    options_of(page).first.click()
    assert all(point(page))


@pytest.mark.parametrize("fault", ["away", "slow", "broken"])
def test_when_nobody_answers_the_words_go_as_they_are(there, fault):
    page = there.visitor()

    def answer(route):
        if fault == "away":
            route.abort()
        elif fault == "broken":
            route.fulfill(status=500, body="<h1>Non</h1>")

    page.route("**/adresses?*", answer)
    page.goto(FORM)
    field = page.get_by_role("combobox", name="Adresse ou lieu")
    # Asked for good, in each of the three ways in which nothing usable comes.
    event = {"away": "requestfailed", "slow": "request", "broken": "response"}[fault]
    with page.expect_event(event, lambda one: "/adresses?" in one.url):
        field.press_sequentially("12 rue carnot")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(said(page)).to_have_text("")
    expect(field).to_have_value("12 rue carnot")


def test_without_javascript_it_is_a_plain_field(there):
    page = there.visitor(java_script_enabled=False)
    page.goto(FORM)
    field = page.get_by_label("Adresse ou lieu")
    assert field.get_attribute("role") is None
    field.fill("12 rue carnot")
    expect(page.locator(".suggest-list")).to_be_hidden()
