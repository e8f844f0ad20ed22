"""The agents' pages in a real browser: accessible, within the screen, large enough; every step
without JavaScript, and what JavaScript adds."""

import pytest
from playwright.sync_api import expect

from tests import town
from tests.browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.row("L-01")
def test_pages_are_accessible_within_the_screen_and_large_enough(desk):
    report = f"/agents/signalements/{desk.report.number}"
    addresses = (
        "/agents/",
        "/agents/?vue=en-cours&canal=web&q=sac",
        "/agents/?vue=reclamations&famille=x",
        report,
        *(f"{report}/{code}" for code in ("cloturer", "attente", "confier", "lieu", "effacer")),
        "/agents/saisir",
        "/agents/saisir/lille/depot",
        "/agents/saisir/lille/seringues",
        "/agents/saisir/lille/encombrants",
    )
    found = {}
    for width, dark in ((1280, False), (390, True)):
        page = desk.page("administrator", width=width, dark=dark)
        for address in addresses:
            page.goto(address)
            if wrong := faults(page):
                found[f"{width} {address}"] = wrong
    assert found == {}
    assert desk.told == []


def test_report_is_entered_taken_and_closed_without_javascript(desk):
    page = desk.page("coordinator", java_script_enabled=False, width=390)
    page.goto("/agents/saisir/lille/sac-plein")
    page.get_by_label("Ce que dit la personne").fill("Sac éventré")
    page.get_by_label("Adresse ou lieu").fill("3 place de la République")
    page.get_by_text("Écrire des coordonnées").click()
    page.get_by_label("Coordonnées").fill("50.63, 3.045")
    page.get_by_role("button", name="Enregistrer la demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C’est enregistré.")
    page.get_by_role("link", name="Ouvrir le signalement").click()
    page.get_by_role("button", name="Prendre en charge").click()
    expect(page.get_by_role("status").filter(has_text="Pris en charge.")).to_be_visible()
    page.get_by_text("Plus…").click()
    page.locator(".more a[href$='/cloturer']").click()
    page.get_by_label("Fait", exact=False).first.check()
    page.get_by_role("button", name="Clôturer").click()
    expect(page.get_by_role("status").filter(has_text="Clôturé.")).to_be_visible()
    expect(page.get_by_label("Étapes")).to_contain_text("Le sac a été remplacé.")
    page.locator(".bar > span a[href$='/rouvrir']").click()
    page.get_by_role("button", name="Rouvrir").click()
    expect(page.get_by_role("status").filter(has_text="Rouvert")).to_be_visible()


def test_choosing_an_outcome_writes_the_answer_prepared_for_it(desk):
    page = desk.page("coordinator")
    page.goto(f"/agents/signalements/{desk.report.number}/cloturer")
    answer = page.get_by_label("Votre réponse à l’usager")
    page.locator("input[name=outcome][value=done]").check()
    expect(answer).to_have_value("Nos équipes sont passées et ont fait le nécessaire.")
    page.locator("input[name=outcome][value=already_done]").check()
    expect(answer).to_have_value("C’était déjà réglé à notre arrivée.")
    answer.fill("Un habitant avait déjà tout ramassé.")
    page.locator("input[name=outcome][value=done]").check()
    expect(answer).to_have_value("Un habitant avait déjà tout ramassé.")


def test_letter_on_a_button_presses_it(desk):
    page = desk.page("administrator")
    waiting = town.report(desk.city)
    page.goto(f"/agents/signalements/{waiting.number}")
    expect(page.get_by_label("Raccourcis du clavier")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("status").filter(has_text="Pris en charge.")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Confier à un service")
    assert desk.told == []
