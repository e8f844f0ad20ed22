"""The agents' one screen: its views and lists, its map, a report beside them, and what fails."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.whole.states import DESK, Drive, Look, Stage, State, at
from tests.whole.states.portal import FORCED, NARROW

OPEN: Final = "/agents/?vue=en-cours"
WIDE: Final = (Look(width=1280), DESK)
MIDDLE: Final = (Look(width=850), Look(width=850, dark=True))
PAPER: Final = (Look(width=794, printed=True),)
# The demo's accounts, one for each role: what each finds first.
ROLES: Final = (
    *("admin", "coordination", "accueil", "terrain", "chef", "mairie", "elu", "prestataire"),
    *("telephone", "technicien", "referent", "adjoint", "validation", "territoire", "bailleur"),
    "reseau",
)
VIEWS: Final = (
    *("a-traiter", "en-retard", "aujourd-hui", "a-reprendre", "a-moi", "messages", "travaux-faits"),
    *("reclamations", "rejets", "en-attente", "transferes", "a-localiser", "a-verifier"),
    *("mails-non-remis", "en-cours", "termines"),
)
# Its service has nothing to do: no report of tests/whole/stories.py is for it.
IDLE: Final = "eclairage"
REPORTS: Final = (
    *("received", "late", "taken", "planned", "waiting", "asked", "watched", "transferred"),
    *("landlord", "sent_on", "rejection_proposed", "refused", "done", "claimed", "reopened"),
    *("suggested", "kept", "praised", "silent", "erased", "nowhere", "bare", "wordy", "worked"),
    "urgent",
)


def report(name: str, *, vue: str = "en-cours", step: str = "") -> str:
    """The address of a report beside a list, or of a step of it."""
    return f"/agents/signalements/{{{name}.number}}{step and '/' + step}?vue={vue}"


def row(page: Page, number: str):
    return page.locator(f"#s-{number} .item-title")


def _map(stage: Stage, path: str = f"{OPEN}&affichage=carte") -> Page:
    page = stage.open(path)
    page.locator(".zone .rows .item").first.wait_for()
    expect(page.locator(".zone .map .mark").first).to_be_visible()
    return page


def _map_led(stage: Stage) -> None:
    """A row below the map was chosen: the report stands beside, whole."""
    page = _map(stage)
    page.locator(".zone .item-title").last.click()
    expect(page.locator(".dossier h1")).to_be_in_viewport()


def _map_moved(stage: Stage) -> None:
    page = _map(stage)
    page.locator(".zone .leaflet-control-zoom-in").click()
    expect(page.locator("[data-search-zone]")).to_be_visible()


def _map_broken(stage: Stage) -> None:
    stage.page.route("**/leaflet*.js", lambda route: route.abort())
    page = stage.open(f"{OPEN}&affichage=carte")
    expect(page.get_by_text("La carte ne s’affiche pas.")).to_be_visible()


def _map_lost(stage: Stage) -> None:
    """The marks are there, the list of the zone is not."""
    stage.page.route("**/carte/liste?*", lambda route: route.abort())
    page = stage.open(f"{OPEN}&affichage=carte")
    expect(page.get_by_text("La carte n’a pas pu être mise à jour")).to_be_visible()


def _keys(stage: Stage) -> None:
    page = stage.open(OPEN)
    page.get_by_role("button", name="Touches").click()
    expect(page.locator("#touches")).to_be_visible()


def _menu(stage: Stage) -> None:
    page = stage.open("/agents/saisir")
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#rail")).to_be_visible()


def _focused(stage: Stage) -> None:
    page = stage.open(OPEN)
    page.locator(".rows .item-title").nth(1).focus()
    page.keyboard.press("ArrowDown")


def _unfolded(name: str) -> Drive:
    """All that is folded on a report's page."""

    def drive(stage: Stage) -> None:
        page = stage.open(report(name))
        for one in page.locator("main .dossier summary").all():
            one.click()

    return drive


def _opened(stage: Stage) -> Page:
    """From the list, as one does: a press on a row."""
    page = stage.open(OPEN)
    row(page, stage.stories["taken"].number).click()
    expect(page.locator(".dossier h1")).to_be_visible()
    return page


def _opened_in_pane(stage: Stage) -> None:
    _opened(stage)


def _waiting(stage: Stage) -> None:
    """The answer takes longer than a blink: the pane waits as it does for htmx."""
    page = stage.open(OPEN)
    page.locator("#pane").evaluate("pane => pane.classList.add('htmx-request')")
    expect(page.locator(".skeleton")).to_be_visible()


def _server_away(stage: Stage) -> None:
    page = stage.open(OPEN)
    page.route("**/signalements/**", lambda route: route.abort())
    row(page, stage.stories["taken"].number).click()
    expect(page.get_by_text("La demande n’a pas abouti.")).to_be_visible()


def _server_broken(stage: Stage) -> None:
    page = _opened(stage)
    page.route("**/note?*", lambda route: route.fulfill(status=500, body=""))
    page.get_by_role("link", name="Ajouter une note…").click()
    expect(page.get_by_text("Le serveur a répondu par une erreur.")).to_be_visible()


def _session_over(stage: Stage) -> None:
    """In the pane: whoever signs in finds the report again."""
    page = _opened(stage)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("link", name="Ajouter une note…").click()
    page.wait_for_url(re.compile("connexion"))


def _signed_out(stage: Stage) -> None:
    page = stage.open("/agents/saisir")
    if page.get_by_role("button", name="Menu").is_visible():
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion/")


def _beside(name: str, who: str, **more: object) -> State:
    """A report as a role reads it."""
    return State(
        name=f"signalement-{name}-{who}",
        shows="desk:report",
        who=who,
        drive=at(report(name)),
        **more,
    )


def _list(name: str, query: str, *, who: str = "admin", **more: object) -> State:
    return State(name=name, shows="desk:worklist", who=who, drive=at(f"/agents/{query}"), **more)


STATES: Final = (
    *(_list(f"role-{who}", "", who=who) for who in ROLES),
    *(_list(f"vue-{view}", f"?vue={view}") for view in VIEWS),
    *(_list(f"vide-{view}", f"?vue={view}", who=IDLE) for view in VIEWS),
    _list("filtres", "?vue=en-cours&filtrer=1"),
    _list("filtres-850", "?vue=en-cours&filtrer=1", looks=MIDDLE),
    _list("filtres-poses", "?vue=en-cours&canal=web&retard=on&q=poubelle"),
    _list("filtre-inconnu", "?vue=en-cours&canal=pigeon"),
    _list("cherche-rien", "?vue=en-cours&q=girafe"),
    _list("cherche-ailleurs", "?vue=rejets&q=corbeille"),
    _list("liste-320", "?vue=en-cours", looks=NARROW),
    _list("liste-850", "?vue=en-cours", looks=MIDDLE),
    _list("liste-couleurs-forcees", "?vue=en-cours", looks=FORCED),
    _list("liste-anglais", "?vue=en-cours", language="en"),
    _list("liste-sans-script", "?vue=en-cours", script=False),
    _list("liste-deux-villes", "", who="referent.hellemmes"),
    State(name="liste-clavier", shows="desk:worklist", who="admin", drive=_focused),
    State(name="touches", shows="desk:worklist", who="admin", drive=_keys, looks=WIDE),
    State(
        name="menu", shows="desk:choose", who="admin", drive=_menu, looks=(Look(width=390), *MIDDLE)
    ),
    State(name="carte", shows="desk:worklist", who="admin", drive=_map),
    State(name="carte-850", shows="desk:worklist", who="admin", drive=_map, looks=MIDDLE),
    State(name="carte-menee", shows="desk:report", who="admin", drive=_map_led, looks=WIDE),
    State(name="carte-deplacee", shows="desk:worklist", who="admin", drive=_map_moved),
    State(name="carte-cassee", shows="desk:worklist", who="admin", drive=_map_broken),
    State(name="carte-perdue", shows="desk:worklist", who="admin", drive=_map_lost),
    _list("carte-vide", "?vue=en-cours&affichage=carte", who=IDLE),
    _list("carte-par-quartier", "?vue=en-cours&affichage=carte", who="elu"),
    _list("carte-sans-script", "?vue=en-cours&affichage=carte", script=False),
    *(_beside(name, "admin") for name in REPORTS),
    _beside("taken", "coordination"),
    _beside("taken", "chef"),
    _beside("taken", "terrain"),
    _beside("taken", "accueil"),
    _beside("taken", "elu"),
    _beside("landlord", "bailleur"),
    _beside("transferred", "reseau"),
    _beside("rejection_proposed", "validation"),
    State(
        name="signalement-seul",
        shows="desk:report",
        who="admin",
        drive=at("/agents/signalements/{worked.number}"),
    ),
    State(
        name="signalement-320",
        shows="desk:report",
        who="admin",
        drive=_unfolded("wordy"),
        looks=NARROW,
    ),
    State(
        name="signalement-850",
        shows="desk:report",
        who="admin",
        drive=at(report("worked")),
        looks=MIDDLE,
    ),
    State(
        name="signalement-couleurs-forcees",
        shows="desk:report",
        who="admin",
        drive=_unfolded("worked"),
        looks=FORCED,
    ),
    State(
        name="signalement-papier",
        shows="desk:report",
        who="admin",
        drive=at(report("worked")),
        looks=PAPER,
    ),
    State(
        name="signalement-anglais",
        shows="desk:report",
        who="admin",
        drive=_unfolded("worked"),
        language="en",
    ),
    State(name="signalement-deplie", shows="desk:report", who="admin", drive=_unfolded("worked")),
    State(name="volet", shows="desk:report", who="coordination", drive=_opened_in_pane),
    State(name="volet-attente", shows="desk:worklist", who="admin", drive=_waiting),
    State(name="volet-coupe", shows="desk:worklist", who="admin", drive=_server_away),
    State(name="volet-erreur", shows="desk:report", who="admin", drive=_server_broken),
    State(
        name="volet-session-finie",
        shows="account_login",
        who="coordination",
        drive=_session_over,
    ),
    State(name="deconnexion", shows="account_login", who="accueil.hellemmes", drive=_signed_out),
    State(
        name="signalement-inconnu",
        answers=404,
        shows="desk:report",
        who="coordination",
        drive=at("/agents/signalements/LIL-2026-999999?vue=en-cours"),
    ),
    State(
        name="role-sans-droit",
        answers=403,
        shows="desk:choose",
        who="elu",
        drive=at("/agents/saisir"),
    ),
)
