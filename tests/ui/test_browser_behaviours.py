"""What each module does, in a real browser, and what is left without them."""

import base64
import io
import json
import os

import altcha
import pytest
from PIL import Image
from playwright.sync_api import expect

from riverain.guard import pow as proof_of_work

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FILL = """() => {
  document.querySelector('[name=family]').click();
  document.querySelector('[name=severity]').click();
}"""


def picture(side=400, *, noise=False):
    image = (
        Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
        if noise
        else Image.new("RGB", (side, side), "teal")
    )
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def files(*contents):
    return [
        {"name": f"photo-{index}.jpg", "mimeType": "image/jpeg", "buffer": content}
        for index, content in enumerate(contents, 1)
    ]


def answer(page):
    page.wait_for_url("**/recu")
    return json.loads(page.locator("body").inner_text())


def test_without_javascript_the_form_is_whole(visit):
    page = visit("/page/form", width=390, java_script_enabled=False)
    assert page.get_by_label("Adresse ou lieu").is_visible()
    assert page.get_by_label("Ajouter des photos").is_visible()
    assert not page.get_by_role("button", name="Utiliser ma position").is_visible()
    assert not page.locator("[data-map]").is_visible()
    page.get_by_label("Adresse ou lieu").fill("8 rue Jean-Macé")
    page.set_input_files("input[type=file]", files(picture()))
    page.click("text=C’est ici, continuer")
    sent = answer(page)
    assert sent["fields"]["address"] == ["8 rue Jean-Macé"]
    assert [name for name, _size in sent["files"]] == ["photo-1.jpg"]


@pytest.mark.row("S1-08")
def test_four_pictures_are_kept_and_one_can_be_taken_out(visit):
    page = visit("/page/form", width=390)
    page.set_input_files("input[type=file]", files(picture(), picture()))
    page.locator(".picked").nth(1).wait_for()
    page.set_input_files("input[type=file]", files(picture(), picture(), picture()))
    page.get_by_text("4 photos au plus").wait_for()
    assert page.locator(".picked").count() == 4
    page.get_by_role("button", name="Retirer la photo 4").click()
    assert page.locator(".picker [role=status]").inner_text() == "3 photos choisies, 4 au plus."
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')") == "Retirer la photo 3"
    )
    page.click("text=C’est ici, continuer")
    assert len(answer(page)["files"]) == 3


def test_what_is_not_a_picture_is_not_kept(visit):
    page = visit("/page/form")
    document = {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"}
    page.set_input_files("input[type=file]", [document])
    page.get_by_text("n’est pas une image").wait_for()
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 0


def test_a_heavy_picture_is_made_smaller_before_it_is_sent(visit):
    heavy = picture(2600, noise=True)
    assert len(heavy) > 2_000_000
    page = visit("/page/form", width=390)
    page.set_input_files("input[type=file]", files(heavy))
    # Sent at once: the form waits for the picture.
    page.click("text=C’est ici, continuer")
    ((name, size),) = answer(page)["files"]
    assert name == "photo-1.jpg"
    assert size < len(heavy)


def test_a_form_is_sent_once(visit):
    page = visit("/page/form")
    posts = []
    page.on(
        "request", lambda request: posts.append(request.url) if request.method == "POST" else None
    )
    page.evaluate(FILL)
    page.locator("text=C’est ici, continuer").dblclick(no_wait_after=True)
    answer(page)
    assert len(posts) == 1


def test_the_puzzle_is_solved_as_the_guard_wants_it(visit):
    page = visit("/page/form")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Adresse ou lieu").focus()
    expect(page.locator("[name=proof]")).not_to_have_value("")
    page.click("text=C’est ici, continuer")
    (proof,) = answer(page)["fields"]["proof"]
    payload = altcha.Payload.from_base64(proof)
    assert altcha.verify_solution(payload, proof_of_work._key()).verified


def test_a_form_sent_before_the_puzzle_is_touched_waits_for_it(visit):
    page = visit("/page/form")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('form[data-once]').requestSubmit()")
    (proof,) = answer(page)["fields"]["proof"]
    assert "solution" in json.loads(base64.b64decode(proof))


def test_a_puzzle_that_cannot_be_had_does_not_stop_the_form(visit):
    page = visit("/page/form", expected="500")
    page.route("**/enigme", lambda route: route.fulfill(status=500))
    page.get_by_label("Adresse ou lieu").fill("Ici")
    page.get_by_text("La vérification automatique n’a pas abouti").wait_for()
    page.click("text=C’est ici, continuer")
    assert answer(page)["fields"]["proof"] == [""]


# The drafts that the browser keeps, as text; it may not have made their table yet.
DRAFTS = """async () => {
  if (!(await indexedDB.databases()).some((one) => one.name === 'riverain')) return '';
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const opened = await answer(indexedDB.open('riverain'));
  const all = await answer(opened.transaction('drafts').objectStore('drafts').getAll());
  opened.close();
  return JSON.stringify(all.map((one) => one.fields));
}"""


def wait_for_draft(page, *words):
    """Until the draft holds these words: it is written a moment after the last key."""
    for _ in range(100):
        if all(word in page.evaluate(DRAFTS) for word in words):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no draft holds {words}")


def test_what_was_typed_comes_back_and_is_forgotten_once_sent(visit):
    page = visit("/page/form")
    page.get_by_label("Adresse ou lieu").fill("8 rue Jean-Macé")
    chosen = page.get_by_label("Très gênant")
    chosen.check()
    wait_for_draft(page, "8 rue Jean-Macé", f'["{chosen.get_attribute("value")}"]')
    page.reload()
    expect(page.locator("#id_address")).not_to_have_value("")
    assert page.get_by_label("Adresse ou lieu").input_value() == "8 rue Jean-Macé"
    assert page.get_by_label("Très gênant").is_checked()
    page.goto("/page/thanks")
    page.wait_for_load_state("networkidle")
    page.goto("/page/form")
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Adresse ou lieu").input_value() == ""


def test_the_characters_left_are_said(visit):
    page = visit("/page/form")
    text, line = page.get_by_label("Décrivez"), page.locator("#id_text_count")
    text.fill("a" * 480)
    assert line.inner_text() == "Encore 20 caractères"
    assert line.get_attribute("aria-live") == "polite"
    text.fill("a" * 501)
    assert line.inner_text() == "1 caractère de trop"


def test_the_position_of_the_phone_fills_the_place(visit):
    page = visit(
        "/page/form",
        width=390,
        permissions=["geolocation"],
        geolocation={"longitude": 3.05, "latitude": 50.62, "accuracy": 11.2},
    )
    page.get_by_role("button", name="Utiliser ma position").click()
    page.get_by_text("Position trouvée, à 12 mètres près.").wait_for()
    assert page.input_value("#id_longitude") == "3.050000"
    assert page.input_value("#id_latitude") == "50.620000"


def test_a_refused_position_says_what_to_do(visit):
    page = visit("/page/form", permissions=[])
    page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = (_, refuse) => refuse({code: 1}) }"
    )
    page.get_by_role("button", name="Utiliser ma position").click()
    page.get_by_text("Tapez l’adresse, ou placez le repère sur la carte.").wait_for()
    assert page.input_value("#id_longitude") == ""


def test_a_letter_presses_its_button_unless_it_is_typed_or_switched_off(visit):
    page = visit("/page/worklist")
    page.get_by_label("Raccourcis du clavier").wait_for()
    page.get_by_label("Chercher").fill("")
    page.get_by_label("Chercher").press("n")
    assert page.url.endswith("/page/worklist")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**/page/worklist#")
    page.goto("/page/report")
    page.get_by_label("Raccourcis du clavier").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.reload()
    assert not page.get_by_label("Raccourcis du clavier").is_checked()
    assert page.url.endswith("/page/report")
