"""The pages that follow a report, in a real browser: each state accessible, within the screen and
large enough; the question answered by the keyboard; every gesture without JavaScript; the sheet."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from tests import town
from tests.browser import faults, until
from tests.portal import states

# Colours glide from one scheme to the other.
AT_REST = "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.row("L-01", "S0-75", "S0-82")
def test_every_state_is_accessible_within_the_screen_and_large_enough(there):
    made = {name: make(there.city) for name, make in states.STATES.items()}
    code = made["received"].tracking_code
    addresses = {name: f"/suivi/{report.tracking_code}" for name, report in made.items()} | {
        "question": "/suivi",
        "just sent": f"/suivi/{code}?recu=1",
        "said": f"/suivi/{code}?dit=message",
        "message": f"/suivi/{code}/message",
        "mails": f"/suivi/{code}/mails",
        "stop": f"/suivi/{made['reachable'].tracking_code}/mails/fin",
        "claim": f"/suivi/{made['done'].tracking_code}/pas-regle",
        "contest": f"/suivi/{made['refused'].tracking_code}/pas-regle",
    }
    found = {}
    page = there.visitor()
    for name, address in addresses.items():
        page.goto(address)
        # One load each, looked at twice: all rules on a phone, then what a desk and light change.
        for width, scheme, only in ((390, "dark", ALL), (1280, "light", ["color-contrast"])):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AT_REST)
            if wrong := faults(page, runOnly=only):
                found[f"{name} {width}"] = wrong
    assert found == {}
    _agents_view(there, made["asked"])


def _agents_view(there, made):
    """S0-75: the same page for an agent, with nothing to press for the reporter."""
    client = Client()
    client.force_login(there.city.people["coordinator"])
    page = there.visitor(width=1280)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": there.url}])
    page.goto(f"/agents/signalements/{made.number}/cote-usager")
    assert faults(page) == []
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="Revenir au signalement")).to_be_visible()


@pytest.mark.row("S0-06")
def test_question_is_answered_by_the_keyboard_a_refusal_contested_and_the_code_kept(there):
    _answered(there.visitor(), states.asked(there.city))
    _contested(there.visitor(), states.refused(there.city))
    received = states.received(there.city)
    _copied(there.visitor(permissions=["clipboard-read", "clipboard-write"]), received)
    _printed(there.visitor(width=800), received)


def _answered(page, made):
    page.goto(f"/suivi/{made.tracking_code}")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("Devant l’école.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Répondre", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Votre message est parti")).to_be_visible()
    expect(page.get_by_text("Devant l’école.")).to_be_visible()
    expect(page.get_by_role("heading", name="La question du service")).to_have_count(0)


def test_words_that_were_sent_stay_neither_in_the_tab_nor_on_the_device(there):
    """A computer may be shared, and the form that opens next would hold them again."""
    page = there.visitor()
    for made, form, said, button in (
        (states.received(there.city), "message", "Votre message est parti", "Envoyer"),
        (states.done(there.city), "pas-regle", "Votre réclamation est reçue", "Rouvrir ma demande"),
    ):
        page.goto(f"/suivi/{made.tracking_code}/{form}")
        if form == "pas-regle":
            page.get_by_label("C’est fait en partie").check()
        page.locator("textarea[name=text]").fill("Digicode 4711.")
        until(page, HELD, [1, 1])
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(said)).to_be_visible()
        until(page, HELD, [0, 0])


# How many drafts stand in the phone's memory, and how many notes in the tab's.
HELD = """async () => {
  const { get } = await import("riverain/store");
  await get("drafts", "any");
  const opened = await new Promise((resolve) => {
    const request = indexedDB.open("riverain");
    request.onsuccess = () => resolve(request.result);
  });
  const drafts = await new Promise((resolve) => {
    const request = opened.transaction("drafts").objectStore("drafts").getAllKeys();
    request.onsuccess = () => resolve(request.result);
  });
  opened.close();
  const notes = Object.keys(sessionStorage).filter((key) => key.startsWith("riverain-noted-"));
  return [drafts.length, notes.length];
}"""


def _copied(page, made):
    page.goto(f"/suivi/{made.tracking_code}?recu=1")
    page.get_by_role("button", name="Copier le code").click()
    expect(page.get_by_text("Code copié.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == made.tracking_code


@pytest.mark.row("S2-12", "P-38", "N-05", "P-01")
def test_every_gesture_works_without_javascript(there, tmp_path):
    picture = tmp_path / "reste.jpg"
    picture.write_bytes(town.photo(size=(800, 600)))
    made = states.done(there.city)
    page = there.visitor(java_script_enabled=False)
    page.goto("/suivi")
    link = f"Mon lien : {there.url}/suivi/{made.tracking_code.lower()}"
    page.get_by_label("Votre code de suivi").fill(link)
    page.get_by_role("button", name="Voir ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(states.WORDS)
    expect(page.get_by_role("button", name="Copier le code")).to_be_hidden()
    page.locator("summary", has_text="Ajouter un mot").click()
    page.get_by_label("Un mot pour l’équipe").fill("Bravo !")
    page.get_by_role("button", name="C’est bien réglé, merci").click()
    expect(page.get_by_text("L’équipe le lira")).to_be_visible()
    expect(page.get_by_text("Bravo !")).to_be_visible()
    page.get_by_role("link", name="Ce n’est pas réglé").click()
    page.get_by_label("C’est fait en partie").check()
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="Rouvrir ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Réclamation reçue")
    report = Report.objects.get(pk=made.pk)
    assert report.status == Status.CLAIMED
    assert report.pictures.filter(from_reporter=True, seq__gt=1).count() == 1


def _contested(page, made):
    page.goto(f"/suivi/{made.tracking_code}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("cela ne relève pas de la Ville")
    page.get_by_role("link", name="Contester cette réponse").click()
    page.get_by_role("button", name="Rouvrir ma demande").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites-nous pourquoi.")
    page.get_by_label("Vos raisons").fill("Le mur est celui de l’école.")
    page.get_by_role("button", name="Rouvrir ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Réclamation reçue")
    expect(page.get_by_text("Le mur est celui de l’école.")).to_be_visible()


def _printed(page, made):
    page.goto(f"/suivi/{made.tracking_code}?recu=1")
    page.emulate_media(media="print")
    expect(page.get_by_text(made.tracking_code, exact=True)).to_be_visible()
    expect(page.get_by_text("À saisir à l’adresse :")).to_contain_text("/suivi")
    expect(page.get_by_text("03 20 00 00 01")).to_be_visible()
    for gone in ("Me prévenir", "Copier le code"):
        expect(page.get_by_role("button", name=gone)).to_be_hidden()
