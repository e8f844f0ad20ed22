"""Whole mornings, by script: what a resident, a front-desk agent and a coordinator do, from the first
look to the last mail, on the running product: on a phone and at a desk, light and dark, and by the
keyboard alone. Without JavaScript: `test_whole_path`."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import faults
from tests.whole.acts import TITLE, open_report, open_step, report, send_step, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAYS = [
    pytest.param(1280, False, id="desk-light"),
    pytest.param(1280, True, id="desk-dark"),
    pytest.param(390, False, id="phone-light"),
    pytest.param(390, True, id="phone-dark"),
]


def enter(page: Page, *, words: str, proposed: str, address: str, email: str = "") -> str:
    """Enters a request for someone; returns the tracking code that is read out to them."""
    page.get_by_role("link", name=re.compile("Saisir une")).locator("visible=true").first.click()
    page.wait_for_url("**/agents/saisir*")
    page.get_by_label("Ce que dit la personne").fill(words)
    page.get_by_role("button", name=proposed).click()
    expect(page.locator("select[name=type] option:checked")).to_have_text(re.compile(proposed))
    page.locator("input[name=address]").fill(address)
    if email:
        page.get_by_label("E-mail").fill(email)
    assert faults(page) == []
    page.get_by_role("button", name="Enregistrer la demande").click()
    page.wait_for_url("**/saisir/recu/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("C’est enregistré")
    return page.locator(".code").inner_text()


def number_of(page: Page) -> str:
    return re.search(r"LIL-\d{4}-\d{6}", page.url)[0]


@pytest.mark.row("S0-82", "S2-12", "N-05")
@pytest.mark.parametrize(("width", "dark"), WAYS)
def test_morning_of_a_resident(product, visitor, picture, width, dark):
    resident, agent = visitor(width, dark=dark), visitor(1280)
    email = f"riverain-{width}-{dark}@demo.example".lower()
    resident.goto("/")
    assert faults(resident) == []
    code = report(resident, picture=picture, email=email)
    assert faults(resident) == []
    (receipt,) = product.wait_for_mails(email, 1)
    number = re.search(r"LIL-\d{4}-\d{6}", receipt)[0]

    # Later in the morning: the code typed as it was noted, a word to the service, its answer.
    resident.goto("/suivi")
    resident.get_by_label(re.compile("code", re.IGNORECASE)).fill(code.lower().replace("-", " "))
    resident.get_by_role("button", name=re.compile("Voir|Suivre")).click()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("a reçu votre demande")
    assert faults(resident) == []
    resident.goto(f"/suivi/{code}/message")
    resident.get_by_label(re.compile("message", re.IGNORECASE)).fill("Le marché s’installe à 6 h.")
    assert faults(resident) == []
    resident.get_by_role("button", name="Envoyer").click()
    resident.wait_for_url("**dit=message*")
    expect(resident.locator("main")).to_contain_text("Votre message est parti")

    sign_in(agent, "coordination")
    open_report(agent, number)
    expect(agent.get_by_text("Le marché s’installe à 6 h.")).to_be_visible()
    open_step(agent, "cloturer")
    agent.get_by_label("Fait", exact=False).first.check()
    send_step(agent, number)

    # It is closed with the words prepared for it, and it is not settled.
    resident.goto(f"/suivi/{code}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("vidée")
    resident.get_by_role("link", name="Ce n’est pas réglé").click()
    resident.get_by_label("C’est fait en partie").check()
    assert faults(resident) == []
    resident.get_by_role("button", name="Rouvrir ma demande").click()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("Réclamation reçue")
    assert faults(resident) == []
    open_report(agent, number)
    expect(agent.locator(".dossier-head")).to_contain_text("Réclamation")


@pytest.mark.row("S0-60", "S0-62", "S0-75", "S3-02", "S4-02")
@pytest.mark.parametrize(("width", "dark"), WAYS)
def test_morning_at_the_front_desk(product, visitor, width, dark):
    agent = visitor(width, dark=dark)
    sign_in(agent, "accueil")
    assert faults(agent) == []
    email = f"accueil-{width}-{dark}@demo.example".lower()
    code = enter(
        agent,
        words="La poubelle du square déborde, le sac est plein",
        proposed="Sac plein, pas de sac",
        address="8 place de la Nouvelle-Aventure",
        email=email,
    )
    number = number_of(agent)
    assert faults(agent) == []
    (receipt,) = product.wait_for_mails(email, 1)
    assert code in receipt

    # The next one writes a letter, and leaves nothing to answer to.
    agent.get_by_role("link", name="Saisir une autre demande").click()
    agent.get_by_label("Comment la demande est arrivée").select_option("letter")
    agent.get_by_label("Ce que dit la personne").fill("Un banc cassé devant la poste")
    agent.get_by_role("button", name="Banc ou table cassés").click()
    expect(agent.locator("select[name=type]")).not_to_have_value("")
    agent.get_by_role("button", name="Enregistrer la demande").click()
    expect(agent.get_by_text("le code est le seul moyen")).to_be_visible()

    # Someone calls again about the first: it is found by its number, written to, noted.
    agent.goto("/agents/?vue=en-cours")
    agent.get_by_label("Des mots, une rue, un numéro").fill(number)
    agent.keyboard.press("Enter")
    agent.get_by_role("link", name=re.compile("Sac plein")).first.click()
    expect(agent.locator(TITLE)).to_contain_text("Sac plein")
    assert faults(agent) == []
    open_step(agent, "ecrire")
    agent.get_by_label("Votre message à l’usager").fill("Le square ferme à 19 h : nous y passons.")
    expect(agent.locator("[data-preview]")).to_contain_text("Ville de Lille vous écrit")
    assert faults(agent) == []
    send_step(agent, number)
    assert "Le square ferme à 19\u00a0h" in product.wait_for_mails(email, 2)[1]
    open_step(agent, "note")
    agent.get_by_label("Votre note").fill("A rappelé à 9 h.")
    send_step(agent, number)
    expect(agent.get_by_text("A rappelé à 9 h.")).to_be_visible()


@pytest.mark.row("S0-64", "S0-49", "S0-77", "P-27")
@pytest.mark.parametrize(("width", "dark"), WAYS)
def test_morning_of_a_coordinator(product, visitor, width, dark):
    desk = visitor(width)
    sign_in(desk, "accueil")
    email = f"matin-{width}-{dark}@demo.example".lower()
    code = enter(
        desk,
        words="Corbeille pleine, plus de sac",
        proposed="Sac plein, pas de sac",
        address="3 rue des Postes",
        email=email,
    )
    number = number_of(desk)

    agent, other = visitor(width, dark=dark), visitor(width)
    sign_in(agent, "coordination")
    sign_in(other, "coordination")
    agent.goto("/agents/?vue=a-traiter")
    assert faults(agent) == []
    open_report(agent, number)
    assert faults(agent) == []
    # Someone takes it meanwhile: nothing is overwritten, what changed is shown.
    open_step(agent, "prevoir")
    expect(agent.locator("[data-preview]")).to_contain_text("Jour de l’intervention")
    open_report(other, number)
    other.get_by_role("button", name=re.compile("Prendre en charge")).first.click()
    expect(other.locator(".dossier-head")).to_contain_text("Intervention en cours")
    agent.locator("input[name=planned_for]").fill("2027-03-01")
    agent.get_by_label("Un mot à l’usager").fill("Le camion vient ce jour-là.")
    agent.locator("main .bar button[form=etape]").click()
    expect(agent.get_by_text("Ce qui a changé depuis")).to_be_visible()
    expect(agent.locator("[data-preview]")).to_contain_text("1er mars")
    expect(agent.get_by_label("Un mot à l’usager")).to_have_value("Le camion vient ce jour-là.")
    assert faults(agent) == []
    send_step(agent, number)

    open_step(agent, "cloturer")
    agent.get_by_label("Fait", exact=False).first.check()
    agent.get_by_label("Votre réponse à l’usager").fill("La corbeille est vidée, le sac changé.")
    expect(agent.locator("[data-preview]")).to_contain_text("La corbeille est vidée")
    assert faults(agent) == []
    send_step(agent, number)
    expect(agent.locator(".dossier-head")).to_contain_text("Clôture service fait")
    mails = product.wait_for_mails(email, 2)
    assert "La corbeille est vidée, le sac changé." in mails[-1]

    resident = visitor(width, dark=dark)
    resident.goto(f"/suivi/{code}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("La corbeille est vidée")
    assert faults(resident) == []


@pytest.mark.row("L-01")
def test_coordinator_works_by_the_keyboard_alone(product, visitor):
    desk = visitor(1280)
    sign_in(desk, "accueil")
    enter(
        desk,
        words="Corbeille pleine, plus de sac",
        proposed="Sac plein, pas de sac",
        address="5 rue des Postes",
    )
    number = number_of(desk)

    agent = visitor(1280)
    sign_in(agent, "coordination")
    expect(agent.locator("[data-foot]")).to_be_visible()
    agent.keyboard.press("/")
    agent.keyboard.type(number)
    agent.keyboard.press("Enter")
    agent.wait_for_url(f"**q={number}*")
    expect(agent.locator("[data-foot]")).to_be_visible()
    agent.keyboard.press("Tab")  # out of the field, where letters are letters
    agent.keyboard.press("j")
    agent.keyboard.press("Enter")
    expect(agent.locator(TITLE)).to_contain_text("Sac plein")
    agent.keyboard.press("p")
    expect(agent.locator(".dossier-head")).to_contain_text("Intervention en cours")
    agent.keyboard.press("f")
    expect(agent.locator(TITLE)).to_contain_text("Clôturer")
    tab_to(agent, "[name=outcome]")
    agent.keyboard.press("Space")
    tab_to(agent, "[name=text]")
    agent.keyboard.press("Control+A")
    agent.keyboard.type("Vidée, et le sac est neuf.")
    tab_to(agent, "button.main")
    agent.keyboard.press("Enter")
    expect(agent.locator(".dossier-head")).to_contain_text("Clôture service fait")


@pytest.mark.row("L-01")
@pytest.mark.parametrize("width", [1280, 390])
def test_resident_reports_follows_and_claims_by_the_keyboard_alone(product, visitor, width):
    resident = visitor(width)
    resident.goto("/")
    tab_to(resident, "input[name=q]")
    resident.keyboard.type("poubelle de la place pleine")
    expect(resident.get_by_role("link", name=re.compile("^Sac plein"))).to_be_visible()
    tab_to(resident, 'a[href*="/type/sac-plein"]')
    resident.keyboard.press("Enter")
    resident.locator("form.live").wait_for()
    tab_to(resident, "input[name=address]")
    resident.keyboard.type("Place de la Nouvelle-Aventure")
    tab_to(resident, "[data-onward]")
    resident.keyboard.press("Enter")
    expect(resident.get_by_role("heading", name="Que se passe-t-il ?")).to_be_focused()
    tab_to(resident, "[name=description]")
    resident.keyboard.type("La poubelle déborde devant le marché.")
    tab_to(resident, "[data-onward]")
    resident.keyboard.press("Enter")
    tab_to(resident, "[name=email]")
    email = f"clavier-{width}@demo.example"
    resident.keyboard.type(email)
    tab_to(resident, "[data-onward]")
    resident.keyboard.press("Enter")
    resident.wait_for_url("**/suivi/**")
    code = resident.locator(".code").inner_text()
    (receipt,) = product.wait_for_mails(email, 1)

    agent = visitor(1280)
    sign_in(agent, "coordination")
    open_report(agent, re.search(r"LIL-\d{4}-\d{6}", receipt)[0])
    open_step(agent, "cloturer")
    agent.get_by_label("Fait", exact=False).first.check()
    send_step(agent, re.search(r"LIL-\d{4}-\d{6}", receipt)[0])

    resident.goto("/suivi")
    tab_to(resident, "main input[name=code]")
    resident.keyboard.type(code)
    resident.keyboard.press("Enter")
    resident.wait_for_url("**/suivi/*")
    tab_to(resident, "main a[href*=pas-regle]")
    resident.keyboard.press("Enter")
    resident.wait_for_url("**/pas-regle")
    tab_to(resident, "[name=claim]")
    resident.keyboard.press("Space")
    tab_to(resident, "[name=text]")
    resident.keyboard.type("Le sac est encore là.")
    tab_to(resident, "button", saying="Rouvrir ma demande")
    resident.keyboard.press("Enter")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("Réclamation reçue")


@pytest.mark.row("L-01")
def test_front_desk_enters_a_request_by_the_keyboard_alone(product, visitor):
    agent = visitor(1280)
    sign_in(agent, "accueil")
    expect(agent.locator("[data-foot]")).to_be_visible()
    agent.keyboard.press("n")
    agent.wait_for_url("**/agents/saisir*")
    expect(agent.get_by_label("Ce que dit la personne")).to_be_focused()
    agent.keyboard.type("La poubelle du square déborde, le sac est plein")
    expect(agent.get_by_role("button", name="Sac plein, pas de sac")).to_be_visible()
    tab_to(agent, "button", saying="Sac plein, pas de sac")
    agent.keyboard.press("Enter")
    expect(agent.locator("select[name=type] option:checked")).to_have_text(re.compile("Sac plein"))
    tab_to(agent, "[name=address]")
    agent.keyboard.type("8 place de la Nouvelle-Aventure")
    tab_to(agent, "button", saying="Enregistrer la demande")
    agent.keyboard.press("Enter")
    agent.wait_for_url("**/saisir/recu/**")
    expect(agent.get_by_role("heading", level=1)).to_contain_text("C’est enregistré")


def tab_to(page: Page, selector: str, *, saying: str = "") -> None:
    """Presses Tab until what has the focus answers to a selector and holds these words; fails when
    nothing does."""
    there = """([wanted, words]) => document.activeElement.matches(wanted)
        && document.activeElement.textContent.includes(words)"""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(there, [selector, saying]):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
