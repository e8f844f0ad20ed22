"""The agents' pages and states."""

from typing import Final

from tests.whole.states import Stage, State, at


def _step_open(stage: Stage) -> None:
    page = stage.open("/agents/signalements/{taken.number}")
    page.locator("main .bar summary").click()


STATES: Final = (
    State(name="liste", shows="desk:worklist", who="coordination", drive=at("/agents/")),
    State(
        name="carte-liste",
        shows="desk:map-rows",
        who="coordination",
        drive=at("/agents/carte/liste?ouest=3&sud=50.6&est=3.1&nord=50.7&zoom=12"),
    ),
    State(name="saisir", shows="desk:choose", who="admin", drive=at("/agents/saisir")),
    State(name="saisir-ville", shows="desk:enter", who="admin", drive=at("/agents/saisir/lille")),
    State(
        name="saisir-type",
        shows="desk:enter-type",
        who="admin",
        drive=at("/agents/saisir/lille/sac-plein"),
    ),
    State(
        name="saisie-recue",
        shows="desk:receipt",
        who="admin",
        drive=at("/agents/saisir/recu/{received.number}"),
    ),
    State(
        name="etape-cloturer",
        shows="desk:step",
        who="coordination",
        drive=at("/agents/signalements/{taken.number}/cloturer"),
    ),
    State(name="signalement-plus", shows="desk:report", who="coordination", drive=_step_open),
)
