"""From the street to the answer, in a real browser: a report with a photo and no account, routed,
taken, handed over, closed by a coordinator; each mail read; the tracking page tells it all."""

import re

import pytest
from playwright.sync_api import expect

from tests.town import photo
from tests.whole.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAZEMMES = {"longitude": 3.04985, "latitude": 50.62463}
TYPE = "Sac plein, pas de sac"
PHONE, DESK = 390, 1280


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "poubelle.jpg"
    path.write_bytes(photo(size=(800, 600)))
    return path


@pytest.fixture
def visitor(browser, product):
    """A new visitor: nothing of another's session; every script error is a failure."""
    opened, wrong = [], []

    def visit(width: int, *, script: bool = True):
        context = browser.new_context(
            base_url=product.url,
            viewport={"width": width, "height": 850},
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


def report(page, *, picture, email: str, script: bool = True) -> str:
    """Reports as a resident does; returns the tracking code."""
    page.goto("/")
    page.get_by_role("link", name="Propreté et tags").first.click()
    page.get_by_role("link", name=re.compile("^Sac plein")).click()
    if script:
        page.get_by_role("button", name="Utiliser ma position").click()
        expect(page.locator('input[name="lat"]')).to_have_value(re.compile(r"50\.6"))
    page.get_by_label("Adresse ou lieu").fill("Place de la Nouvelle-Aventure")
    page.locator('input[type="file"][name="photos"]').set_input_files(picture)
    page.get_by_label("Ce que vous voyez").fill("La poubelle déborde devant le marché.")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("c’est reçu"))
    return page.locator(".code").inner_text()


def sign_in(page, account: str) -> None:
    page.goto("/agents/")
    page.get_by_label("E-mail").fill(f"{account}@demo.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/agents/")


def open_report(page, number: str) -> None:
    page.goto(f"/agents/signalements/{number}")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Sac plein"))


def choose_step(page, code: str) -> None:
    """Opens a step from the report's page, unfolding the rarer ones where it is among them."""
    link = page.locator(f'main a[href$="/{code}"]').first
    if not link.is_visible():
        page.locator("main details", has=link).locator("summary").click()
    link.click()
    page.wait_for_url(f"**/{code}")


def choose(page, field: str, word: str) -> None:
    """The option of a list that contains a word."""
    option = page.locator(f"select[name={field}] option", has_text=word)
    page.locator(f"select[name={field}]").select_option(option.get_attribute("value"))


def send_step(page, number: str) -> None:
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**/signalements/{number}")


@pytest.mark.row("S0-02", "S0-06", "S0-07", "S0-09", "S0-45", "S0-49", "S0-51", "S0-82", "S2-02")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_report_is_followed_from_the_street_to_the_answer(product, visitor, picture, width):
    email = f"camille-{width}@demo.example"
    resident = visitor(width)
    code = report(resident, picture=picture, email=email)
    expect(resident.get_by_text("Direction de la propreté publique").first).to_be_visible()
    (receipt,) = product.wait_for_mails(email, 1)
    assert code in receipt
    assert "Direction de la propreté publique" in receipt
    number = re.search(r"LIL-\d{4}-\d{6}", receipt)[0]

    coordinator = visitor(width)
    sign_in(coordinator, "coordination")
    open_report(coordinator, number)
    expect(coordinator.get_by_text("Wazemmes").first).to_be_visible()
    expect(coordinator.get_by_text("La poubelle déborde devant le marché.").first).to_be_visible()
    coordinator.get_by_role("button", name=re.compile("Prendre en charge")).first.click()
    expect(coordinator.get_by_text("Intervention en cours").first).to_be_visible()
    choose_step(coordinator, "confier")
    choose(coordinator, "service", "étagage")
    choose(coordinator, "partner", "Netlys")
    send_step(coordinator, number)

    contractor = visitor(width)
    sign_in(contractor, "prestataire")
    open_report(contractor, number)
    expect(contractor.get_by_text(email)).to_have_count(0)
    choose_step(contractor, "fait")
    send_step(contractor, number)

    open_report(coordinator, number)
    choose_step(coordinator, "cloturer")
    coordinator.get_by_label("Fait", exact=False).first.check()
    coordinator.get_by_label("Votre réponse à l’usager").fill(
        "La poubelle a été vidée et le sac remplacé."
    )
    send_step(coordinator, number)
    expect(coordinator.get_by_text("Clôture service fait").first).to_be_visible()

    mails = product.wait_for_mails(email, 2)
    assert len(mails) == 2, "steps within ten minutes make one mail"
    assert "La poubelle a été vidée et le sac remplacé." in mails[1]
    assert "Pris en charge" in mails[1]
    assert "Confié à Netlys Propreté" in mails[1]

    resident.goto(f"/suivi/{code}")
    expect(resident.get_by_role("heading", level=1)).to_have_text(
        re.compile("La poubelle a été vidée et le sac remplacé")
    )
    for said in ("Reçu", "Pris en charge", "Confié à Netlys Propreté"):
        expect(resident.get_by_text(said).first).to_be_visible()
    expect(resident.get_by_role("link", name="Ce n’est pas réglé")).to_be_visible()
    shown = resident.locator("main .photo img").first
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.complete && image.naturalWidth") > 100


@pytest.mark.row("P-01", "S4-03", "S1-07")
def test_whole_path_without_javascript(product, visitor, picture):
    email = "sans-script@demo.example"
    resident = visitor(PHONE, script=False)
    code = report(resident, picture=picture, email=email, script=False)
    (receipt,) = product.wait_for_mails(email, 1)
    number = re.search(r"LIL-\d{4}-\d{6}", receipt)[0]

    coordinator = visitor(DESK, script=False)
    sign_in(coordinator, "coordination")
    coordinator.goto("/agents/?vue=a-localiser")
    expect(coordinator.get_by_role("link", name=re.compile("Sac plein")).first).to_be_visible()
    coordinator.goto(f"/agents/signalements/{number}/lieu")
    coordinator.get_by_label(re.compile("Coordonnées|coordonnées")).fill("50.62463, 3.04985")
    send_step(coordinator, number)
    expect(coordinator.get_by_text("Wazemmes").first).to_be_visible()
    coordinator.get_by_role("button", name=re.compile("Prendre en charge")).first.click()
    expect(coordinator.get_by_text("Intervention en cours").first).to_be_visible()

    resident.goto("/suivi")
    resident.get_by_label(re.compile("code", re.IGNORECASE)).fill(code.lower().replace("-", " "))
    resident.get_by_role("button", name=re.compile("Voir|Suivre")).click()
    expect(resident.get_by_role("heading", level=1)).to_have_text(re.compile("Pris en charge"))
