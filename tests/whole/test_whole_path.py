"""From the street to the answer, in a real browser: a report with a photo and no account, routed,
taken, handed over, closed by a coordinator; each mail read; the tracking page tells it all."""

import re

import pytest
from playwright.sync_api import expect

from tests.whole.acts import choose, open_report, open_step, report, send_step, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TYPE = "Sac plein, pas de sac"
PHONE, DESK = 390, 1280


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
    open_step(coordinator, "confier")
    choose(coordinator, "service", "étagage")
    choose(coordinator, "partner", "Netlys")
    send_step(coordinator, number)

    contractor = visitor(width)
    sign_in(contractor, "prestataire")
    open_report(contractor, number)
    expect(contractor.get_by_text(email)).to_have_count(0)
    open_step(contractor, "fait")
    send_step(contractor, number)

    open_report(coordinator, number)
    open_step(coordinator, "cloturer")
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
    coordinator.get_by_text("Écrire des coordonnées").click()
    coordinator.get_by_label("Coordonnées").fill("50.62463, 3.04985")
    send_step(coordinator, number)
    expect(coordinator.get_by_text("Wazemmes").first).to_be_visible()
    coordinator.get_by_role("button", name=re.compile("Prendre en charge")).first.click()
    expect(coordinator.get_by_text("Intervention en cours").first).to_be_visible()

    resident.goto("/suivi")
    resident.get_by_label(re.compile("code", re.IGNORECASE)).fill(code.lower().replace("-", " "))
    resident.get_by_role("button", name=re.compile("Voir|Suivre")).click()
    expect(resident.get_by_role("heading", level=1)).to_have_text(re.compile("Pris en charge"))
