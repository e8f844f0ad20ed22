"""Writes the rows of submissions with psycopg and nothing else: what the database alone can do.

The same rows as `reports.submission.submit` writes, with the same sizes: the limits' windows in a
statement of their own, then the report, its entry, its personal values and its job in one
transaction. Bound to the model by tests/site/test_bench.py, which compares the row counts.
"""

import json
import os
import secrets
import uuid
from typing import Any

import psycopg

from riverain.site.bench.turns import given, take_turns

_DESCRIPTION = (
    "Bonjour, la poubelle publique devant le numéro 12 déborde depuis ce matin, des sacs sont"
    " posés autour et les pigeons les ont ouverts."
)
_ADDRESS = "12 rue des Postes, 59000 Lille"


def write(connection: psycopg.Connection[Any], like: dict[str, Any]) -> None:
    """The rows of one submission. `like` has the identifiers that its foreign keys need."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO guard_window AS held (id, spent, ends_at)"
            " SELECT id, 1, now() + interval '1 hour' FROM unnest(%s::uuid[]) AS new (id)"
            " ON CONFLICT (id) DO UPDATE SET spent = held.spent + 1 RETURNING id, spent, ends_at",
            [[uuid.uuid4(), uuid.uuid4(), uuid.uuid4()]],
        )
        cursor.execute("BEGIN")
        cursor.execute(
            "SELECT nextval('reports_report_id_seq'), riverain_next_number(%s, %s)",
            [like["collectivity"], 2026],
        )
        report_id, serial = cursor.fetchone() or (0, 0)
        number = f"LIL-2026-{serial:06d}"
        _entry(cursor, report_id, number)
        _values(cursor, report_id)
        _report(cursor, report_id, number, like)
        cursor.execute(
            "SELECT * FROM procrastinate_defer_jobs_v1("
            "ARRAY[ROW('events', 'riverain.reports.tasks.deliver', 0, NULL, NULL, %s, NULL)]"
            "::procrastinate_job_to_defer_v1[])",
            [json.dumps({"entry_id": report_id, "subscriber": "notifications"})],
        )
        cursor.execute("COMMIT")


def _entry(cursor: psycopg.Cursor[Any], report_id: int, number: str) -> None:
    payload = {
        "number": number,
        "nature": "report",
        "type": "sac-plein",
        "channel": "web",
        "service": 1,
        "partner": None,
        "district": 1,
        "sector": 1,
        "located": True,
        "priority": 3,
        "due_at": "2026-11-23T08:30:00+00:00",
        "pictures": 0,
        "language": "fr",
        "proved": True,
        "personal": {
            name: secrets.token_hex(32)
            for name in ("description", "address", "point", "contact.email")
        },
    }
    cursor.execute(
        "INSERT INTO audit_entry (stream_kind, stream_id, seq, kind, acting, payload, at,"
        " previous_hash, hash) VALUES ('report', %s, 1, 'report.submitted', 'reporter', %s, now(),"
        " %s, %s) RETURNING id",
        [report_id, json.dumps(payload), bytes(32), secrets.token_bytes(32)],
    )


def _values(cursor: psycopg.Cursor[Any], report_id: int) -> None:
    values = {
        "description": _DESCRIPTION,
        "address": _ADDRESS,
        "point": "3.0498,50.6246",
        "contact.email": "camille@demo.example",
    }
    cursor.execute(
        "INSERT INTO audit_personalvalue (stream_kind, stream_id, seq, name, value, salt)"
        " SELECT 'report', %s, 1, name, value, salt"
        " FROM unnest(%s::text[], %s::text[], %s::bytea[]) AS new (name, value, salt)"
        " RETURNING id",
        [
            report_id,
            list(values),
            list(values.values()),
            [secrets.token_bytes(16) for _ in values],
        ],
    )


def _report(cursor: psycopg.Cursor[Any], report_id: int, number: str, like: dict[str, Any]) -> None:
    code = secrets.token_hex(6).upper()
    cursor.execute(
        "INSERT INTO reports_report (id, collectivity_id, number, tracking_code, submission_id,"
        " body_digest, seq, head, nature, type_id, channel, status, outcome, reason, priority,"
        " claims, service_id, partner_id, district_id, sector_id, lon, lat, quadkey, address,"
        " received_at, received_has_time, due_at, looked_at, unanswered, undelivered, source,"
        " external_id, search) VALUES (%s, %s, %s, %s, %s, %s, 1, %s, 'report', %s, 'web',"
        " 'to_process', '', '', 3, 0, %s, NULL, %s, %s, 3.0498, 50.6246, 2419398721324, %s, now(),"
        " true, now() + interval '1 day', true, false, false, '', '',"
        " to_tsvector('riverain_fr', %s))",
        [
            report_id,
            like["collectivity"],
            number,
            f"{code[:4]}-{code[4:8]}-{code[8:]}",
            uuid.uuid4(),
            secrets.token_bytes(32),
            secrets.token_bytes(32),
            like["type"],
            like["service"],
            like["district"],
            like["sector"],
            _ADDRESS,
            f"{number} Sac plein, pas de sac {_ADDRESS} {_DESCRIPTION}",
        ],
    )


def main() -> None:
    asked = given()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        take_turns(asked, lambda: write(connection, asked["like"]))


if __name__ == "__main__":
    main()
