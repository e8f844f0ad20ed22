"""What people do with the product, as they do it: in a browser's page, by what they read."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.whole.product import PASSWORD

TITLE = "main .dossier h1"


def report(page: Page, *, picture: Path, email: str, script: bool = True) -> str:
    """Reports a full bin as a resident does; returns the tracking code."""
    page.goto("/")
    page.get_by_role("link", name="Propreté et tags").first.click()
    page.get_by_role("link", name=re.compile("^Sac plein")).click()
    if script:
        page.locator("form.live").wait_for()
        page.get_by_role("button", name="Utiliser ma position").click()
        expect(page.locator("input[name=lat]")).to_have_value(re.compile(r"50\.6"))
    page.locator("input[name=address]").fill("Place de la Nouvelle-Aventure")
    onward(page, script=script)
    page.locator("input[type=file][name=photos]").set_input_files(picture)
    page.get_by_label("Ce que vous voyez").fill("La poubelle déborde devant le marché.")
    onward(page, script=script)
    page.get_by_label("E-mail").fill(email)
    if not script:
        page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")
    expect(page.locator(".code")).to_be_visible()
    return page.locator(".code").inner_text()


def onward(page: Page, *, script: bool) -> None:
    """To the next question; without scripts they stand below each other."""
    if script:
        page.locator("[data-onward]").click()


def sign_in(page: Page, account: str) -> None:
    """By the keyboard alone, as every page lets one."""
    page.goto("/agents/")
    page.get_by_label("E-mail").focus()
    page.keyboard.type(f"{account}@demo.example")
    page.get_by_label("Mot de passe").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/connexion" not in url)


def open_report(page: Page, number: str) -> None:
    page.goto(f"/agents/signalements/{number}")
    expect(page.locator(TITLE)).to_be_visible()


def open_step(page: Page, code: str) -> None:
    """Opens a step from the report's page, unfolding the rarer ones where it is among them."""
    links = page.locator(f'main .bar a[href*="/{code}"], main .dossier-body a[href*="/{code}"]')
    if links.locator("visible=true").count() == 0:
        page.locator("main .bar summary").click()
    links.locator("visible=true").first.click()
    page.wait_for_url(f"**/{code}*")
    expect(page.locator("#etape")).to_be_visible()


def choose(page: Page, field: str, word: str) -> None:
    """The option of a list that contains a word."""
    option = page.locator(f"select[name={field}] option", has_text=word).first
    page.locator(f"select[name={field}]").select_option(option.get_attribute("value"))


def send_step(page: Page, number: str) -> None:
    page.locator("main .bar button[form=etape]").click()
    page.wait_for_url(re.compile(rf"/signalements/{number}(\?.*)?$"))
    expect(page.locator("main .dossier .bar, main .dossier-body .facts").first).to_be_visible()
