"""What a hurried or clumsy resident does to the path of a report, in a real browser."""

import re

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import expect

from riverain.reports.models import Report
from riverain.territory.addresses.importing import import_file
from tests.browser import faults
from tests.portal import states as reports
from tests.portal.pictures import photo_from
from tests.territory.addresses.ban import town_lines, write
from tests.territory.made import LAT, LON
from tests.town import LOMME, NOWHERE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = "/signaler/type/sac-plein"
# The door of 12 rue Carnot.
CARNOT = (LON + 0.0016, LAT + 0.001)


@pytest.fixture
def there(there, tmp_path):
    """The town with streets."""
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", town_lines()))
    return there


@pytest.fixture
def photographed(tmp_path):
    """A photo file taken at a point."""

    def made(point):
        path = tmp_path / "IMG_0001.jpg"
        path.write_bytes(photo_from(point, taken="2026:11:22 14:05:00"))
        return path

    return made


def begun_by(page, photo):
    """The form of a report that began with a photo."""
    page.goto("/")
    page.locator(".first-photo.live").wait_for()
    page.set_input_files("#first-photo", photo)
    expect(page.get_by_text("Votre photo est gardée.")).to_be_visible()
    page.goto(FORM)
    page.locator("form.live").wait_for()


def onward(page):
    page.locator("[data-onward]").click()


@pytest.mark.row("P-01")
def test_the_place_of_a_photo_is_shown_by_its_address_before_it_is_sent(there, photographed):
    page = there.visitor()
    begun_by(page, photographed(CARNOT))
    expect(page.get_by_role("heading", name="Vérifiez, puis envoyez")).to_be_focused()
    place = page.locator("[data-step=envoi] .summary > div").first
    expect(place).to_contain_text("12 Rue Carnot, 59000 Lille")


@pytest.mark.row("P-01")
def test_a_photo_from_another_town_gives_no_place_and_says_so_at_once(there, photographed):
    page = there.visitor()
    begun_by(page, photographed(NOWHERE))
    expect(page.locator("[data-said].wrong")).to_contain_text("prise hors du territoire")
    expect(page.get_by_role("heading", name="Où est-ce ?")).to_be_visible()
    expect(page.locator("#id_lat")).to_have_value("")
    page.locator("#id_address").fill("12 rue des Postes")
    page.keyboard.press("Escape")
    onward(page)
    expect(page.locator(".picked")).to_have_count(1)
    onward(page)
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")


def test_a_position_where_nobody_receives_is_no_place_and_an_address_still_is(there):
    page = there.visitor(
        geolocation={"longitude": NOWHERE[0], "latitude": NOWHERE[1]}, permissions=["geolocation"]
    )
    page.goto(FORM)
    page.locator("form.live").wait_for()
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.locator("[data-said].wrong")).to_contain_text("Tapez l’adresse")
    expect(page.locator("#id_lat")).to_have_value("")
    onward(page)
    expect(page.get_by_text("Indiquez un lieu").first).to_be_visible()
    page.locator("#id_address").fill("12 rue des Postes")
    page.keyboard.press("Escape")
    onward(page)
    page.locator("#id_description").fill("Le sac déborde.")
    onward(page)
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    assert Report.objects.get().address.startswith("12 rue des Postes")


@pytest.mark.row("S1-08")
def test_a_document_called_a_photo_is_refused_before_anything_else_is_asked(there, tmp_path):
    bill = tmp_path / "facture.jpg"
    bill.write_bytes(b"%PDF-1.4\n" + bytes(4000))
    page = there.visitor()
    page.goto("/")
    page.locator(".first-photo.live").wait_for()
    page.set_input_files("#first-photo", bill)
    expect(page.locator(".first-photo .said.wrong")).to_contain_text("facture.jpg")
    assert not page.get_by_text("Votre photo est gardée.").is_visible()
    expect(page.get_by_text("Commencer par une photo")).to_be_visible()


def test_a_photo_that_the_browser_cannot_show_is_named_wherever_it_would_be_seen(there, tmp_path):
    photo = tmp_path / "IMG_1234.HEIC"
    pillow_heif.from_pillow(Image.new("RGB", (80, 60), "green")).save(photo, quality=80)
    page = there.visitor()
    page.goto("/")
    page.locator(".first-photo.live").wait_for()
    page.set_input_files("#first-photo", photo)
    expect(page.locator(".kept-photo").get_by_text("IMG_1234.HEIC")).to_be_visible()
    expect(page.locator(".kept-photo img")).to_be_hidden()
    page.goto(FORM)
    page.locator("form.live").wait_for()
    page.locator("#id_address").fill("12 rue des Postes")
    page.keyboard.press("Escape")
    onward(page)
    expect(page.locator(".picked-name")).to_have_text("IMG_1234.HEIC")
    onward(page)
    said = page.locator("[data-step=envoi] .summary > div", has_text="Photos")
    expect(said).to_contain_text("IMG_1234.HEIC")
    expect(said.locator("img")).to_have_count(0)


@pytest.mark.row("L-01")
def test_the_buttons_of_photos_are_read_once_and_are_no_fault_before_they_are_used(there):
    page = there.visitor()
    page.goto("/")
    page.locator(".first-photo.live").wait_for()
    assert page.locator("#first-photo:invalid").count() == 0
    page.goto("/signaler/type/depot#details")
    page.locator("form.live").wait_for()
    photos = page.get_by_role("button", name="Ajouter des photos (facultatif)", exact=True)
    expect(photos).to_have_accessible_description(re.compile("^Quatre au plus"))


def filled(page):
    """The form at its last step."""
    page.goto(FORM)
    page.locator("form.live").wait_for()
    page.locator("#id_address").fill("12 rue des Postes")
    page.keyboard.press("Escape")
    onward(page)
    page.locator("#id_description").fill("Le sac déborde.")
    onward(page)


def test_the_way_back_to_a_form_that_was_sent_leads_to_what_was_sent(there):
    page = there.visitor()
    filled(page)
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    tracking = page.url
    page.go_back()
    page.locator("form.live").wait_for()
    expect(page.get_by_role("heading", name="Cette demande est déjà partie")).to_be_visible()
    assert not page.get_by_role("button", name="Envoyer").is_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Voir ma demande").click()
    page.wait_for_url(tracking)
    page.go_back()
    page.get_by_role("link", name="En faire une autre").click()
    page.locator("form.live").wait_for()
    # Nor is what was sent offered as something that was begun.
    expect(page.locator("#id_address")).to_have_value("")
    assert not page.get_by_role("heading", name="Vous aviez commencé").is_visible()
    onward(page)
    expect(page.get_by_text("Indiquez un lieu").first).to_be_visible()
    assert Report.objects.count() == 1


@pytest.mark.row("L-01")
def test_kept_for_want_of_the_service_the_focus_is_where_one_tries_again(there):
    page = there.visitor()
    filled(page)
    there.away = True
    page.get_by_role("button", name="Envoyer").click()
    again = page.get_by_role("button", name="Réessayer maintenant")
    expect(again).to_be_focused()
    # The answer is slow to come, and the button says that it is waited for.
    page.route("**/signaler/type/**", lambda route: None)
    again.click()
    expect(again).to_have_attribute("aria-disabled", "true")
    page.unroute_all(behavior="ignoreErrors")


def test_a_photo_on_a_slow_line_shows_how_much_of_it_has_left(there, tmp_path):
    photo = tmp_path / "IMG_0002.jpg"
    Image.effect_noise((700, 500), 90).convert("RGB").save(photo, quality=95)
    page = there.visitor()
    page.goto(FORM)
    page.locator("form.live").wait_for()
    page.get_by_role("button", name="Je ne sais pas").click()
    page.set_input_files("input[name=photos]", photo)
    page.locator(".picked").wait_for()
    onward(page)
    network = page.context.new_cdp_session(page)
    line = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", line)
    bar = page.get_by_role("progressbar", name="Envoi en cours…")
    assert not bar.is_visible()
    page.get_by_role("button", name="Envoyer").click()
    expect(bar).to_be_visible(timeout=15_000)
    assert 0 < bar.evaluate("bar => bar.value") <= 1
    page.wait_for_url("**/suivi/**")
    assert Report.objects.get().pictures.count() == 1


@pytest.mark.parametrize("page_of", ["message", "pas-regle", ""])
def test_without_a_network_what_is_written_to_the_service_stays_on_the_page(there, page_of):
    made = (reports.asked if page_of == "" else reports.done)(there.city)
    page = there.visitor()
    page.goto(f"/suivi/{made.tracking_code}/{page_of}".rstrip("/"))
    form = page.locator("form[data-draft]")
    expect(form.locator("[data-photos].live")).to_have_count(1)
    words = form.locator("textarea")
    words.fill("La moitié est restée.")
    if page_of == "pas-regle":
        page.get_by_label("C’est fait en partie").check()
    button = form.locator("button.main")
    page.context.set_offline(True)
    button.click()
    expect(form.get_by_role("alert")).to_contain_text("Pas de réseau")
    expect(words).to_have_value("La moitié est restée.")
    assert faults(page) == []
    page.context.set_offline(False)
    expect(form.get_by_role("alert")).to_have_count(0)
    button.click()
    page.wait_for_url("**dit=**")


def test_in_forced_colours_the_button_keeps_them_under_the_pointer(there):
    page = there.visitor(forced_colors="active")
    page.goto("/suivi")
    button = page.get_by_role("button", name="Voir ma demande")
    colour = "button => getComputedStyle(button).backgroundColor"
    at_rest = button.evaluate(colour)
    button.hover()
    expect(button).to_have_css("background-color", at_rest)


def test_whoever_answers_already_is_not_taken_on_by_what_their_photo_says(there, photographed):
    page = there.visitor()
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/plan/ici*", hold)
    begun_by(page, photographed(CARNOT))
    page.locator("#id_address").focus()
    page.wait_for_timeout(600)
    (route,) = waiting
    with page.expect_response("**/plan/ici*"):
        route.continue_()
    expect(page.locator("#id_address")).to_have_value("12 Rue Carnot, 59000 Lille")
    expect(page.locator("#id_address")).to_be_focused()
    expect(page.get_by_role("heading", name="Où est-ce ?")).to_be_visible()


def test_an_address_takes_the_place_of_a_position_that_another_tool_receives(there):
    page = there.visitor(
        geolocation={"longitude": LOMME[0], "latitude": LOMME[1]}, permissions=["geolocation"]
    )
    page.goto(FORM)
    page.locator("form.live").wait_for()
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.locator("[data-said].wrong")).to_contain_text("Lomme")
    # It is kept as long as nothing else is said: it leads to the other tool.
    expect(page.locator("#id_lat")).not_to_have_value("")
    page.locator("#id_address").press_sequentially("12 rue carnot")
    expect(page.locator("#id_lat")).to_have_value("")
    expect(page.get_by_text("qui reçoit les demandes ailleurs")).to_have_count(0)
