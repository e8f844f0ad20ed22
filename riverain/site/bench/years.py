"""A hundred thousand reports of two towns, written straight to the tables in under a minute."""

import os
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any, Final

import psycopg
from psycopg import sql

from riverain.catalogue import queries as catalogues
from riverain.core import clock
from riverain.reports import rerouting
from riverain.site.bench.past import Ground, Past, reports
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.territory.locator import locate

# Four in five are Lille's.
SHARES: Final = {"lille": 0.8, "hellemmes": 0.2}
# Around both towns as the demo draws them.
_BOX: Final = (2.98, 50.60, 3.13, 50.67)
_PLACES: Final = 1_000
_BATCH: Final = 5_000
# A worklist's page: fewer than this would not be one.
PAGE: Final = 50

_ENTRY: Final = (
    *("stream_kind", "stream_id", "seq", "kind", "acting", "payload", "at"),
    *("previous_hash", "hash"),
)
_VALUE: Final = ("stream_kind", "stream_id", "seq", "name", "value", "salt")


def fill(count: int) -> None:
    """Writes `count` reports with their entries, words and pictures' rows (no picture's content),
    and has the database learn what it holds now.
    """
    now, dice = clock.now(), Random(1)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        for slug, share in SHARES.items():
            town = territory.collectivity_by_slug(slug)
            if town is None:
                raise LookupError(f"the bench has no {slug}")
            wanted = round(count * share)
            made = reports(
                _ground(town, now, dice),
                count=wanted,
                first_id=_identifiers(connection, wanted),
                now=now,
                dice=dice,
            )
            while batch := list(islice(made, _BATCH)):
                _write(connection, batch)
        connection.execute(
            "SELECT count(riverain_next_number(collectivity_id, year::int)) FROM ("
            "SELECT collectivity_id, split_part(number, '-', 2) AS year FROM reports_report) used"
        )
    # The tables are their owner's to tidy.
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _identifiers(connection: "psycopg.Connection[Any]", wanted: int) -> int:
    """Takes as many identifiers of reports, and answers the first."""
    row = connection.execute(
        "SELECT min(id) FROM (SELECT nextval('reports_report_id_seq') AS id"
        " FROM generate_series(1, %s)) taken",
        [wanted],
    ).fetchone()
    return int(row[0]) if row else 1


def _ground(town: CollectivityFacts, now: datetime, dice: Random) -> Ground:
    west, south, east, north = _BOX
    places: list[tuple[float, float, Any]] = []
    while len(places) < _PLACES:
        lon, lat = dice.uniform(west, east), dice.uniform(south, north)
        place = locate(lon, lat)
        if place is not None and place.collectivity.id == town.id:
            places.append((lon, lat, place))
    families = catalogues.catalogue(town.id).resident_families
    types = [type_ for family in families for type_ in family.types if type_.makes_reports]
    dice.shuffle(types)
    areas = {tuple(one.id for one in place.areas): place.areas for _lon, _lat, place in places}
    decided = {
        (key, type_.id): rerouting.decide(type_, collectivity=town, areas=held, instant=now)
        for key, held in areas.items()
        for type_ in types
    }
    return Ground(
        places=places,
        types=types,
        decisions={
            (at, type_.id): decided[tuple(one.id for one in place.areas), type_.id]
            for at, (_lon, _lat, place) in enumerate(places)
            for type_ in types
        },
    )


def _write(connection: "psycopg.Connection[Any]", batch: list[Past]) -> None:
    columns = tuple(batch[0].columns)
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS bench_past AS SELECT *, ''::text AS words"
        " FROM reports_report WHERE false"
    )
    connection.execute("TRUNCATE bench_past")
    _copy(
        connection,
        "bench_past",
        (*columns, "words"),
        ((*past.columns.values(), past.words) for past in batch),
    )
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    connection.execute(
        sql.SQL(
            "INSERT INTO reports_report ({names}, search)"
            " SELECT {names}, to_tsvector('riverain_fr', words) FROM bench_past"
        ).format(names=names)
    )
    _copy(connection, "audit_entry", _ENTRY, (one for past in batch for one in past.entries))
    _copy(connection, "audit_personalvalue", _VALUE, (one for past in batch for one in past.values))
    pictured = [past for past in batch if past.picture]
    _copy(
        connection,
        "files_storedfile",
        (
            "id",
            "key",
            "state",
            "stored_by",
            "media_type",
            "width",
            "height",
            "bytes",
            "sha256",
            "created_at",
        ),
        (
            (
                past.picture,
                past.picture.hex,
                "kept",
                "reporter",
                "image/webp",
                1600,
                1200,
                250_000,
                "",
                past.columns["received_at"],
            )
            for past in pictured
            if past.picture
        ),
    )
    _copy(
        connection,
        "reports_picture",
        ("report_id", "file_id", "moment", "from_reporter", "seq", "position"),
        ((past.columns["id"], past.picture, "before", True, 1, 0) for past in pictured),
    )


def _copy(
    connection: "psycopg.Connection[Any]",
    table: str,
    columns: Iterable[str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
