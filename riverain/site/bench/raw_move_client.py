"""Writes the rows of status changes with psycopg and nothing else: what the database alone can do.

The same rows as `reports.actions.move` writes, with the same sizes, in one transaction: the row
locked and read, the entry, its words, the row changed, the job. Bound to the product by
tests/site/test_bench_pages.py, which compares what each adds.
"""

import json
import os
import secrets
from typing import Any

import psycopg

from riverain.site.bench.turns import given, take_turns


class Hand:
    """Changes its own reports in turn, between two statuses."""

    def __init__(self, connection: "psycopg.Connection[Any]", numbers: list[str]) -> None:
        self.connection = connection
        self.numbers = numbers
        self.turn = 0

    def step(self) -> None:
        number = self.numbers[self.turn % len(self.numbers)]
        self.turn += 1
        with self.connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT id, seq, head, status, service_id FROM reports_report WHERE number = %s"
                " FOR UPDATE",
                [number],
            )
            report_id, seq, head, status, service = cursor.fetchone() or (0, 0, b"", "", 0)
            waits = status == "in_progress"
            target = "waiting" if waits else "in_progress"
            proof = secrets.token_bytes(32)
            said = {"from": status, "to": target, "told": True, "service": service}
            if waits:
                said |= {
                    "reason": "material",
                    "resume_on": "2027-01-31",
                    "personal": {"text": secrets.token_hex(32)},
                }
            cursor.execute(
                "INSERT INTO audit_entry (stream_kind, stream_id, seq, kind, acting, payload, at,"
                " previous_hash, hash) VALUES ('report', %s, %s, 'report.moved', 'agent:2', %s,"
                " now(), %s, %s) RETURNING id",
                [report_id, seq + 1, json.dumps(said), head, proof],
            )
            (entry_id,) = cursor.fetchone() or (0,)
            if waits:
                cursor.execute(
                    "INSERT INTO audit_personalvalue (stream_kind, stream_id, seq, name, value,"
                    " salt) VALUES ('report', %s, %s, 'text', %s, %s)",
                    [report_id, seq + 1, TEXT, secrets.token_bytes(16)],
                )
            cursor.execute(
                "UPDATE reports_report SET seq = %s, head = %s, status = %s, reason = %s,"
                " resume_on = %s WHERE id = %s",
                [
                    *(seq + 1, proof, target, "material" if waits else ""),
                    *("2027-01-31" if waits else None, report_id),
                ],
            )
            cursor.execute(
                "SELECT * FROM procrastinate_defer_jobs_v1("
                "ARRAY[ROW('events', 'riverain.reports.tasks.deliver', 0, NULL, NULL, %s, NULL)]"
                "::procrastinate_job_to_defer_v1[])",
                [json.dumps({"entry_id": entry_id, "subscriber": "notifications"})],
            )
            cursor.execute("COMMIT")


# What the agent writes when the report is put off.
TEXT = "Nous attendons la pièce de rechange : elle arrive la semaine prochaine."


def main() -> None:
    asked = given()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        numbers = [number for number, _seq in asked["shares"][asked["client"]]]
        take_turns(asked, Hand(connection, numbers).step)


if __name__ == "__main__":
    main()
