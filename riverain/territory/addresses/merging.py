"""From the lines of a file, in temporary tables, to the rows that stand: a few statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

# A line without a street is a refused one: the address that it names is kept.
TABLES: Final = """
CREATE TEMPORARY TABLE ban_line (
    position bigint, ban_id text, street_id text, number integer, suffix text, postcode text,
    lon double precision, lat double precision, quadkey bigint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE ban_street (
    street_id text, insee_code text, name text, former_commune text, former_insee_code text,
    plain text, core text, spellings text[]
) ON COMMIT DROP;
"""
COPY_LINES: Final = (
    "COPY ban_line (position, ban_id, street_id, number, suffix, postcode, lon, lat, quadkey)"
    " FROM STDIN"
)
COPY_STREETS: Final = (
    "COPY ban_street (street_id, insee_code, name, former_commune, former_insee_code, plain, core,"
    " spellings) FROM STDIN"
)
DOUBLES: Final = """
DELETE FROM ban_line AS later
USING (
    SELECT ban_id, min(position) AS first FROM ban_line
    WHERE street_id IS NOT NULL GROUP BY ban_id HAVING count(*) > 1
) AS doubled
WHERE later.ban_id = doubled.ban_id AND later.position > doubled.first
    AND later.street_id IS NOT NULL
RETURNING later.position, later.ban_id, doubled.first
"""

_INDEX = """
CREATE UNIQUE INDEX ON ban_line (ban_id, position);
CREATE INDEX ON ban_line (street_id);
ANALYZE ban_line;
ANALYZE ban_street;
"""
_COMMUNES = """
INSERT INTO territory_commune AS held (insee_code, name, imported_at)
SELECT code, name, %s FROM unnest(%s::text[], %s::text[]) AS new (code, name) ORDER BY code
ON CONFLICT (insee_code) DO UPDATE SET name = excluded.name, imported_at = excluded.imported_at
RETURNING id, insee_code, name
"""
_COUNT = """
SELECT street.commune_id, count(*)
FROM territory_house AS house JOIN territory_street AS street ON street.id = house.street_id
WHERE street.commune_id = ANY(%s) GROUP BY street.commune_id
"""
# A new street takes the point of any of its lines; `_SETTLE` then gives it the right one.
_STREETS = """
INSERT INTO territory_street AS held
    (ban_id, commune_id, name, former_commune, former_insee_code, plain, core, spellings,
     postcodes, lon, lat, quadkey)
SELECT new.street_id, commune.id, new.name, new.former_commune, new.former_insee_code, new.plain,
    new.core, new.spellings, CASE line.postcode WHEN '' THEN '{}' ELSE ARRAY[line.postcode] END,
    line.lon, line.lat, line.quadkey
FROM ban_street AS new
JOIN territory_commune AS commune ON commune.insee_code = new.insee_code
JOIN LATERAL (
    SELECT * FROM ban_line WHERE ban_line.street_id = new.street_id ORDER BY position LIMIT 1
) AS line ON true
ORDER BY new.street_id
ON CONFLICT (ban_id) DO UPDATE SET
    commune_id = excluded.commune_id, name = excluded.name,
    former_commune = excluded.former_commune, former_insee_code = excluded.former_insee_code,
    plain = excluded.plain, core = excluded.core, spellings = excluded.spellings
WHERE (held.commune_id, held.name, held.former_commune, held.former_insee_code, held.plain,
       held.core, held.spellings)
    IS DISTINCT FROM (excluded.commune_id, excluded.name, excluded.former_commune,
       excluded.former_insee_code, excluded.plain, excluded.core,
       excluded.spellings)
"""
_HOUSES = """
WITH written AS (
    INSERT INTO territory_house AS held
        (ban_id, street_id, number, suffix, postcode, lon, lat, quadkey)
    SELECT line.ban_id, street.id, line.number, line.suffix, line.postcode, line.lon, line.lat,
        line.quadkey
    FROM ban_line AS line JOIN territory_street AS street ON street.ban_id = line.street_id
    WHERE line.number IS NOT NULL
    ORDER BY line.ban_id
    ON CONFLICT (ban_id) DO UPDATE SET
        street_id = excluded.street_id, number = excluded.number, suffix = excluded.suffix,
        postcode = excluded.postcode, lon = excluded.lon, lat = excluded.lat,
        quadkey = excluded.quadkey
    WHERE (held.street_id, held.number, held.suffix, held.postcode, held.lon, held.lat)
        IS DISTINCT FROM (excluded.street_id, excluded.number, excluded.suffix,
            excluded.postcode, excluded.lon, excluded.lat)
    RETURNING street_id, xmax = 0 AS is_new
)
SELECT street.commune_id, count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
FROM written JOIN territory_street AS street ON street.id = written.street_id
GROUP BY street.commune_id
"""
_REMOVE_HOUSES = """
WITH gone AS (
    DELETE FROM territory_house AS house
    USING territory_street AS street
    WHERE street.id = house.street_id AND street.commune_id = ANY(%s)
        AND NOT EXISTS (SELECT FROM ban_line WHERE ban_line.ban_id = house.ban_id)
    RETURNING street.commune_id
)
SELECT commune_id, count(*) FROM gone GROUP BY commune_id
"""
_REMOVE_STREETS = """
DELETE FROM territory_street AS street
WHERE street.commune_id = ANY(%s)
    AND NOT EXISTS (SELECT FROM territory_house WHERE territory_house.street_id = street.id)
    AND NOT EXISTS (SELECT FROM ban_street WHERE ban_street.street_id = street.ban_id)
"""
# The point of a street is that of the house nearest to the middle of its houses. Degrees of
# longitude are shorter than those of latitude; for the choice of a house that does not matter.
_SETTLE = """
UPDATE territory_street AS street
SET lon = best.lon, lat = best.lat, quadkey = best.quadkey, postcodes = best.postcodes
FROM (
    SELECT DISTINCT ON (house.street_id) house.street_id, house.lon, house.lat, house.quadkey,
        middle.postcodes
    FROM territory_house AS house
    JOIN (
        SELECT street_id, avg(lon) AS lon, avg(lat) AS lat,
            coalesce(array_agg(DISTINCT postcode ORDER BY postcode)
                FILTER (WHERE postcode <> ''), '{}')::varchar(5)[] AS postcodes
        FROM territory_house
        WHERE street_id IN (SELECT id FROM territory_street WHERE commune_id = ANY(%s))
        GROUP BY street_id
    ) AS middle USING (street_id)
    ORDER BY house.street_id, (house.lon - middle.lon) ^ 2 + (house.lat - middle.lat) ^ 2, house.id
) AS best
WHERE best.street_id = street.id
    AND (street.quadkey, street.postcodes) IS DISTINCT FROM (best.quadkey, best.postcodes)
"""
_SETTLE_PLACES = """
UPDATE territory_street AS street
SET lon = line.lon, lat = line.lat, quadkey = line.quadkey
FROM ban_line AS line
WHERE line.street_id = street.ban_id AND line.number IS NULL
    AND street.quadkey <> line.quadkey
    AND NOT EXISTS (SELECT FROM territory_house WHERE territory_house.street_id = street.id)
"""
_DROP = "DROP TABLE ban_line, ban_street"
_COUNT_STREETS = "SELECT count(*) FROM territory_street WHERE commune_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class MergedCommune:
    """Counts of the addresses of one commune."""

    id: int
    insee_code: str
    name: str
    before: int
    created: int
    updated: int
    removed: int

    @property
    def after(self) -> int:
        return self.before + self.created - self.removed

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.removed)


@dataclass(frozen=True, slots=True)
class Merged:
    communes: tuple[MergedCommune, ...]
    streets: int


def merge(communes: Mapping[str, str], *, at: datetime, removes: bool) -> Merged:
    """Makes the rows what the temporary tables say, in the caller's transaction. `communes` are
    the names of those in the file by INSEE code; with `removes`, what they have beside the file
    is deleted."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEX)
        cursor.execute(_COMMUNES, [at, list(communes), list(communes.values())])
        rows = sorted(cursor.fetchall(), key=lambda row: row[1])
        ids = [row[0] for row in rows]
        before = _counted(cursor, _COUNT, ids)
        cursor.execute(_STREETS)
        cursor.execute(_HOUSES)
        written = {row[0]: row[1:] for row in cursor.fetchall()}
        removed = _counted(cursor, _REMOVE_HOUSES, ids) if removes else {}
        if removes:
            cursor.execute(_REMOVE_STREETS, [ids])
        cursor.execute(_SETTLE, [ids])
        cursor.execute(_SETTLE_PLACES)
        cursor.execute(_COUNT_STREETS, [ids])
        (streets,) = cursor.fetchone()
        cursor.execute(_DROP)
    return Merged(
        communes=tuple(
            MergedCommune(
                id=pk,
                insee_code=code,
                name=name,
                before=before.get(pk, 0),
                created=written.get(pk, (0, 0))[0],
                updated=written.get(pk, (0, 0))[1],
                removed=removed.get(pk, 0),
            )
            for pk, code, name in rows
        ),
        streets=streets,
    )


def _counted(cursor: Any, statement: str, communes: list[int]) -> dict[int, int]:
    cursor.execute(statement, [communes])
    return dict(cursor.fetchall())
