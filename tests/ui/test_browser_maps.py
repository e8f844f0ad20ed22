"""Maps in Chromium: placing the pin, the drawn town, tiles that come, stop or never come."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image
from playwright.sync_api import expect

from riverain.config.env import Tiles
from riverain.web.ui.policy import _policy
from tests.browser import faults

pytestmark = pytest.mark.browser

PICK, VIEW = "/page/form", "/page/followed"
# Answers once the page has scrolled.
SCROLLED = """() => new Promise((resolve) => {
  const look = () => (scrollY > 0 ? resolve() : requestAnimationFrame(look));
  look();
})"""


def shown(page):
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.locator("[data-map][data-shown]").wait_for()
    return page.locator("[data-map] .leaflet-container")


def zoomed(canvas, key, levels):
    """Presses a key until the map stands so many levels further; each press once the last is done."""
    zoom = int(canvas.get_attribute("data-zoom"))
    canvas.focus()
    for _ in range(abs(levels)):
        zoom += 1 if levels > 0 else -1
        canvas.press(key)
        expect(canvas).to_have_attribute("data-zoom", str(zoom))


def moved(page, canvas, key):
    """Presses an arrow, and waits until the map rests under the pin again."""
    longitude = page.locator("#id_longitude")
    before = longitude.input_value()
    canvas.press(key)
    expect(longitude).not_to_have_value(before)


def names(page):
    return page.locator(".leaflet-names-pane text").all_text_contents()


def test_without_tiles_the_town_is_drawn_with_its_names(visit):
    page = visit(VIEW)
    shown(page)
    page.locator(".map-street-name").first.wait_for()
    assert {"Rue Colbert", "Boulevard de la Liberté"} & set(names(page))
    assert page.locator("path.map-street.wide-1").first.get_attribute("d") != "M0 0"
    assert page.locator(".map-area").count() == 2


def test_from_afar_areas_are_named_and_from_near_doors_have_their_numbers(visit):
    page = visit(PICK)
    canvas = shown(page)
    page.locator(".map-name").first.wait_for()
    assert {"Wazemmes", "Centre"} <= set(page.locator(".map-name").all_text_contents())
    zoomed(canvas, "+", 5)
    page.locator(".map-door").first.wait_for()
    assert all(number.isdigit() for number in page.locator(".map-door").all_text_contents())
    assert page.locator(".map-name").count() == 0


def test_arrows_move_the_map_under_the_pin_and_zooming_chooses_nothing(visit):
    page = visit(PICK)
    canvas = shown(page)
    assert page.input_value("#id_longitude") == ""
    zoom = int(canvas.get_attribute("data-zoom"))
    page.get_by_role("button", name="Zoomer", exact=True).click()
    expect(canvas).to_have_attribute("data-zoom", str(zoom + 1))
    assert page.input_value("#id_longitude") == ""
    moved(page, canvas, "ArrowRight")
    assert float(page.input_value("#id_longitude")) > 3.0573
    assert abs(float(page.input_value("#id_latitude")) - 50.6292) < 0.001
    page.get_by_text("Repère placé : 12 Rue Colbert, 59000 Lille.").wait_for()


def test_enter_takes_the_place_as_it_is_and_sends_no_form(visit):
    page = visit(PICK)
    shown(page).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_longitude")).not_to_have_value("")
    assert abs(float(page.input_value("#id_longitude")) - 3.0573) < 0.0001
    assert page.url.endswith(PICK)


def test_a_tap_brings_the_place_under_the_pin(visit):
    page = visit(PICK)
    shown(page).click(position={"x": 60, "y": 250})
    expect(page.locator("#id_longitude")).not_to_have_value("")
    assert float(page.input_value("#id_longitude")) < 3.0573


def test_out_of_the_territory_it_says_so_at_once(visit):
    page = visit(PICK)
    canvas = shown(page)
    zoomed(canvas, "-", -3)
    for _ in range(6):
        moved(page, canvas, "ArrowRight")
    page.locator("[data-said].wrong", has_text="hors du territoire").wait_for()


def test_the_map_goes_where_the_phone_is_and_shows_how_sure_it_is(visit):
    page = visit(
        PICK,
        permissions=["geolocation"],
        geolocation={"longitude": 3.06, "latitude": 50.63, "accuracy": 60},
    )
    shown(page)
    page.get_by_role("button", name="Utiliser ma position").click()
    page.locator("path.map-around").wait_for(state="attached")
    page.get_by_text("Repère placé : 12 Rue Colbert").wait_for()
    page.locator("[data-map] .leaflet-container").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#id_latitude")).not_to_have_value("50.630000")
    assert abs(float(page.input_value("#id_longitude")) - 3.06) < 0.0001
    assert 50.63 < float(page.input_value("#id_latitude")) < 50.64


def test_the_map_looks_where_a_street_is_and_chooses_nothing(visit):
    page = visit(PICK)
    shown(page)
    page.evaluate(
        "() => document.querySelector('[data-place]').dispatchEvent("
        "new CustomEvent('riverain:look', {detail: {longitude: 3.06, latitude: 50.625}}))"
    )
    expect(page.locator("[data-map] .leaflet-container")).to_have_attribute("data-zoom", "17")
    assert page.input_value("#id_longitude") == ""


def test_a_telephone_that_is_turned_chooses_nothing_and_keeps_what_is_chosen(visit):
    page = visit(PICK)
    canvas = shown(page)
    for width, height in ((851, 390), (390, 851), (601, 700)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)  # Leaflet tells the end of a move 200 ms after a resize
    assert page.input_value("#id_longitude") == ""
    canvas.click(position={"x": 60, "y": 150})
    expect(page.locator("#id_longitude")).not_to_have_value("")
    chosen = page.input_value("#id_longitude"), page.input_value("#id_latitude")
    page.set_viewport_size({"width": 390, "height": 851})
    page.wait_for_timeout(400)
    assert (page.input_value("#id_longitude"), page.input_value("#id_latitude")) == chosen


def test_nothing_of_the_map_is_fetched_before_it_is_in_sight(visit):
    page = visit("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 390, "height": 300})
    page.goto(PICK)
    page.wait_for_load_state("networkidle")
    assert not any("leaflet" in url or "/plan/" in url or "map-" in url for url in asked)
    shown(page)
    assert any("leaflet" in url for url in asked)


def test_on_a_spared_line_the_map_waits_to_be_asked_for(visit):
    page = visit("about:blank")
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PICK)
    page.get_by_role("button", name="Afficher la carte").wait_for()
    assert not any("leaflet" in url for url in asked)
    page.get_by_role("button", name="Afficher la carte").click()
    page.locator("[data-map][data-shown]").wait_for()


def test_a_map_that_fails_says_that_the_words_are_enough(visit):
    page = visit("about:blank", expected="leaflet|ERR_FAILED")
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(VIEW)
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.get_by_text("La carte ne s’affiche pas.").wait_for()


def test_a_town_that_cannot_be_fetched_leaves_the_pin(visit):
    page = visit("about:blank", expected="ERR_FAILED")
    page.route("**/plan/**", lambda route: route.abort())
    page.goto(VIEW)
    shown(page)
    assert page.locator(".map-pin").is_visible()


def test_without_javascript_the_words_stand_alone(visit):
    page = visit(VIEW, java_script_enabled=False)
    assert not page.locator("[data-map]").is_visible()
    caption = page.locator(".shown-place figcaption")
    assert "place de la Nouvelle-Aventure" in caption.inner_text()
    link = caption.get_by_role("link", name="Ouvrir dans mon GPS")
    assert link.get_attribute("href") == "geo:50.6266,3.0505?q=50.6266,3.0505"


def test_one_finger_scrolls_the_page_over_a_small_map(visit):
    page = visit(VIEW, width=390, has_touch=True, is_mobile=True)
    canvas = shown(page)
    assert canvas.evaluate("(e) => getComputedStyle(e).touchAction") == "pan-x pan-y"


def test_a_mouse_wheel_scrolls_the_page_until_the_map_is_used(visit):
    page = visit(PICK)
    canvas = shown(page)
    zoom = canvas.get_attribute("data-zoom")
    canvas.hover()
    page.mouse.wheel(0, 300)
    page.evaluate(SCROLLED)
    assert canvas.get_attribute("data-zoom") == zoom


def test_the_tab_key_leads_out_of_the_map(visit):
    page = visit(PICK)
    shown(page).focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('[data-map]') !== null")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", [PICK, VIEW])
def test_axe_finds_nothing_on_maps(visit, path, width, dark):
    page = visit(path, width=width, dark=dark)
    shown(page)
    page.locator(".map-area").first.wait_for(state="attached")
    assert faults(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_pressed_on_a_map_is_wide_enough_for_a_thumb(visit, width):
    page = visit(PICK, width=width)
    shown(page)
    boxes = page.locator("[data-map] .leaflet-bar a").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((box) => [box.width, box.height])"
    )
    assert len(boxes) == 2
    assert all(side >= 44 for box in boxes for side in box)


class _TileServer(ThreadingHTTPServer):
    """Counts what it is asked, and dies or dawdles when told to."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        self.asked, self.referrers, self.mode = [], set(), "well"
        content = BytesIO()
        Image.new("RGB", (256, 256), "#88bbee").save(content, "PNG")
        self.picture = content.getvalue()
        self.free = threading.Event()
        super().__init__(("127.0.0.1", 0), _Tile)


class _Tile(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.referrers.add(self.headers.get("Referer"))
        if self.server.mode == "slow":
            self.server.free.wait(20)
        if self.server.mode == "dead":
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(self.server.picture)))
        self.end_headers()
        self.wfile.write(self.server.picture)

    def log_message(self, *_):
        pass


@pytest.fixture
def tiles():
    """A server of tiles on loopback, chosen by the town: the setting, and the policy that goes
    with it. A test names it before `visit`, so that its pages close first: a tile still on its
    way when the server ends would be an error of the page."""
    with _TileServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with _chosen(f"http://127.0.0.1:{server.server_port}"):
            yield server
        server.free.set()
        server.shutdown()


@contextmanager
def _chosen(origin):
    chosen = Tiles(f"{origin}/{{z}}/{{x}}/{{y}}.png", "© Essai <b>1</b>", (origin,))
    policy = json.loads(json.dumps(settings.CONTENT_SECURITY_POLICY))
    policy["DIRECTIVES"]["img-src"].append(origin)
    with override_settings(TILES=chosen, CONTENT_SECURITY_POLICY=policy):
        _policy.cache_clear()
        yield
    _policy.cache_clear()


def test_tiles_that_come_are_the_ground_and_nothing_is_drawn_for_nothing(tiles, visit):
    page = visit("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    page.goto(VIEW)
    shown(page)
    page.locator(".map-tiles img.leaflet-tile-loaded").first.wait_for()
    page.clock.fast_forward(5_000)  # well past the patience of `map-frame.js`
    expect(page.locator(".leaflet-plan-pane")).to_have_count(0)
    assert tiles.asked
    assert not any("/plan/" in url for url in asked)
    # What the licence asks is text, whatever stands in it.
    assert "© Essai <b>1</b>" in page.locator(".leaflet-control-attribution").inner_text()


def test_the_tiles_server_is_not_told_which_page_is_read(tiles, visit):
    page = visit(VIEW)
    shown(page)
    page.locator(".map-tiles img.leaflet-tile-loaded").first.wait_for()
    assert tiles.referrers == {None}


def test_the_policy_lets_pictures_come_from_that_server_alone(tiles, visit):
    page = visit("/page/home")
    policy = page.evaluate(
        "fetch(location.href).then((a) => a.headers.get('Content-Security-Policy'))"
    )
    origin = f"http://127.0.0.1:{tiles.server_port}"
    assert f"img-src 'self' data: blob: {origin};" in policy + ";"


def test_tiles_that_stop_coming_give_way_to_the_drawn_town(tiles, visit):
    page = visit(PICK, expected="503")
    canvas = shown(page)
    page.locator(".map-tiles img.leaflet-tile-loaded").first.wait_for()
    tiles.mode = "dead"
    for _ in range(20):
        if page.locator(".map-tiles").count() == 0:
            break
        moved(page, canvas, "ArrowRight")
    page.locator(".map-area").first.wait_for(state="attached")
    expect(page.locator(".map-tiles")).to_have_count(0)
    before = len(tiles.asked)
    moved(page, canvas, "ArrowRight")
    assert len(tiles.asked) == before


def test_tiles_that_are_late_find_the_town_already_drawn(tiles, visit):
    tiles.mode = "slow"
    page = visit(VIEW)
    shown(page)
    page.locator(".map-street-name").first.wait_for()
    assert page.locator(".leaflet-tile-loaded").count() == 0
