"""Installations with several towns and no first one, with none yet, and a town that has left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from playwright.sync_api import Page, expect

from tests.bounds import eventually
from tests.whole.states import Drive, Stage, State

# Processes see another version of the territory within a second (riverain/core/versions.py).
_SEEN: Final = (
    "UPDATE core_version SET value = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
)


def _while(towns: str, *, path: str, shows: str) -> Drive:
    """Goes to `path`, whose title has the words of `shows`, while the collectivities are changed
    by `towns`, a clause of SQL."""

    def drive(stage: Stage) -> None:
        with _changed(stage.product, towns):
            _open_until(stage.page, path, shows)
        # The next state finds the towns of the demo.
        with stage.page.context.new_page() as other:
            for home in ("/", "/c/hellemmes/"):
                _open_until(other, home, "Un problème dans votre quartier")
        expect(stage.page.get_by_role("heading", level=1)).to_contain_text(shows)

    return drive


@contextmanager
def _changed(product: Any, change: str) -> Iterator[None]:
    with psycopg.connect(product.environment["DATABASE_OWNER_URL"], autocommit=True) as owner:
        kept = owner.execute("SELECT id, state, is_default FROM territory_collectivity").fetchall()
        try:
            owner.execute(f"UPDATE territory_collectivity SET {change}")
            owner.execute(_SEEN)
            yield
        finally:
            for key, state, is_default in kept:
                owner.execute(
                    "UPDATE territory_collectivity SET state = %s, is_default = %s WHERE id = %s",
                    [state, is_default, key],
                )
            owner.execute(_SEEN)


def _open_until(page: Page, path: str, heading: str) -> None:
    def stands() -> bool:
        page.goto(path)
        return heading in page.get_by_role("heading", level=1).inner_text()

    eventually(stands)


STATES: Final = (
    State(
        name="villes",
        shows="portal:home",
        drive=_while("is_default = false", path="/", shows="Où est le problème"),
    ),
    State(
        name="ville-fermee",
        answers=410,
        shows="portal:home",
        drive=_while(
            "state = CASE slug WHEN 'hellemmes' THEN 'closed' ELSE state END",
            path="/c/hellemmes/",
            shows="ne reçoit plus de signalements",
        ),
    ),
    State(
        name="installation-vide",
        shows="portal:home",
        drive=_while(
            "is_default = false, state = 'closed'", path="/", shows="Riverain est installé."
        ),
    ),
)
