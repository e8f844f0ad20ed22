"""The sign-in pages, each way in and each way that it may fail."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.whole.acts import sign_in
from tests.whole.states import Stage, State, at

SIGN_IN: Final = "/agents/connexion/"
# An account that nobody else signs in with: its codes are used here.
ACCOUNT: Final = "hygiene@demo.example"
CONNECTIONS: Final = "/agents/mes-connexions"
# An account whose sessions no other state is in.
SHOWN: Final = "voirie"
IPHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)


def _wrong_password(stage: Stage) -> None:
    page = stage.open(SIGN_IN)
    page.get_by_label("E-mail").fill(ACCOUNT)
    page.get_by_label("Mot de passe").fill("pas celui-ci")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _ask_code(stage: Stage, path: str) -> Page:
    page = stage.open(path)
    page.get_by_label("E-mail").fill(ACCOUNT)
    page.get_by_role("button", name="Envoyer le code").click()
    expect(page.get_by_label("Code")).to_be_visible()
    return page


def _code_sent(stage: Stage) -> None:
    _ask_code(stage, f"{SIGN_IN}code/")


def _wrong_code(stage: Stage) -> None:
    page = _ask_code(stage, f"{SIGN_IN}code/")
    page.get_by_label("Code").fill("ABCDEF")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _reset_code(stage: Stage) -> None:
    _ask_code(stage, f"{SIGN_IN}mot-de-passe/")


def _new_password(stage: Stage) -> None:
    known = len(stage.product.mails(ACCOUNT))
    page = _ask_code(stage, f"{SIGN_IN}mot-de-passe/")
    mail = stage.product.wait_for_mails(ACCOUNT, known + 1)[-1]
    page.get_by_label("Code").fill(
        re.search(r"^\s*([0-9A-Z]{4}-?[0-9A-Z]{2,4})\s*$", mail, re.MULTILINE)[1]
    )
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/nouveau/")


def _ended(stage: Stage) -> None:
    """The browser still holds the cookie of a session that is no more."""
    stage.page.context.add_cookies(
        [{"name": "sessionid", "value": "a" * 32, "url": stage.product.url}]
    )
    page = stage.open("/agents/?vue=en-retard")
    expect(page.get_by_text("Votre session a pris fin.")).to_be_visible()


def _elsewhere(stage: Stage) -> Page:
    """The account is open in three browsers, one of which nobody knows."""
    for said in (IPHONE, "curl/8.5.0"):
        other = stage.page.context.browser.new_context(
            base_url=stage.product.url, locale="fr-FR", user_agent=said
        )
        sign_in(other.new_page(), SHOWN)
        other.close()
    page = stage.open(CONNECTIONS)
    expect(page.get_by_text("Safari sur iPhone").first).to_be_visible()
    return page


def _one_ended(stage: Stage) -> None:
    """By the keyboard: from the heading on, the first button that Tab reaches in the page."""
    page = _elsewhere(stage)
    page.get_by_role("button", name="Fermer Safari").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Cette connexion est terminée.")


def _all_ended(stage: Stage) -> None:
    page = _elsewhere(stage)
    page.get_by_role("button", name="Fermer tous les autres").click()
    expect(page.get_by_text("nulle part ailleurs")).to_be_visible()


STATES: Final = (
    State(name="connexion", shows="account_login", drive=at(SIGN_IN)),
    State(name="connexion-refusee", shows="account_login", drive=_wrong_password),
    State(name="connexion-apres-une-pause", shows="account_login", drive=_ended),
    State(name="connexion-anglais", shows="account_login", drive=at(SIGN_IN), language="en"),
    State(name="code-demander", shows="account_request_login_code", drive=at(f"{SIGN_IN}code/")),
    State(name="code-saisir", shows="account_confirm_login_code", drive=_code_sent),
    State(name="code-faux", shows="account_confirm_login_code", drive=_wrong_code),
    State(name="oubli", shows="account_reset_password", drive=at(f"{SIGN_IN}mot-de-passe/")),
    State(name="oubli-code", shows="account_confirm_password_reset_code", drive=_reset_code),
    State(name="oubli-nouveau", shows="account_complete_password_reset", drive=_new_password),
    State(
        name="oubli-fait",
        shows="account_password_reset_completed",
        drive=at(f"{SIGN_IN}mot-de-passe/fait/"),
    ),
    State(name="compte-ferme", shows="account_inactive", drive=at(f"{SIGN_IN}compte-ferme/")),
    State(name="comptes", shows="account_signup", drive=at(f"{SIGN_IN}comptes/")),
    State(name="connexions-une", shows="desk:sessions", who="mairie", drive=at(CONNECTIONS)),
    State(name="connexions", shows="desk:sessions", who=SHOWN, drive=_elsewhere),
    State(
        name="connexions-anglais",
        shows="desk:sessions",
        who="coordination",
        drive=at(CONNECTIONS),
        language="en",
    ),
    State(name="connexions-une-fermee", shows="desk:sessions", who=SHOWN, drive=_one_ended),
    State(name="connexions-fermees", shows="desk:sessions", who=SHOWN, drive=_all_ended),
    State(
        name="connexions-sans-script",
        shows="desk:sessions",
        who="referent",
        drive=at(CONNECTIONS),
        script=False,
    ),
)
