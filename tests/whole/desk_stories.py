"""Reports that only the agents' pages need to be seen with (tests/whole/stories.py lays them)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from riverain.core import clock
from riverain.reports import actions, messages
from riverain.reports.acting import Reporter
from riverain.reports.models import Report
from tests import town
from tests.portal.states import HOUR, taken

# As long as people write them, and longer than any column.
LONG_WORDS = (
    (
        "Depuis le début des travaux de la chaussée, chaque samedi après le marché, la corbeille"
        " placée devant l’école déborde et les sacs éventrés par les corneilles se répandent jusque"
        " sous le porche de la résidence.\n\n"
    )
    * 4
    + "Voir aussi https://exemple.fr/"
    + "tres-longue-adresse-sans-espace" * 4
)
LONG_NAME = "Marie-Antoinette de La Tour-Saint-Germain-lès-Arpajon"
LONG_ADDRESS = "128 ter avenue du Maréchal-de-Lattre-de-Tassigny, 59000 Lille"


def nowhere(city: Any) -> Report:
    """Reported by telephone, without a place."""
    return _made(city, at=None, address="", channel="phone", acting=city.member("coordinator"))


def bare(city: Any) -> Report:
    """A photo without a word, and nobody to answer to."""
    return _made(city, description="", pictures=(city.picture(),))


def wordy(city: Any) -> Report:
    """Four photos, and everything as long as it may be."""
    made = _made(
        city,
        description=LONG_WORDS,
        address=LONG_ADDRESS,
        name=LONG_NAME,
        email=f"{'marie-antoinette.' * 3}delatour@demo.example",
        phone="+33612345678",
        pictures=tuple(city.picture() for _ in range(4)),
    )
    messages.note(acting=city.member("coordinator"), report_id=made.pk, text=LONG_WORDS)
    return made


def worked(city: Any) -> Report:
    """The crew says that it is done; the reporter writes meanwhile, and nobody has answered."""
    made = taken(city)
    after = (city.picture(after=True),)
    actions.declare_done(
        acting=city.member("crew_chief"), report_id=made.pk, text="Sac changé.", pictures=after
    )
    messages.write_to_service(acting=Reporter(made.pk), report_id=made.pk, text="Toujours là.")
    return made


def urgent(city: Any) -> Report:
    """Two hours to act, half of them gone."""
    return _made(
        city,
        type_code="seringues-debris",
        answers={"objet": ["seringue"]},
        ago=HOUR,
    )


def _made(city: Any, *, ago: timedelta = 3 * HOUR, **said: Any) -> Report:
    with clock.frozen(clock.now() - ago):
        return town.report(city, **said)


STORIES: dict[str, Callable[[Any], Report]] = {
    make.__name__: make for make in (nowhere, bare, wordy, worked, urgent)
}
