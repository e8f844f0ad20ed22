"""Words that were begun in a step's form or for a caller, in a real browser: another report, back,
a refusal and a cut line lose none of them; leaving the page asks first."""

import re

import pytest
from playwright.sync_api import expect

from riverain.audit.models import Entry
from tests import town

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "/agents/?vue=en-cours"
WORDS = "Bonjour, l’équipe passe demain matin."


def answer(page):
    return page.get_by_label("Votre réponse à l’usager")


def again(page):
    return page.get_by_text("Ce que vous aviez commencé est encore là.")


@pytest.fixture
def closing(desk, tmp_path):
    """The form that closes a report, beside the list, half filled in."""
    page = desk.page("administrator")
    page.goto(LIST)
    page.locator(".item-title").first.click()
    page.locator(".bar").get_by_role("link", name="Clôturer").click()
    page.locator("#pane input[name=outcome][value=done]").check()
    answer(page).fill("")
    answer(page).press_sequentially(WORDS)
    photo = tmp_path / "apres.jpg"
    photo.write_bytes(town.photo())
    page.locator("#pane input[name=photos]").set_input_files(photo)
    expect(again(page)).to_be_hidden()
    expect(page.locator(".bar kbd")).to_have_text("Ctrl ↵")
    return page


def test_words_begun_are_there_again_after_a_look_at_another_report(desk, closing):
    closing.locator(".item-title").nth(1).click()
    expect(answer(closing)).to_have_count(0)
    closing.go_back()
    expect(answer(closing)).to_have_value(WORDS)
    expect(again(closing)).to_be_visible()
    expect(closing.locator("#pane input[name=outcome][value=done]")).to_be_checked()
    expect(closing.locator(".preview, [data-preview]").first).to_contain_text(WORDS)
    answer(closing).press("Control+Enter")
    expect(closing.get_by_role("status").filter(has_text="Clôturé.")).to_be_visible()
    assert Entry.objects.order_by("pk").last().payload["pictures"] == 1
    assert desk.told == []


def test_words_that_were_sent_do_not_come_back_nor_does_their_form(closing):
    report = closing.url.split("/cloturer")[0]
    answer(closing).press("Control+Enter")
    expect(closing.get_by_role("status").filter(has_text="Clôturé.")).to_be_visible()
    closing.go_back()
    expect(closing).to_have_url(re.compile(re.escape(report) + r"\?"))
    expect(closing.locator("#pane h1")).to_be_focused()
    assert "cloturer" not in closing.url
    asked = []
    closing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    closing.get_by_role("link", name="À traiter").click()
    expect(closing).to_have_url(re.compile("vue=a-traiter"))
    assert asked == []


def test_a_refusal_keeps_the_words_and_says_nothing_of_them(closing):
    closing.locator("#pane input[name=outcome]").first.evaluate("one => one.form.reset()")
    answer(closing).press_sequentially(WORDS)
    answer(closing).press("Control+Enter")
    expect(closing.locator("#pane [role=alert]")).to_be_focused()
    expect(answer(closing)).to_have_value(WORDS)
    expect(again(closing)).to_be_hidden()
    closing.locator(".item-title").nth(1).click()
    expect(answer(closing)).to_have_count(0)
    closing.go_back()
    expect(answer(closing)).to_have_value(WORDS)


def test_a_photo_taken_before_any_word_is_kept_too(closing):
    answer(closing).fill("")
    closing.get_by_role("button", name="Retirer").click()
    expect(closing.get_by_role("button", name="Retirer")).to_have_count(0)
    photo = {"name": "apres.jpg", "mimeType": "image/jpeg", "buffer": town.photo()}
    closing.locator("#pane input[name=photos]").set_input_files(photo)
    expect(closing.get_by_role("button", name="Retirer")).to_have_count(1)
    closing.locator(".item-title").nth(1).click()
    expect(answer(closing)).to_have_count(0)
    closing.go_back()
    expect(closing.get_by_role("button", name="Retirer")).to_have_count(1)
    expect(again(closing)).to_be_visible()


def test_leaving_the_page_asks_first_while_words_are_not_sent(closing):
    asked = []
    closing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    closing.get_by_role("link", name="À traiter").click()
    expect(answer(closing)).to_have_value(WORDS)
    assert asked == ["beforeunload"]
    answer(closing).fill("")
    closing.get_by_role("button", name="Retirer").click()
    closing.get_by_role("link", name="À traiter").click()
    expect(closing).to_have_url(re.compile("vue=a-traiter"))
    assert asked == ["beforeunload"]


def test_a_callers_words_are_not_left_without_asking(desk):
    page = desk.page("front_desk")
    page.goto("/agents/saisir")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    said = page.get_by_label("Ce que dit la personne")
    expect(said).to_be_focused()
    said.press_sequentially("Un matelas")
    page.get_by_role("link", name="En cours").click()
    expect(said).to_have_value("Un matelas")
    assert asked == ["beforeunload"]
    said.press("Control+Enter")
    expect(page.locator("#error-summary, [role=alert]").first).to_be_focused()
    # Away from a field, where a letter is a key of the desk.
    page.keyboard.press("n")
    expect(said).to_have_value("Un matelas")
    assert asked == ["beforeunload", "beforeunload"]


def test_the_next_request_comes_the_same_way_by_one_key(desk):
    page = desk.page("front_desk")
    page.goto("/agents/saisir")
    page.keyboard.type("Le sac déborde")
    page.get_by_label("Type").select_option("sac-plein")
    page.get_by_label("Comment la demande est arrivée").select_option("desk")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/saisir/recu/**")
    expect(page.get_by_label("Raccourcis du clavier")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("Comment la demande est arrivée")).to_have_value("desk")
    expect(page.get_by_label("Ce que dit la personne")).to_be_focused()


def test_a_long_choice_leaves_the_arrow_its_place(desk):
    page = desk.page("front_desk")
    page.goto("/agents/saisir")
    padding = page.get_by_label("Type").evaluate(
        "e => parseFloat(getComputedStyle(e).paddingRight)"
    )
    assert padding >= 36
