"""All the states, and the addresses that are no page."""

from typing import Final

from tests.whole.states import (
    State,
    desk,
    entering,
    following,
    portal,
    refusals,
    signing,
    steps,
    towns,
)

STATES: Final[dict[str, State]] = {
    f"{surface}/{state.name}": state
    for surface, states in (
        ("portal", portal.STATES),
        ("portal", following.STATES),
        ("portal", refusals.STATES),
        ("portal", towns.STATES),
        ("desk", signing.STATES),
        ("desk", desk.STATES),
        ("desk", steps.STATES),
        ("desk", entering.STATES),
    )
    for state in states
}

# Addresses that a person never looks at as a page, each with what it is.
NO_PAGE: Final = {
    "healthz": "for the monitor: a word",
    "readyz": "for the monitor: JSON",
    "set_language": "takes the choice of a language, and leads back",
    "theme": "a style sheet",
    "plan": "JSON for the drawn map",
    "addresses": "JSON for what is being typed",
    "here": "JSON for the point under the pin",
    "portal:words": "JSON for what is being typed",
    "portal:waiting-photo": "a picture",
    "portal:photo": "a picture",
    "portal:thank": "takes a form, and leads back to the report",
    "portal:zones": "GeoJSON for the map",
    "portal:challenge": "JSON for the proof of work",
    "desk:photo": "a picture",
    "desk:areas": "GeoJSON for the map",
    "desk:map-data": "JSON for the map of the list",
    "desk:map-rows": "rows that the map of the list asks for, a part of its page",
    "account_logout": "takes a button, and leads to the sign-in page",
}
