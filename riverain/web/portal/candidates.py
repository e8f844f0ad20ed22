"""« Vouliez-vous dire… »: the addresses that a typed one may mean, offered on the page that checks
(pages without JavaScript; with it they are suggested while one types)."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict

from riverain.core.refusals import TooMany
from riverain.territory.addresses import locating, searching
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal.forms import ReportForm
from riverain.web.ui import suggestions

NAME: Final = "lieu"
_MOST: Final = 4
# Longitude, latitude, words: as posted by whoever chose a candidate, or made one up. The form
# checks what comes of it, as it checks a point from the map.
_VALUE: Final = re.compile(
    r"(?P<lon>-?\d{1,3}\.\d{1,6});(?P<lat>-?\d{1,2}\.\d{1,6});(?P<words>.+)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is shown, and what is posted when it is chosen."""

    name: str
    context: str
    value: str


def offered(request: HttpRequest, form: ReportForm, town: CollectivityFacts) -> list[Candidate]:
    """What the typed address may mean; none where a point is known, where it means one place for
    sure, which the report then takes, or past the limit on searches: the question only helps."""
    said = form.cleaned_data
    if not said["address"] or said["lon"] is not None:
        return []
    try:
        suggestions.spend(request)
    except TooMany:
        return []
    found = searching.search(said["address"], town=town)
    if locating.clear_in(found, town) is not None:
        return []
    precise = [one for one in found if one.precise][:_MOST]
    return [
        Candidate(one.name, one.context, f"{one.lon:.6f};{one.lat:.6f};{one.label}")
        for one in precise
    ]


def taken(posted: QueryDict) -> QueryDict:
    """What was posted, with the chosen candidate's words and point instead of what was typed."""
    chosen = _VALUE.fullmatch(posted.get(NAME, ""))
    if chosen is None:
        return posted
    changed = posted.copy()
    changed["address"] = chosen["words"]
    changed["lon"], changed["lat"] = chosen["lon"], chosen["lat"]
    return changed
