"""The form of every step that an agent takes on a report, and what it refuses."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.whole.states import Drive, Stage, State, at
from tests.whole.states.desk import report, row
from tests.whole.states.portal import A_PHOTO, FORCED, NARROW

# Each step with a report that may be at it.
FORMS: Final = {
    "prevoir": "taken",
    "fait": "taken",
    "confier": "taken",
    "attente": "taken",
    "surveiller": "taken",
    "transmettre": "taken",
    "bailleur": "taken",
    "cloturer": "taken",
    "cloturer-transfere": "taken",
    "proposer-rejet": "taken",
    "rejeter": "rejection_proposed",
    "refuser-rejet": "rejection_proposed",
    "retenir": "suggested",
    "etudier": "suggested",
    "ne-pas-retenir": "suggested",
    "rouvrir": "done",
    "ecrire": "reachable",
    "note": "taken",
    "type": "taken",
    "lieu": "taken",
    "priorite": "taken",
    "effacer": "reachable",
}
# Those that ask for something.
ASKING: Final = (
    *("prevoir", "attente", "transmettre", "bailleur", "cloturer", "cloturer-transfere"),
    *("proposer-rejet", "retenir", "ecrire", "note", "type", "effacer"),
)


def _send(page: Page) -> None:
    page.locator("main .bar button[form=etape]").click()


def _wrong(code: str) -> Drive:
    def drive(stage: Stage) -> None:
        page = stage.open(report(FORMS[code], step=code))
        _send(page)
        expect(page.locator("main .notice.danger")).to_be_visible()

    return drive


def _outcome(index: int) -> Drive:
    """Closing with this one of the outcomes, a photo chosen, what the reporter will read shown."""

    def drive(stage: Stage) -> None:
        page = stage.open(report("taken", step="cloturer"))
        page.get_by_role("radio").nth(index).check()
        page.set_input_files("input[type=file]", A_PHOTO)
        page.locator(".picked").wait_for()
        expect(page.locator("[data-preview] b")).to_be_visible()

    return drive


def _handed(stage: Stage) -> None:
    page = stage.open(report("taken", step="confier"))
    page.locator("select[name=service]").select_option(index=2)
    expect(page.locator("[data-preview] b")).to_be_visible()


def _passed_over(page: Page) -> None:
    """Someone else acted since the page was drawn: it holds an older entry of the report's."""
    page.locator("#etape input[name=seq]").evaluate("field => { field.value = '1' }")
    page.locator("#etape textarea[name=note]").fill("Passer par le concierge.")
    _send(page)
    expect(page.get_by_text("Ce qui a changé depuis")).to_be_visible()


def _conflict(stage: Stage) -> None:
    _passed_over(stage.open(report("taken", step="confier")))


def _conflict_in_pane(stage: Stage) -> None:
    page = stage.open("/agents/?vue=en-cours")
    row(page, stage.stories["taken"].number).click()
    page.locator("main .bar summary").click()
    page.locator('main .bar a[href*="/attente"]:visible').first.click()
    page.get_by_role("radio").first.check()
    _passed_over(page)


def _session_over(stage: Stage) -> None:
    """In the pane, with words in the form: they stay."""
    page = stage.open("/agents/?vue=en-cours")
    row(page, stage.stories["taken"].number).click()
    page.get_by_role("link", name="Ajouter une note…").click()
    page.locator("textarea[name=text]").fill("Passer par le concierge.")
    page.context.clear_cookies(name="sessionid")
    _send(page)
    expect(page.get_by_text("Le serveur refuse cet envoi")).to_be_visible()


def _step(name: str, drive: Drive, **more: object) -> State:
    return State(name=name, shows="desk:step", who="admin", drive=drive, **more)


STATES: Final = (
    *(_step(f"etape-{code}", at(report(name, step=code))) for code, name in FORMS.items()),
    *(_step(f"etape-{code}-fautes", _wrong(code)) for code in ASKING),
    *(_step(f"etape-cloturer-issue-{index + 1}", _outcome(index)) for index in range(3)),
    _step("etape-confier-lu", _handed),
    _step("etape-cloturer-320", _outcome(0), looks=NARROW),
    _step("etape-cloturer-couleurs-forcees", _outcome(0), looks=FORCED),
    _step(
        "etape-cloturer-anglais",
        at(report("taken", step="cloturer")),
        language="en",
    ),
    _step("etape-lieu-sans-lieu", at(report("nowhere", step="lieu"))),
    _step(
        "etape-cloturer-sans-script",
        at(report("taken", step="cloturer")),
        script=False,
    ),
    _step("etape-conflit", _conflict),
    _step("etape-conflit-volet", _conflict_in_pane),
    _step("etape-session-finie", _session_over),
    State(
        name="etape-close",
        shows="desk:report",
        who="admin",
        drive=at(report("done", step="attente")),
    ),
)
