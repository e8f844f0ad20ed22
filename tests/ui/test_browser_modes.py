"""The gallery in every mode that a person may choose: forced colours, more contrast, no motion,
text spaced out, a page four times larger, paper."""

import pytest

from tests.browser import faults, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "/ui/",
    "/page/home",
    "/page/form?erreurs",
    "/page/followed",
    "/page/worklist",
    "/page/report",
)

# WCAG 2.2, 1.4.12: what a person may impose on every text.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
# Words that their own box hides: it is not as tall or as wide as what it holds.
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter((e) => e.checkVisibility() && e.textContent.trim())
  .filter((e) => !e.closest('.unseen, .map, svg, textarea, select, .scroll-x, .skip'))
  .filter((e) => ['hidden', 'clip'].includes(getComputedStyle(e).overflowY))
  .filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.row("L-01")
@pytest.mark.parametrize(
    "mode",
    [{"forced_colors": "active"}, {"contrast": "more"}, {"contrast": "more", "dark": True}],
    ids=["forced", "contrast", "dark contrast"],
)
def test_axe_finds_nothing_in_the_modes_that_a_person_chooses(visit, mode):
    found = {}
    for address in PAGES:
        page = visit(address, reduced_motion="reduce", **mode)
        if wrong := faults(page):
            found[address] = wrong
    assert found == {}


@pytest.mark.row("L-01")
@pytest.mark.parametrize("width", [320, 1280])
def test_text_spaced_out_is_neither_cut_nor_wide(visit, width):
    wrong = {}
    for address in PAGES:
        page = visit(address, width=width, bypass_csp=True)
        page.add_style_tag(content=SPACED)
        if found := too_wide(page) or page.evaluate(CUT):
            wrong[address] = found
    assert wrong == {}


@pytest.mark.row("L-01")
def test_four_times_larger_everything_is_there_in_one_column(visit):
    """400 % on a screen of 1280 × 1024 is 320 × 256: nothing beside, nothing over the words."""
    for address in PAGES:
        page = visit(address, width=320)
        page.set_viewport_size({"width": 320, "height": 256})
        assert too_wide(page) == 0, address
        for dock in page.locator(".dock").all():
            assert dock.evaluate("e => getComputedStyle(e).position") == "static"


def test_in_forced_colours_a_step_and_a_choice_are_told_by_the_system_s_own(visit):
    page = visit("/page/form?erreurs", forced_colors="active")
    highlight = page.evaluate(
        """() => { const e = document.body.appendChild(document.createElement('i'));
        e.style.setProperty('forced-color-adjust', 'none'); e.style.setProperty('color', 'Highlight');
        return getComputedStyle(e).color; }"""
    )
    for selector in (".choice:has(:checked) .chosen-mark", ".progress-bar i.on", ".button.main"):
        colour = page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor")
        assert colour == highlight, selector


def test_a_sent_button_turns_only_past_300_milliseconds_and_not_without_motion(visit):
    page = visit("/ui/")
    button = page.locator("#button form[data-once] button")
    button.evaluate("e => e.setAttribute('aria-disabled', 'true')")
    ring = button.evaluate(
        "e => { const s = getComputedStyle(e, '::after'); return [s.opacity, s.animationDelay]; }"
    )
    assert ring[1].startswith("0.3s")
    still = visit("/ui/", reduced_motion="reduce").locator("#button form[data-once] button")
    still.evaluate("e => e.setAttribute('aria-disabled', 'true')")
    turning = still.evaluate("e => parseFloat(getComputedStyle(e, '::after').animationDuration)")
    assert turning < 0.001


@pytest.mark.row("L-01")
def test_without_motion_what_was_just_shown_takes_the_focus_at_once(visit):
    """A transition of its visibility, however short, would refuse it for a frame."""
    title = visit("/ui/", reduced_motion="reduce").locator("h1").first
    assert title.evaluate(
        """async (title) => {
          const frame = () => new Promise(requestAnimationFrame);
          title.tabIndex = -1;
          title.style.visibility = "hidden";
          await frame();
          await frame();
          title.style.visibility = "";
          title.focus();
          return document.activeElement === title;
        }"""
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_paper_pages_are_black_on_white_without_their_furniture(visit, dark):
    page = visit("/page/report", dark=dark)
    page.emulate_media(media="print")
    for hidden in (".rail", ".button", ".deskbar", ".map"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("h1").is_visible()
    assert page.locator(".facts").first.is_visible()
    ground, ink = page.locator(".card").first.evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e.querySelector('h2')).color]"
    )
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_a_town_s_colour_is_on_its_page_in_both_schemes(visit):
    seen = []
    for dark in (False, True):
        page = visit("/page/home?couleur=5a2d82", dark=dark)
        seen.append(
            page.locator(".button.main").evaluate("e => getComputedStyle(e).backgroundColor")
        )
        assert faults(page) == []
    assert seen[0] == "rgb(90, 45, 130)"
    assert seen[1] != seen[0]
