"""What a resident reads with the code: a report in every state, and what may be answered."""

from typing import Final

from playwright.sync_api import expect

from tests.portal.states import STATES as TOLD
from tests.whole.states import Look, Stage, State, at
from tests.whole.states.portal import A_PHOTO, FORCED, NARROW

PAPER: Final = (Look(width=794, printed=True),)


def _sent(stage: Stage) -> None:
    page = stage.open("/suivi/{taken.code}/message")
    page.locator("textarea").fill("La corbeille est maintenant renversée.")
    page.set_input_files("input[type=file]", A_PHOTO)
    page.locator(".picked").wait_for()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre message est parti.")).to_be_visible()


def _nothing_said(stage: Stage) -> None:
    page = stage.open("/suivi/{waiting.code}/message")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _no_reason(stage: Stage) -> None:
    page = stage.open("/suivi/{done.code}/pas-regle")
    page.get_by_role("button", name="Rouvrir ma demande").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _wrong_address(stage: Stage) -> None:
    page = stage.open("/suivi/{silent.code}/mails")
    page.get_by_label("E-mail").fill("camille")
    page.get_by_role("button", name="Me prévenir").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _opened(stage: Stage) -> None:
    """What is folded on the page of a report that was done."""
    page = stage.open("/suivi/{done.code}")
    for one in page.locator("main summary").all():
        one.click()


def _word(name: str, said: str) -> State:
    return State(
        name=f"suivi-dit-{said}",
        shows="portal:tracking",
        drive=at(f"/suivi/{{{name}.code}}?dit={said}"),
    )


STATES: Final = (
    State(name="suivre", shows="portal:follow", drive=at("/suivi")),
    State(
        name="suivre-inconnu",
        answers=404,
        shows="portal:tracking",
        drive=at("/suivi/K7QX-92MP-4TFC"),
    ),
    State(name="suivre-mal-tape", answers=404, shows="portal:follow", drive=at("/suivi?code=K7QX")),
    State(
        name="suivre-numero",
        answers=404,
        shows="portal:follow",
        drive=at("/suivi?code=LIL-2026-000123"),
    ),
    *(
        State(name=f"suivi-{name}", shows="portal:tracking", drive=at(f"/suivi/{{{name}.code}}"))
        for name in TOLD
    ),
    State(
        name="suivi-efface", answers=404, shows="portal:tracking", drive=at("/suivi/{erased.code}")
    ),
    State(name="suivi-deplie", shows="portal:tracking", drive=_opened),
    State(name="suivi-320", shows="portal:tracking", drive=_opened, looks=NARROW),
    State(name="suivi-couleurs-forcees", shows="portal:tracking", drive=_opened, looks=FORCED),
    State(
        name="suivi-papier", shows="portal:tracking", drive=at("/suivi/{done.code}"), looks=PAPER
    ),
    State(
        name="suivi-anglais",
        shows="portal:tracking",
        drive=at("/suivi/{done_late.code}"),
        language="en",
    ),
    _word("claimed", "reclamation"),
    _word("thanked", "merci"),
    _word("received", "mails"),
    _word("taken", "sans-mails"),
    State(name="message", shows="portal:write", drive=at("/suivi/{taken.code}/message")),
    State(name="message-relance", shows="portal:write", drive=at("/suivi/{late.code}/message")),
    State(name="message-vide", answers=422, shows="portal:write", drive=_nothing_said),
    State(name="message-parti", shows="portal:tracking", drive=_sent),
    State(name="pas-regle", shows="portal:claim", drive=at("/suivi/{done.code}/pas-regle")),
    State(name="pas-regle-fautes", answers=422, shows="portal:claim", drive=_no_reason),
    State(name="contester", shows="portal:claim", drive=at("/suivi/{refused.code}/pas-regle")),
    State(name="mails", shows="portal:mails", drive=at("/suivi/{silent.code}/mails")),
    State(name="mails-inscrits", shows="portal:mails", drive=at("/suivi/{reachable.code}/mails")),
    State(name="mails-faute", answers=422, shows="portal:mails", drive=_wrong_address),
    State(
        name="mails-fin", shows="portal:stop-mails", drive=at("/suivi/{reachable.code}/mails/fin")
    ),
    State(name="mails-sans", shows="portal:stop-mails", drive=at("/suivi/{silent.code}/mails/fin")),
    State(
        name="cote-usager",
        shows="portal:as-reporter",
        who="coordination",
        drive=at("/agents/signalements/{asked.number}/cote-usager"),
    ),
)
