"""Entering a request for someone, and what is said to them."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.whole.states import Stage, State, at
from tests.whole.states.portal import FORCED, NARROW

SCREEN: Final = "/agents/saisir"


def _typed(stage: Stage) -> Page:
    page = stage.open(SCREEN)
    page.get_by_label("Ce que dit la personne").press_sequentially(
        "La poubelle de la place déborde"
    )
    expect(page.locator(".proposed button").first).to_be_visible()
    return page


def _proposed(stage: Stage) -> None:
    _typed(stage)


def _chosen(stage: Stage) -> None:
    page = _typed(stage)
    page.locator(".proposed button").first.click()
    expect(page.get_by_text("À dire")).to_be_visible()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer la demande").click()


def _wrong(stage: Stage) -> None:
    page = stage.open(SCREEN)
    page.get_by_label("Téléphone").fill("12")
    _save(page)
    expect(page.get_by_role("alert")).to_be_visible()


def _saved(stage: Stage, email: str = "saisie@demo.example") -> None:
    page = stage.open(f"{SCREEN}/lille/sac-plein")
    page.get_by_label("Ce que dit la personne").fill("La poubelle de la place déborde.")
    page.get_by_label("Adresse ou lieu").fill("12 rue des Postes")
    page.keyboard.press("Escape")
    page.get_by_label("E-mail").fill(email)
    _save(page)
    page.wait_for_url("**/recu/*")


def _saved_without_mail(stage: Stage) -> None:
    _saved(stage, email="")


STATES: Final = (
    State(name="saisir", shows="desk:choose", who="admin", drive=at(SCREEN)),
    State(name="saisir-accueil", shows="desk:choose", who="accueil", drive=at(SCREEN)),
    State(
        name="saisir-mots-venus",
        shows="desk:choose",
        who="telephone",
        drive=at(f"{SCREEN}?q=poubelle+pleine"),
    ),
    State(name="saisir-ville", shows="desk:enter", who="admin", drive=at(f"{SCREEN}/lille")),
    State(
        name="saisir-type",
        shows="desk:enter-type",
        who="admin",
        drive=at(f"{SCREEN}/lille/sac-plein"),
    ),
    State(
        name="saisir-danger",
        shows="desk:enter-type",
        who="telephone",
        drive=at(f"{SCREEN}/lille/seringues-debris"),
    ),
    State(
        name="saisir-impasse",
        shows="desk:enter-type",
        who="telephone",
        drive=at(f"{SCREEN}/lille/rdv-encombrants"),
    ),
    State(name="saisir-mots", shows="desk:choose", who="telephone", drive=_proposed),
    State(name="saisir-choisi", shows="desk:choose", who="telephone", drive=_chosen),
    State(name="saisir-fautes", answers=422, shows="desk:enter", who="telephone", drive=_wrong),
    State(name="saisir-320", shows="desk:choose", who="telephone", drive=_chosen, looks=NARROW),
    State(
        name="saisir-couleurs-forcees",
        shows="desk:choose",
        who="telephone",
        drive=_chosen,
        looks=FORCED,
    ),
    State(
        name="saisir-anglais",
        shows="desk:enter-type",
        who="telephone",
        drive=at(f"{SCREEN}/lille/sac-plein"),
        language="en",
    ),
    State(
        name="saisir-sans-script",
        shows="desk:choose",
        who="telephone",
        drive=at(SCREEN),
        script=False,
    ),
    State(
        name="saisie-faite-sans-mail",
        shows="desk:receipt",
        who="telephone",
        drive=_saved_without_mail,
    ),
    State(name="saisie-faite", shows="desk:receipt", who="telephone", drive=_saved),
)
