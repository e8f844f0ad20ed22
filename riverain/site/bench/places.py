"""What maps and addresses ask for while a hand moves: a box of the worklist's map, the addresses
of what is being typed."""

import json
import math
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

from riverain.core.boxes import Box
from riverain.core.identifiers import LEVELS
from riverain.core.quadkeys import across, ranges
from riverain.site.bench import agent
from riverain.site.bench.measured import Measure

# Opened in turn.
_ASKED: Final = 200
# Pixels of a map beside a list, and the zooms of a town, a district and a few streets.
_WIDE, _HIGH = 900, 600
_ZOOMS: Final = (13, 15, 17)
# Letters of a name, the least that is typed of it.
_BEGUN: Final = 8
# Of one mark (`reports.mapping`): two levels below the tile.
_DEEPER: Final = 2

_MARKS: Final = """
SELECT r.quadkey >> %(shift)s::int AS cell, count(*), count(*) FILTER (WHERE r.due_at < now()),
 count(*) FILTER (WHERE r.due_at >= now() AND r.due_at < current_date + 1),
 avg(r.lon), avg(r.lat), min(r.id)
 FROM reports_report r
 WHERE r.collectivity_id = %(town)s AND r.status IN ('to_process', 'waiting', 'in_progress',
 'transferred', 'landlord', 'rejection_proposed', 'claimed')
 AND r.quadkey BETWEEN %(first)s AND %(last)s
 AND r.lon BETWEEN %(west)s AND %(east)s AND r.lat BETWEEN %(south)s AND %(north)s GROUP BY 1"""
_ALIKE: Final = """
SELECT s.id, s.name, s.lon, s.lat, c.name, h.number, h.lon, h.lat
 FROM territory_street s JOIN territory_commune c ON c.id = s.commune_id
 LEFT JOIN LATERAL (SELECT number, lon, lat FROM territory_house
  WHERE street_id = s.id ORDER BY abs(number - 12) LIMIT 1) h ON true
 WHERE s.core %%> %(words)s ORDER BY word_similarity(%(words)s, s.core) DESC, s.id LIMIT 6"""


def boxes(email: str) -> Measure:
    """What is open around reports of Lille: the whole town, a district, a few streets, in turn."""
    from riverain.reports.models import Report

    rows = Report.objects.filter(
        collectivity__slug="lille", closed_at=None, quadkey__isnull=False
    ).order_by("tracking_code")
    found: Any = rows.values_list("collectivity_id", "lon", "lat")[:_ASKED]
    paths, values = [], []
    for turn, (town, lon, lat) in enumerate(found):
        zoom = _ZOOMS[turn % len(_ZOOMS)]
        box = _around(lon, lat, zoom)
        sides = dict(zip(("ouest", "sud", "est", "nord"), box, strict=True))
        asked = {
            "vue": "en-cours",
            "zoom": zoom,
            **{name: f"{at:.6f}" for name, at in sides.items()},
        }
        paths.append(f"/agents/carte/reperes.json?{urlencode(asked)}")
        values.append(_within(box, zoom) | {"town": town})
    return Measure(
        most=15.0,
        paths=paths,
        holds=['"count"'] * len(paths),
        queries=[_MARKS],
        values=values,
        cookie=agent.cookie(email),
    )


def addresses() -> Measure:
    """Streets of Lille as they are typed: whole, half of the name, a letter forgotten; half of
    them with a number before."""
    from riverain.territory.models import Street

    dice = Random(3)
    rows = Street.objects.filter(commune__insee_code="59350").order_by("ban_id")
    streets = dice.sample(list(rows.values_list("name", "core")), _ASKED)
    paths, holds, values = [], [], []
    for turn, (name, core) in enumerate(streets):
        kind, _space, rest = name.partition(" ")
        whole = turn % 3 == 0
        typed = rest if whole else _half(rest) if turn % 3 == 1 else _slip(rest, dice)
        number = "12 " if turn % 2 else ""
        paths.append(f"/adresses?{urlencode({'q': f'{number}{kind} {typed}'})}")
        # a slip in a short invented name may leave nothing of it: no answer is one too
        holds.append(json.dumps(name)[1:-1] if whole else '"answers"')
        values.append({"words": core})
    return Measure(most=30.0, paths=paths, holds=holds, queries=[_ALIKE], values=values)


def _around(lon: float, lat: float, zoom: int) -> Box:
    """What a map of that zoom shows around a point."""
    degree = 256 * 2**zoom / 360
    # Mercator draws degrees of latitude longer than those of longitude.
    east, north = _WIDE / degree / 2, _HIGH / degree / 2 * math.cos(math.radians(lat))
    return Box(lon - east, lat - north, lon + east, lat + north)


def _within(box: Box, zoom: int) -> dict[str, Any]:
    """For the query: the box, its ranges of keys as one, and how far a key is shifted."""
    depth = min(zoom + _DEEPER, LEVELS)
    assert across(box, depth) < 48  # noqa: PLR2004 - else the page gathers more coarsely
    keys = ranges(box)
    return {
        **dict(zip(("west", "south", "east", "north"), box, strict=True)),
        "first": keys[0][0],
        "last": keys[-1][1],
        "shift": 2 * (LEVELS - depth),
    }


def _half(text: str) -> str:
    return text[: max(_BEGUN, len(text) // 2)]


def _slip(text: str, dice: Random) -> str:
    at = dice.randrange(1, len(text))
    return text[:at] + text[at + 1 :]
