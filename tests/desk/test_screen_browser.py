"""The desk's one screen in a real browser: three panes, two, one; by mouse, by keys, by back and
forward; while the server is slow, away, or has forgotten who is there."""

import re

import pytest
from playwright.sync_api import expect

from riverain.accounts.models import Session
from riverain.audit.models import Entry
from riverain.core import clock
from riverain.reports import queries
from tests import town
from tests.browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "/agents/?vue=en-cours"
OPEN = re.compile(r"/agents/signalements/[^/?]+\?vue=en-cours$")


def heading(page):
    return page.locator("#pane h1")


def rows(page):
    return page.locator(".item-title")


def marked(page):
    return page.locator(".item-title[aria-current]")


def open_row(page, index=0):
    rows(page).nth(index).click()
    expect(rows(page).nth(index)).to_have_attribute("aria-current", "true")
    expect(heading(page)).to_be_focused()


@pytest.mark.parametrize("start", [LIST, "/agents/"], ids=["list", "bare"])
def test_row_opens_beside_the_list_and_back_and_forward_keep_the_list(desk, start):
    for number in range(20):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("administrator")
    page.goto(start)
    page.evaluate("window.same = true")
    page.locator("[data-rows]").evaluate("list => list.scrollTop = 400")
    title = rows(page).nth(8)
    expected = title.inner_text()
    title.click()
    expect(heading(page)).to_have_text(expected)
    expect(heading(page)).to_be_focused()
    expect(marked(page)).to_have_count(1)
    first = page.url
    rows(page).nth(9).click()
    expect(page).not_to_have_url(first)
    expect(marked(page)).to_have_attribute("href", re.compile(re.escape(page.url.split("/")[-1])))
    page.locator(".bar").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/signalements/[^/]+/"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("/signalements/[^/]+/"))
    page.go_back()
    expect(page).to_have_url(first)
    expect(heading(page)).to_have_text(expected)
    page.go_back()
    expect(page.locator("[data-nothing]")).to_be_visible()
    expect(marked(page)).to_have_count(0)
    page.go_forward()
    expect(page).to_have_url(first)
    expect(heading(page)).to_have_text(expected)
    assert page.locator("[data-rows]").evaluate("list => list.scrollTop") >= 390
    assert page.evaluate("window.same") is True
    assert expected in page.title()
    page.reload()
    expect(heading(page)).to_have_text(expected)
    expect(marked(page)).to_be_in_viewport()
    assert desk.told == []


def test_step_is_taken_beside_the_list_and_the_row_and_the_counts_follow(desk):
    page = desk.page("administrator")
    page.goto("/agents/?vue=a-traiter")
    page.evaluate("window.same = true")
    count = page.locator('.rail-link[href$="vue=a-traiter"] .num')
    before = int(count.inner_text())
    rows(page).first.click()
    page.get_by_role("button", name="Prendre en charge").click()
    expect(page.get_by_role("status").filter(has_text="Pris en charge.")).to_be_visible()
    expect(count).to_have_text(str(before - 1))
    expect(page.locator("#list-total")).to_contain_text(str(before - 1))
    row = page.locator(".item").first
    expect(row).to_contain_text("Intervention en cours")
    expect(row).to_contain_text("n’est plus dans cette vue")
    expect(marked(page)).to_have_count(1)
    page.locator(".bar").get_by_role("link", name="Clôturer").click()
    expect(page).to_have_url(re.compile(r"/cloturer\?vue=a-traiter$"))
    page.get_by_role("button", name="Clôturer").click()
    expect(page.locator("#pane [role=alert]")).to_be_focused()
    page.locator("#pane input[name=outcome][value=done]").check()
    page.get_by_role("button", name="Clôturer").click()
    expect(page.get_by_role("status").filter(has_text="Clôturé.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/signalements/[^/]+\?vue=a-traiter$"))
    assert page.evaluate("window.same") is True
    # 422 is no failure of the page; the browser notes it all the same.
    assert [line for line in desk.told if "422" not in line] == []


def test_whole_morning_by_the_keyboard_alone(desk):
    for number in range(4):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("administrator")
    page.goto("/agents/?vue=a-traiter")
    expect(page.locator("[data-foot]")).to_be_visible()
    page.keyboard.press("j")
    expect(rows(page).nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    expect(rows(page).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    second = page.url
    page.keyboard.press("p")
    expect(page.get_by_role("status").filter(has_text="Pris en charge.")).to_be_visible()
    expect(heading(page)).to_be_focused()
    page.keyboard.press("j")
    expect(page).not_to_have_url(second)
    expect(heading(page)).to_be_focused()
    page.keyboard.press("c")
    expect(heading(page)).to_contain_text("Confier à un service")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jp?")
    expect(page.get_by_role("searchbox")).to_have_value("jp?")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    expect(page.locator("#touches")).to_be_visible()
    expect(page.locator("[data-touches]")).to_have_attribute("aria-expanded", "true")
    page.get_by_label("Raccourcis du clavier").uncheck()
    here = page.url
    page.locator("#list-title").click()
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page).to_have_url(here)
    assert desk.told == []


def test_keys_go_on_with_the_next_page_and_say_where_the_list_ends(desk):
    for number in range(queries.PAGE):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("administrator")
    page.goto(LIST)
    open_row(page, queries.PAGE - 1)
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("page=2$"))
    expect(rows(page)).to_have_count(3)
    expect(page.locator("[data-foot]")).to_be_visible()
    page.keyboard.press("j")
    expect(rows(page).first).to_have_attribute("aria-current", "true")
    open_row(page, 2)
    page.keyboard.press("j")
    expect(page.locator("[data-end]")).to_have_text("C’est le dernier de la liste.")
    expect(rows(page).nth(2)).to_have_attribute("aria-current", "true")


def test_keys_pressed_faster_than_reports_come_lead_as_far(desk):
    for number in range(6):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("administrator")
    page.goto("/agents/?vue=a-traiter")
    open_row(page)
    held = []
    page.route(
        "**/signalements/**",
        lambda route, _request: held.append(route),
        times=1,
    )
    entries = Entry.objects.count()
    for key in ("j", "j", "j", "k", "p"):
        page.keyboard.press(key)
    held.pop().continue_()
    expect(rows(page).nth(2)).to_have_attribute("aria-current", "true")
    expect(heading(page)).to_be_focused()
    # A letter pressed on the way to a report is not a step on the one before.
    assert Entry.objects.count() == entries
    page.keyboard.press("j")
    expect(rows(page).nth(3)).to_have_attribute("aria-current", "true")


def test_report_handed_out_of_sight_leaves_its_place_to_the_next(desk):
    for number in range(20):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("coordinator")
    page.goto("/agents/?vue=a-traiter")
    open_row(page, 12)
    number = page.url.split("/")[-1].split("?")[0]
    next_one = rows(page).nth(13).get_attribute("href")
    page.keyboard.press("c")
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # the preview
        page.get_by_label("Service").select_option(str(desk.city.services["voirie"].pk))
    page.keyboard.press("Control+Enter")
    said = page.get_by_role("status").filter(has_text=f"{number} n’est plus dans vos listes.")
    expect(said).to_be_visible()
    expect(page.locator(f'.item-title[href="{next_one}"]')).to_be_focused()
    expect(page.locator(f'.item-title[href="{next_one}"]')).to_be_in_viewport()
    expect(page.locator(f"#s-{number}")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    assert desk.told == []


def test_what_is_typed_while_a_pane_comes_stays_words(desk):
    """The focus does not go to the pane then: the letters that follow would be steps."""
    for number in range(2):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("administrator")
    page.goto("/agents/?vue=a-traiter")
    expect(page.locator("[data-foot]")).to_be_visible()
    entries = Entry.objects.count()
    held = []
    page.route("**/signalements/**", lambda route, _request: held.append(route))
    page.keyboard.press("j")
    with page.expect_request("**/signalements/**"):
        page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.keyboard.type("p")
    held.pop().continue_()
    expect(heading(page)).to_be_visible()
    page.keyboard.type("pj")
    expect(page.get_by_role("searchbox")).to_have_value("ppj")
    assert Entry.objects.count() == entries


def test_without_javascript_the_three_panes_are_whole_pages(desk):
    page = desk.page("administrator", java_script_enabled=False)
    page.goto(LIST)
    expect(page.locator("[data-foot]")).to_be_hidden()
    title = rows(page).first.inner_text()
    rows(page).first.click()
    expect(page).to_have_url(OPEN)
    expect(heading(page)).to_have_text(title)
    expect(rows(page)).not_to_have_count(0)
    expect(marked(page)).to_have_text(title)
    page.get_by_role("link", name="Filtrer").click()
    expect(heading(page)).to_have_text(title)
    page.get_by_label("Canal").select_option("web")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("list", name="Filtres en place")).to_contain_text("site web")
    expect(heading(page)).to_have_text(title)


@pytest.mark.parametrize("scripts", [True, False], ids=["with", "without"])
def test_phone_goes_from_views_to_list_to_report_and_back_to_the_same_place(desk, scripts):
    for number in range(20):
        town.report(desk.city, description=f"n°{number}")
    page = desk.page("administrator", width=390, java_script_enabled=scripts)
    page.goto("/agents/")
    expect(rows(page).first).to_be_hidden()
    page.get_by_role("link", name="En cours").click()
    wanted = rows(page).nth(12)
    wanted.scroll_into_view_if_needed()
    wanted.click()
    expect(page).to_have_url(OPEN)
    expect(heading(page)).to_be_in_viewport()
    expect(rows(page).first).to_be_hidden()
    # A step is read from its beginning, wherever its button was pressed.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator("#pane").get_by_role("link", name="Ajouter une note").click()
    expect(page).to_have_url(re.compile("/note"))
    expect(heading(page)).to_be_in_viewport()
    assert page.evaluate("window.scrollY") == 0
    page.get_by_role("link", name="Le signalement").click()
    expect(page).to_have_url(OPEN)
    page.get_by_role("link", name="La liste").click()
    expect(wanted).to_be_visible()
    expect(wanted).to_be_in_viewport()
    expect(heading(page)).to_be_hidden()
    if scripts:
        expect(wanted).to_be_focused()
    page.get_by_role("link", name="Vues").click()
    expect(page.get_by_role("link", name="En cours")).to_be_visible()


def test_what_fails_is_said_in_the_pane_and_can_be_tried_again(desk):
    page = desk.page("administrator")
    page.goto(LIST)
    open_row(page)
    first = heading(page).inner_text()
    address = page.url
    page.context.set_offline(True)
    rows(page).nth(2).click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Rien n’est perdu")
    expect(heading(page)).to_have_text(first)
    expect(page).to_have_url(address)
    page.context.set_offline(False)
    notice.get_by_role("button", name="Réessayer").click()
    expect(notice).to_have_count(0)
    expect(page).not_to_have_url(address)
    page.locator(".bar").get_by_role("link", name="Clôturer").click()
    page.get_by_label("Votre réponse à l’usager").fill("Tout est ramassé.")
    page.locator("#pane input[name=outcome][value=done]").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Clôturer").click()
    expect(notice).to_contain_text("Rien n’est perdu")
    expect(page.get_by_label("Votre réponse à l’usager")).to_have_value("Tout est ramassé.")
    page.context.set_offline(False)
    notice.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("status").filter(has_text="Clôturé.")).to_be_visible()


def test_slow_report_shows_a_skeleton_and_a_quick_one_none(desk):
    page = desk.page("administrator")
    page.goto(LIST)
    waiting = []
    page.route("**/signalements/**", lambda route, _request: waiting.append(route))
    rows(page).first.click()
    skeleton = page.locator(".skeleton")
    assert skeleton.evaluate("s => getComputedStyle(s).visibility") == "hidden"
    expect(skeleton).to_be_visible()
    expect(page.locator("[data-loading]")).to_have_text("Chargement…")
    waiting[0].continue_()
    expect(heading(page)).to_be_visible()
    expect(skeleton).to_be_hidden()
    expect(page.locator("[data-loading]")).to_have_text("")


def test_session_that_ended_leads_to_the_sign_in_page_and_back_to_the_report(desk):
    person = desk.city.people["administrator"]
    person.set_password("grande rivière 1")
    person.save()
    page = desk.page("administrator")
    page.goto(LIST)
    page.context.clear_cookies()
    rows(page).first.click()
    expect(page).to_have_url(re.compile(r"/agents/connexion/\?next="))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill("grande rivière 1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(OPEN)
    expect(heading(page)).to_be_visible()


def test_form_sent_after_the_session_ended_is_kept_and_sent_again(desk):
    page = desk.page("administrator")
    page.goto("/agents/?vue=a-traiter")
    rows(page).first.click()
    page.get_by_role("link", name="Ajouter une note").click()
    page.locator("#pane textarea").fill("Passer par le portail.")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="Ajouter une note").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("votre session a pris fin")
    expect(notice.get_by_role("link")).to_be_visible()
    # Signed in again in another tab.
    page.context.add_cookies(cookies)
    notice.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_label("Étapes")).to_contain_text("Passer par le portail.")


@pytest.mark.parametrize("script", [True, False])
def test_words_typed_while_the_session_ended_are_sent_after_the_sign_in(desk, script):
    """Nobody asked for anything for half an hour. The sign-in beside gives new cookies, with
    another token for forms."""
    person = desk.city.people["administrator"]
    person.set_password("grande rivière 1")
    person.save()
    page = desk.page("administrator", java_script_enabled=script)
    page.goto(f"/agents/signalements/{desk.report.number}/note?vue=en-cours")
    page.locator("#pane textarea").fill("Passer par le portail.")
    Session.objects.update(expire_date=clock.now())
    page.get_by_role("button", name="Ajouter une note").click()
    expect(page.get_by_text(re.compile("[Vv]otre session a pris fin"))).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter").click()
    beside = opened.value
    beside.locator("input[name=login]").fill(person.email)
    beside.locator("input[name=password]").fill("grande rivière 1")
    beside.keyboard.press("Enter")
    expect(beside.get_by_text("Se déconnecter")).to_be_visible()
    if script:
        page.get_by_role("button", name="Réessayer").click()
    else:  # the first page gives the new token
        page.get_by_role("button", name="Envoyer de nouveau").click()
        expect(page.get_by_label("Votre message")).to_have_value("Passer par le portail.")
        page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.get_by_label("Étapes")).to_contain_text("Passer par le portail.")


@pytest.mark.row("L-01")
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (900, True), (390, True), (390, False)])
def test_states_of_the_screen_are_accessible(desk, width, dark):
    found = {}

    def check(name):
        if wrong := faults(page):
            found[name] = wrong

    page = desk.page("administrator", width=width, dark=dark)
    page.goto("/agents/")
    check("views")
    page.goto(f"{LIST}&filtrer=1&canal=web")
    check("filters")
    page.goto("/agents/?vue=reclamations")
    check("empty")
    page.goto(LIST)
    open_row(page, 1)
    check("report")
    page.locator(".more > summary").click()
    check("more")
    page.locator(".more").get_by_role("link", name="Mettre en attente").click()
    expect(heading(page)).to_contain_text("Mettre en attente")
    check("step")
    page.goto(page.url.split("/attente")[0])
    check("alone")
    assert found == {}
    assert desk.told == []
