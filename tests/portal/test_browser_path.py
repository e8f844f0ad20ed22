"""The way to a tracking code in a real browser: one question a screen, by taps, by the keyboard,
without JavaScript; nothing lost on the way back, nothing sent twice, kept when the service is away."""

import re

import pytest
from playwright.sync_api import expect

from riverain.reports import timeline
from riverain.reports.models import Report
from tests.browser import faults, until
from tests.portal.pictures import photo_from
from tests.town import WAZEMMES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = "/signaler/type/sac-plein"


@pytest.fixture
def picture(tmp_path):
    """A photo as a phone makes it: large, with its place and its moment."""
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(photo_from(WAZEMMES, taken="2026:11:22 14:05:00", size=(2600, 1900)))
    return path


def opened(page, address=FORM):
    page.goto(address)
    page.locator("form.live").wait_for()
    return page


def onward(page):
    page.locator("[data-onward]").click()


def address_of(page):
    return page.locator("#id_address")


@pytest.mark.row("N-02", "S0-81")
def test_words_lead_to_the_code_in_five_taps(there):
    page = there.visitor(
        geolocation={"longitude": WAZEMMES[0], "latitude": WAZEMMES[1]},
        permissions=["geolocation"],
    )
    page.goto("/")
    taps = [
        page.get_by_role("link", name=re.compile("Sac plein")),
        page.get_by_role("button", name="Utiliser ma position"),
        page.get_by_role("button", name="Continuer"),
        page.get_by_role("button", name="Continuer"),
        page.get_by_role("button", name="Envoyer"),
    ]
    page.locator("#q").press_sequentially("corbeille pleine")
    for number, tap in enumerate(taps):
        tap.click()
        if number == 1:
            expect(page.locator("#id_lat")).not_to_have_value("")
    page.wait_for_url("**/suivi/**")
    made = Report.objects.get()
    assert made.district.name == "Wazemmes"
    assert timeline.description_of(made.pk) == "corbeille pleine"


@pytest.mark.row("P-01")
def test_a_photo_first_says_where_and_leaves_nothing_to_ask(there, picture):
    page = there.visitor()
    page.goto("/signaler")
    page.locator(".first-photo.live").wait_for()
    page.set_input_files("#first-photo", picture)
    expect(page.get_by_text("Votre photo est gardée.")).to_be_visible()
    page.get_by_role("link", name="Propreté et tags").click()
    page.get_by_role("link", name=re.compile("Sac plein")).click()
    expect(page.get_by_role("heading", name="Vérifiez, puis envoyez")).to_be_focused()
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    made = Report.objects.get()
    assert made.district.name == "Wazemmes"
    (kept,) = made.pictures.all()
    assert max(kept.file.width, kept.file.height) == 2048


def test_a_step_is_not_left_with_a_fault_and_says_it_in_the_server_s_words(there):
    page = opened(there.visitor(), "/signaler/type/depot")
    onward(page)
    expect(page.get_by_text("Indiquez un lieu, ou choisissez « Je ne sais pas »")).to_be_visible()
    page.get_by_role("button", name="Je ne sais pas où c’est exactement").click()
    expect(page.get_by_role("heading", name="Que se passe-t-il ?")).to_be_focused()
    onward(page)
    for sentence in ("Dites en quelques mots ce que vous voyez", "Cette réponse est nécessaire."):
        expect(page.locator(".error", has_text=sentence)).to_be_visible()
    expect(page.locator("#id_description")).to_be_focused()
    described = page.locator("#id_description").get_attribute("aria-describedby").split()
    assert "id_description_fault" in described
    page.locator("#id_description").fill("Un matelas")
    page.get_by_label("Des sacs").check()
    assert page.locator(".error").count() == 0
    onward(page)
    page.get_by_label("E-mail").fill("camille")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".error", has_text="ne semble pas complète")).to_be_visible()
    assert not Report.objects.exists()


def test_back_goes_one_step_back_and_loses_nothing(there):
    page = opened(there.visitor())
    address_of(page).fill("12 rue des Postes")
    onward(page)
    page.locator("#id_description").fill("Le sac déborde.")
    onward(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Que se passe-t-il ?")).to_be_focused()
    page.locator("[data-back]").click()
    expect(page.get_by_role("heading", name="Où est-ce ?")).to_be_focused()
    assert address_of(page).input_value() == "12 rue des Postes"
    page.go_forward()
    assert page.locator("#id_description").input_value() == "Le sac déborde."
    page.reload()
    expect(page.locator("#id_description")).to_have_value("Le sac déborde.")
    assert page.url.endswith("#details")


def test_words_typed_at_the_last_moment_are_there_after_a_reload(there):
    page = opened(there.visitor())
    address_of(page).fill("12 rue des Postes")
    onward(page)
    # The phone's storage takes a while, and the page is left before.
    page.evaluate("() => { IDBObjectStore.prototype.put = null; }")
    page.evaluate(
        """() => {
          const field = document.querySelector("#id_description");
          field.value = "Le sac déborde.";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.reload()
    expect(page.locator("#id_description")).to_have_value("Le sac déborde.")
    expect(address_of(page)).to_have_value("12 rue des Postes")


def test_the_last_screen_lists_what_was_said_and_leads_back_to_it(there, picture):
    page = opened(there.visitor())
    address_of(page).fill("12 rue des Postes")
    onward(page)
    page.set_input_files("input[name=photos]", picture)
    page.locator(".picked").wait_for()
    page.locator("#id_description").fill("Le sac déborde.")
    onward(page)
    said = page.locator("[data-step=envoi] .summary")
    for words in ("12 rue des Postes", "Le sac déborde."):
        expect(said).to_contain_text(words)
    expect(said.locator("img")).to_have_count(1)
    said.get_by_role("link", name="Modifier : Ce que vous voyez").click()
    expect(page.get_by_role("heading", name="Que se passe-t-il ?")).to_be_focused()


# How many photos the phone holds of the form that was begun; -1 where it holds no such form.
DRAFT = """async () => {
  const { get } = await import("riverain/store");
  return (await get("drafts", "signaler-sac-plein"))?.photos.length ?? -1;
}"""


def test_what_was_begun_is_offered_to_another_tab_with_its_photos(there, picture):
    context = there.context()
    page = opened(there.visitor(context=context))
    address_of(page).fill("12 rue des Postes")
    page.locator("[data-onward]").click()
    page.set_input_files("input[name=photos]", picture)
    page.locator(".picked").wait_for()
    until(page, DRAFT, 1)
    page.close()
    later = opened(there.visitor(context=context))
    expect(later.get_by_role("heading", name="Vous aviez commencé")).to_be_visible()
    assert address_of(later).input_value() == ""
    later.get_by_role("button", name="Reprendre").click()
    expect(address_of(later)).to_have_value("12 rue des Postes")
    expect(later.locator(".picked")).to_have_count(1)
    again = opened(there.visitor(context=context))
    again.get_by_role("button", name="Effacer").click()
    until(again, DRAFT, -1)
    again.reload()
    again.locator("form.live").wait_for()
    again.wait_for_load_state("networkidle")
    assert not again.get_by_role("heading", name="Vous aviez commencé").is_visible()


# Writes something as old as it says into both tables of the phone's memory.
OLD = """async ([name, days]) => {
  const { get } = await import("riverain/store");
  await get("drafts", name);
  const opened = await new Promise((resolve) => {
    const request = indexedDB.open("riverain");
    request.onsuccess = () => resolve(request.result);
  });
  const both = opened.transaction(["drafts", "outbox"], "readwrite");
  for (const table of both.objectStoreNames) {
    both.objectStore(table).put({ at: Date.now() - days * 86_400_000, entries: [], url: "/" }, name);
  }
  await new Promise((resolve) => { both.oncomplete = resolve; });
  opened.close();
}"""
# What both tables hold, by its name alone, however old it is.
HELD = """async () => {
  const opened = await new Promise((resolve) => {
    const request = indexedDB.open("riverain");
    request.onsuccess = () => resolve(request.result);
  });
  const keys = (table) => new Promise((resolve) => {
    const request = opened.transaction(table).objectStore(table).getAllKeys();
    request.onsuccess = () => resolve(request.result);
  });
  const held = { drafts: await keys("drafts"), outbox: await keys("outbox") };
  opened.close();
  return held;
}"""


def test_what_is_too_old_is_gone_from_the_phone_at_the_next_visit_of_any_page(there):
    """It would else stay for whoever looks into a computer that people share: names, places,
    photos of forms that nobody opens again."""
    there.away = True  # what waits to be sent stays, and is not taken for what was deleted
    page = opened(there.visitor())
    page.evaluate(OLD, ["young", 0.9])
    page.evaluate(OLD, ["older", 2])
    page.evaluate(OLD, ["oldest", 8])
    page.goto("/donnees-personnelles")
    until(page, HELD, {"drafts": ["young"], "outbox": ["older", "young"]})


def fill(page):
    address_of(page).fill("12 rue des Postes")
    onward(page)
    page.locator("#id_description").fill("Le sac déborde.")
    onward(page)


def test_away_the_form_is_kept_and_sent_once_when_the_service_is_back(there):
    page = opened(there.visitor())
    fill(page)
    there.away = True
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Gardé sur votre appareil")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Réessayer maintenant").click()
    assert not Report.objects.exists()
    there.away = False
    page.wait_for_url("**/suivi/**")
    assert Report.objects.count() == 1


def test_kept_over_a_closed_tab_it_leaves_at_the_next_visit(there):
    context = there.context()
    page = opened(there.visitor(context=context))
    fill(page)
    there.away = True
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Gardé sur votre appareil")).to_be_visible()
    page.close()
    there.away = False
    later = there.visitor(context=context)
    later.goto("/")
    expect(later.get_by_role("heading", name="Votre demande est partie")).to_be_visible()
    later.get_by_role("link", name="Voir ma demande").click()
    later.wait_for_url("**/suivi/**")
    assert Report.objects.count() == 1


def test_a_double_tap_and_the_way_back_make_one_report(there):
    page = opened(there.visitor())
    fill(page)
    page.get_by_role("button", name="Envoyer").dblclick()
    page.wait_for_url("**/suivi/**")
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert Report.objects.count() == 1
    assert not page.get_by_role("heading", name="Vous aviez commencé").is_visible()


def test_a_refusal_of_the_server_comes_back_in_its_step_with_everything(there):
    page = opened(there.visitor())
    fill(page)
    page.get_by_label("Téléphone").fill("12")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Ce numéro de téléphone ne semble pas complet").last).to_be_visible()
    expect(page.get_by_label("Téléphone")).to_have_value("12")
    page.get_by_label("Téléphone").fill("06 12 34 56 78")
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    assert Report.objects.count() == 1


def test_by_the_keyboard_alone(there):
    page = opened(there.visitor(width=1280))
    address_of(page).focus()
    page.keyboard.type("12 rue des Postes")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Que se passe-t-il ?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Le sac déborde.")
    while page.evaluate("document.activeElement.textContent.trim()") != "Continuer":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vérifiez, puis envoyez")).to_be_focused()
    page.get_by_label("E-mail").focus()
    page.keyboard.type("camille@exemple.fr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suivi/**")
    assert timeline.email_of(Report.objects.get().pk) == "camille@exemple.fr"


def test_without_javascript_the_same_by_plain_pages(there, picture):
    page = there.visitor(java_script_enabled=False)
    page.goto("/signaler")
    page.set_input_files("#first-photo", picture)
    page.get_by_role("button", name="Continuer avec cette photo").click()
    expect(page.get_by_text("Votre photo est gardée.")).to_be_visible()
    page.locator("#q").fill("corbeille pleine")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Sac plein")).click()
    assert page.locator("#id_description").input_value() == "corbeille pleine"
    expect(page.get_by_text("Votre photo dit déjà où")).to_be_visible()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Vérifiez, puis envoyez")).to_be_visible()
    page.get_by_role("button", name="Modifier").click()
    page.locator("#id_description").fill("Corbeille pleine et renversée")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Corbeille pleine et renversée")).to_be_visible()
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    made = Report.objects.get()
    assert made.district.name == "Wazemmes"
    assert made.pictures.count() == 1


SCREENS = {
    "lieu": ["heading Où est-ce ?", "textbox|combobox Adresse ou lieu", "button Je ne sais pas où c’est exactement",
             "button Utiliser ma position", "button Continuer", "link Retour"],
    "details": ["heading Que se passe-t-il ?", "button Ajouter des photos",
                "textbox Ce que vous voyez", "group Qu’est-ce qui est déposé ?",
                "radio Des sacs", "button Continuer", "link Retour"],
    "envoi": ["heading Vérifiez, puis envoyez", "link Modifier", "heading Comment vous répondre ?",
              "textbox E-mail", "textbox Téléphone", "textbox Nom", "button Envoyer", "link Retour"],
}  # fmt: skip


def aloud(page):
    """Role and name of each thing in the order in which a screen reader says them."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}
    said = []

    def read(node):
        if not node.get("ignored"):
            name = node.get("name", {}).get("value", "").replace("\u00a0", " ")
            described = node.get("description", {}).get("value", "")
            said.append((node["role"]["value"], name, described.replace("\u00a0", " ")))
        for child in node.get("childIds", []):
            if child in nodes:
                read(nodes[child])

    read(tree[0])
    return said


@pytest.mark.row("L-01")
def test_each_screen_reads_well_aloud(there):
    page = opened(
        there.visitor(geolocation={"longitude": 3.04, "latitude": 50.63}), "/signaler/type/depot"
    )
    for step, expected in SCREENS.items():
        said = aloud(page)
        position = 0
        for wanted in expected:
            roles, _, name = wanted.partition(" ")
            found = next(
                (
                    index
                    for index in range(position, len(said))
                    if said[index][0] in roles.split("|") and said[index][1].startswith(name)
                ),
                None,
            )
            assert found is not None, (
                step,
                wanted,
                [one for one in said if one[0] != "StaticText"],
            )
            position = found + 1
        fields = [one for one in said if one[0] in {"textbox", "combobox", "radio", "checkbox"}]
        assert all(name for _role, name, _described in fields), step
        if step == "lieu":
            hints = [one[2] for one in said if one[1].startswith("Adresse ou lieu")]
            assert any("Un numéro et une rue" in hint for hint in hints)
            address_of(page).fill("12 rue des Postes")
        if step == "details":
            page.locator("#id_description").fill("Un matelas")
            page.get_by_label("Des sacs").check()
        if step != "envoi":
            onward(page)


@pytest.mark.row("L-01")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_any_screen(there, width, dark):
    page = there.visitor(width=width, dark=dark)
    found = {}
    for address in ("/", "/signaler", "/signaler?q=poubelle", "/signaler?q=girafe", "/signaler/proprete",
                    "/suggerer", "/signaler/type/seringues", "/signaler/type/encombrants"):  # fmt: skip
        page.goto(address)
        found[address] = faults(page)
    opened(page, "/signaler/type/depot")
    onward(page)
    found["lieu"] = faults(page)
    address_of(page).fill("12 rue des Postes")
    page.keyboard.press("Escape")
    onward(page)
    onward(page)
    found["details"] = faults(page)
    page.locator("#id_description").fill("Un matelas")
    page.get_by_label("Des sacs").check()
    onward(page)
    found["envoi"] = faults(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}
