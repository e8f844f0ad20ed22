"""The sign-in pages, each way in and each way that it may fail."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.whole.states import Stage, State, at

SIGN_IN: Final = "/agents/connexion/"
# An account that nobody else signs in with: its codes are used here.
ACCOUNT: Final = "hygiene@demo.example"


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


STATES: Final = (
    State(name="connexion", shows="account_login", drive=at(SIGN_IN)),
    State(name="connexion-refusee", shows="account_login", drive=_wrong_password),
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
)
