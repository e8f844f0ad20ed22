"""Pages that nobody wishes for, and the mails."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from playwright.sync_api import expect
from psycopg import sql

from tests.harness import SERVER
from tests.whole.states import Stage, State, at
from tests.whole.states.portal import FORM

# The gallery draws every error as the site does (riverain/web/ui/errors.py).
ERRORS: Final = (400, 403, 404, 409, 413, 422, 429, 500, 503)
# Each differs from the others in its parts; of the first alone nothing follows the receipt.
MAILS: Final = (
    "received",
    "taken",
    "planned",
    "asked",
    "transferred",
    "refused",
    "sent_on",
    "done",
    "done_late",
    "claimed",
    "kept",
    "praised",
)


@contextmanager
def _refusing(product: Any) -> Iterator[None]:
    """The database takes nobody in: to the product it is away. The worker tries again by itself."""
    name = urlsplit(product.environment["DATABASE_URL"]).path[1:]
    limit = sql.SQL("ALTER DATABASE {} CONNECTION LIMIT {}")
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(limit.format(sql.Identifier(name), 0))
        try:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            yield
        finally:
            server.execute(limit.format(sql.Identifier(name), -1))


def _kept(stage: Stage) -> None:
    """The database goes while a form is sent without JavaScript: it comes back with what was typed."""
    page = stage.open(FORM)
    page.locator("#id_address").fill("12 rue des Postes")
    page.locator("#id_description").fill("La corbeille déborde devant l’école.")
    with _refusing(stage.product):
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("button", name="Envoyer de nouveau")).to_be_visible()


def _away(stage: Stage) -> None:
    with _refusing(stage.product):
        stage.open("/suivi/{done.code}")
        expect(stage.page.get_by_role("link", name="Réessayer")).to_be_visible()


def _mail(name: str) -> State:
    def read(stage: Stage) -> None:
        stage.page.set_content(_html(stage, f"{name}@demo.example"))

    return State(name=f"mail-{name}", drive=read, is_page=False)


def _html(stage: Stage, to: str) -> str:
    """The newest mail to an address, as a program of mail draws it; waits for one that tells more
    than the receipt."""
    wanted = 1 if to.startswith(MAILS[0]) else 2
    stage.product.wait_for_mails(to, wanted)
    return stage.product.letters(to)[-1].get_body(("html",)).get_content()


STATES: Final = (
    State(name="page-inconnue", answers=404, drive=at("/nulle-part")),
    State(
        name="interdit",
        answers=403,
        shows="desk:enter",
        who="prestataire",
        drive=at("/agents/saisir/lille"),
    ),
    *(
        State(name=f"erreur-{status}", answers=status, drive=at(f"/ui/erreur/{status}"))
        for status in ERRORS
    ),
    State(name="pause", answers=503, shows="portal:tracking", drive=_away),
    State(name="pause-formulaire", answers=503, shows="portal:report", drive=_kept, script=False),
    *(_mail(name) for name in MAILS),
)
