"""Searching the streets and houses that we hold."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from django.db import connection, transaction

from riverain.core import versions
from riverain.core.boxes import EARTH, Box
from riverain.territory import memory
from riverain.territory.addresses import asking, ranking, words
from riverain.territory.addresses.asking import Reading
from riverain.territory.addresses.facts import CommuneName, Exactness, Found, StreetFacts
from riverain.territory.addresses.importing import NAME
from riverain.territory.facts import CollectivityFacts

# How much of what was typed the index must find in a street's name: first a street with a slip in
# it, then one that was hardly understood.
_THRESHOLDS: Final = (0.45, 0.3)
# Streets that are looked at closely: an agglomeration has fifty "rue Jean Jaurès".
_CANDIDATES: Final = 60
# How far outside the town's outline one still searches, in degrees: some ten kilometres.
_AROUND: Final = 0.1
# How like a street is that shares a spelling: among the candidates, not yet in the ranking.
_SPELT_ALIKE: Final = 0.7
_OWN_TOWN: Final = 0.03
_SAME_PLACE: Final = 300.0  # metres
_HOUSE_HELD: Final = 0.02

# What was typed may hold several readings; a street is as like it as to the best of them. Trigrams
# find what is only begun, or hardly understood; a slip in a short word leaves none of them whole,
# and is found by the spelling that both have in common (`words.spellings`). Streets of a commune
# that was named come before the others, then those nearest to the town's middle.
_STREETS: Final = """
SELECT street.id, street.name, street.plain, street.core, street.former_commune,
    street.former_insee_code, street.postcodes, street.lon, street.lat, commune.insee_code,
    commune.name
FROM (
    SELECT found.id, max(found.alike) AS alike
    FROM (
        SELECT street.id, word_similarity(asked.words, street.core) AS alike
        FROM unnest(%s::text[]) AS asked (words)
        JOIN territory_street AS street ON street.core %%> asked.words
        UNION ALL
        SELECT street.id, %s FROM territory_street AS street WHERE street.spellings && %s
    ) AS found
    GROUP BY found.id
) AS found
JOIN territory_street AS street ON street.id = found.id
JOIN territory_commune AS commune ON commune.id = street.commune_id
WHERE street.lon BETWEEN %s AND %s AND street.lat BETWEEN %s AND %s
ORDER BY commune.insee_code = ANY(%s) OR street.former_insee_code = ANY(%s) DESC,
    found.alike DESC, (street.lon - %s) ^ 2 + (street.lat - %s) ^ 2, street.id
LIMIT %s
"""
# The number that was asked, else the nearest one, on the same side where two are as near.
_HOUSES: Final = """
SELECT asked.position, house.number, house.suffix, house.postcode, house.lon, house.lat
FROM unnest(%s::int[], %s::bigint[], %s::int[], %s::text[])
    AS asked (position, street_id, number, suffix)
JOIN LATERAL (
    SELECT * FROM territory_house
    WHERE territory_house.street_id = asked.street_id
    ORDER BY abs(territory_house.number - asked.number),
        territory_house.suffix = asked.suffix DESC,
        (territory_house.number - asked.number) %% 2 <> 0, territory_house.suffix,
        territory_house.id
    LIMIT 1
) AS house ON true
"""


@dataclass(frozen=True, slots=True)
class _Answer:
    reading: Reading
    street: StreetFacts
    score: float


@dataclass(frozen=True, slots=True)
class Names:
    """What the addresses of one version are of: communes and postcodes."""

    version: int
    communes: tuple[CommuneName, ...]
    postcodes: frozenset[str]


_names = Names(0, (), frozenset())


def search(text: str, *, town: CollectivityFacts | None, limit: int) -> list[Found]:
    """The best answers among our own rows, the best first; streets of `town` go before those of
    its neighbours, and further away nothing is searched."""
    readings = asking.readings(text, names().communes)
    if not readings:
        return []
    answers: list[_Answer] = []
    for threshold in _THRESHOLDS:
        answers = _ranked(readings, _candidates(readings, town, threshold), town)
        if answers:
            break
    found = _with_houses(answers[: limit * 2])
    found.sort(key=lambda one: -one.score)
    return _apart(found)[:limit]


def _ranked(
    readings: list[Reading], streets: list[StreetFacts], town: CollectivityFacts | None
) -> list[_Answer]:
    """Streets with the reading that they answer best, the best first."""
    index = memory.territory().index
    answers = []
    for street in streets:
        scored = [(ranking.score(one, street), -i) for i, one in enumerate(readings)]
        score, at = max(scored)
        if score < ranking.SHOWN:
            continue
        place = index.locate(street.lon, street.lat) if town else None
        if place is None or town is None or place.collectivity.id != town.id:
            score -= _OWN_TOWN
        answers.append(_Answer(readings[-at], street, score))
    return sorted(answers, key=lambda one: -one.score)


def _candidates(
    readings: list[Reading], town: CollectivityFacts | None, threshold: float
) -> list[StreetFacts]:
    cores = {" ".join(one.core): one.core for one in readings}
    spellings = sorted({one for core in cores.values() for one in words.spellings(core)})
    codes = sorted(set().union(*(one.communes for one in readings)))
    box = _box_around(town)
    middle = ((box.west + box.east) / 2, (box.south + box.north) / 2)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(threshold)]
        )
        cursor.execute(
            _STREETS,
            [
                list(cores),
                _SPELT_ALIKE,
                spellings,
                *(box.west, box.east, box.south, box.north),
                codes,
                codes,
                *middle,
                _CANDIDATES,
            ],
        )
        return [StreetFacts.of(row) for row in cursor.fetchall()]


def _box_around(town: CollectivityFacts | None) -> Box:
    """The box of the town's areas and what lies around; the whole Earth without any."""
    bounds = [
        one.geometry.bounds
        for one in memory.territory().outlines
        if town is not None and one.area.collectivity_id == town.id
    ]
    if not bounds:
        return EARTH
    return Box(
        min(one[0] for one in bounds) - _AROUND,
        min(one[1] for one in bounds) - _AROUND,
        max(one[2] for one in bounds) + _AROUND,
        max(one[3] for one in bounds) + _AROUND,
    )


def _with_houses(answers: list[_Answer]) -> list[Found]:
    numbered = [(i, one) for i, one in enumerate(answers) if one.reading.number is not None]
    houses: dict[int, tuple[int, str, str, float, float]] = {}
    if numbered:
        with connection.cursor() as cursor:
            cursor.execute(
                _HOUSES,
                [
                    [i for i, _one in numbered],
                    [one.street.id for _i, one in numbered],
                    [one.reading.number for _i, one in numbered],
                    [one.reading.suffix for _i, one in numbered],
                ],
            )
            houses = {row[0]: row[1:] for row in cursor.fetchall()}
    return [_found(one, houses.get(i)) for i, one in enumerate(answers)]


def _found(answer: _Answer, house: tuple[int, str, str, float, float] | None) -> Found:
    street, reading = answer.street, answer.reading
    if reading.number is None or house is None:
        postcode = reading.postcode if reading.postcode in street.postcodes else ""
        return Found(
            name=street.name,
            context=street.context(postcode),
            lon=street.lon,
            lat=street.lat,
            exactness=Exactness.STREET,
            # The number that was typed finds no house there: it may be part of a name.
            score=answer.score - (0.0 if reading.number is None else _HOUSE_HELD),
            commune_said=bool(reading.communes),
        )
    number, suffix, postcode, lon, lat = house
    asked = f"{reading.number} {reading.suffix}".strip()
    held = f"{number} {suffix}".strip()
    exact = asked == held
    return Found(
        name=f"{asked} {street.name}",
        context=street.context(postcode),
        lon=lon,
        lat=lat,
        exactness=Exactness.HOUSE if exact else Exactness.NEAR,
        score=answer.score - (0.0 if exact else _HOUSE_HELD),
        near="" if exact else held,
        commune_said=bool(reading.communes),
    )


def _apart(found: list[Found]) -> list[Found]:
    """One of each place: the BAN has streets twice, once in each of two merged communes. Two
    places that are called the same say their districts."""
    kept: list[Found] = []
    for one in found:
        same = [other for other in kept if other.label == one.label]
        if all(one.metres_to(other) > _SAME_PLACE for other in same):
            kept.append(one)
    said = Counter(one.label for one in kept)
    return [_with_district(one) if said[one.label] > 1 else one for one in kept]


def _with_district(found: Found) -> Found:
    place = memory.territory().index.locate(found.lon, found.lat)
    if place is None or place.district is None:
        return found
    return replace(found, context=f"{found.context}, {place.district.name}")


def names() -> Names:
    """The communes that addresses are held of, with those merged into them, and the postcodes; read
    once a version."""
    global _names  # noqa: PLW0603 - one copy a process is the point
    version = versions.current(NAME)
    if _names.version != version or not version:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT insee_code, name FROM territory_commune UNION SELECT DISTINCT"
                " former_insee_code, former_commune FROM territory_street"
                " WHERE former_insee_code <> '' ORDER BY 1, 2"
            )
            communes = tuple(CommuneName(code, words.plain(name)) for code, name in cursor)
            cursor.execute("SELECT DISTINCT unnest(postcodes) FROM territory_street")
            postcodes = frozenset(code for (code,) in cursor)
        _names = Names(version, communes, postcodes)
    return _names
