"""The bench measures what it says: the raw client's rows are those of a real report. No test here
looks at a duration."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from riverain.catalogue.models import Type
from riverain.config import env
from riverain.reports.models import Report
from riverain.site.bench import raw_client, submit
from riverain.site.bench.figures import figures
from riverain.site.bench.submit_client import Sender
from riverain.site.commands import bench
from riverain.territory.models import Area
from tests import town

ROOT = Path(__file__).resolve().parents[2]


def held() -> dict[str, tuple[int, int]]:
    """Rows and bytes of every table, by its name."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            query = sql.SQL("SELECT count(*), coalesce(sum(pg_column_size(one.*)), 0) FROM {} one")
            cursor.execute(query.format(sql.Identifier(table)).as_string(cursor.connection))
            found[table] = cursor.fetchone()
    return found


def grown(write) -> dict[str, tuple[int, int]]:
    """What `write` adds: rows and bytes, by table."""
    before = held()
    write()
    after = held()
    return {
        table: (rows - before[table][0], size - before[table][1])
        for table, (rows, size) in after.items()
        if (rows, size) != before[table]
    }


def test_raw_client_writes_the_rows_of_a_report(committed_db, settings):
    settings.PROOF_OF_WORK = False
    city = town.build()
    like = {
        "collectivity": city.lille.pk,
        "type": Type.objects.get(collectivity=city.lille, code="sac-plein").pk,
        "service": city.services["proprete"].pk,
        "district": city.wazemmes.pk,
        "sector": Area.objects.get(collectivity=city.lille, code="extra-muros").pk,
    }
    sender = Sender({**submit.form(port=0), "client": 1})

    def through_the_form():
        address = f"198.51.100.{Report.objects.count()}"
        answer = Client(REMOTE_ADDR=address).post(sender.path, sender.report())
        assert answer.status_code == 303

    def by_hand():
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
            raw_client.write(raw, like)

    through_the_form()  # what the first request reads and keeps is not measured
    real, raw = grown(through_the_form), grown(by_hand)
    assert Report.objects.count() == 3
    assert {table: rows for table, (rows, _size) in raw.items()} == {
        table: rows for table, (rows, _size) in real.items()
    }
    for table, (_rows, size) in real.items():
        assert raw[table][1] == pytest.approx(size, rel=0.15), table


def test_locating_is_measured_and_printed_as_one_object():
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "RIVERAIN_"))
    }
    run = subprocess.run(
        [sys.executable, "-m", "riverain.site", "bench", "locate", "--json"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["bench"] == "locate"
    assert 0 < found["received"] <= found["points"] == found["locate"]["calls"]
    assert {"processor", "cores", "memory", "python"} <= found["machine"].keys()
    assert found["database"]["fsync"] == "on"
    assert found["ratio"] == pytest.approx(found["locate"]["rate"] / found["raw"]["rate"], abs=0.01)


def test_nobody_beyond_this_machine_is_asked(monkeypatch):
    monkeypatch.setenv("RIVERAIN_GEOCODER_URL", "https://geocoder.example")
    bench.before(argparse.Namespace())
    assert env.service("RIVERAIN_GEOCODER_URL", "https://another.example") == ""


def test_figures_are_rates_a_second_and_milliseconds():
    found = figures([0.010] * 94 + [0.020] * 5 + [0.5], seconds=4.0)
    assert (found.calls, found.rate) == (100, 25.0)
    assert (found.median, found.p95, found.worst) == (10.0, 20.0, 500.0)


def test_figures_do_not_hang_on_the_order_of_the_calls():
    assert figures([0.3, 0.1, 0.2], seconds=1) == figures([0.1, 0.2, 0.3], seconds=1)


def test_one_call_is_its_own_median_and_worst():
    found = figures([0.0042], seconds=2)
    assert (found.median, found.p95, found.worst, found.rate) == (4.2, 4.2, 4.2, 0.5)


def test_no_call_gives_no_figure():
    with pytest.raises(ValueError, match="nothing was measured"):
        figures([], seconds=1)
