"""The benches of pages measure what they say: a past that the log verifies, hand-written SQL that
finds what the page shows, raw writes that are those of a step. No test here looks at a duration."""

import os
import re

import psycopg
import pytest
from django.db import connection
from django.test import Client

from riverain.accounts.labels import SYSTEM
from riverain.audit.models import Entry, PersonalValue
from riverain.audit.verification import verify
from riverain.core.refusals import Refused
from riverain.organisation.roles import install_roles
from riverain.reports.models import Picture, Report
from riverain.site.bench import agent, move, pages, places, raw_move_client, streets, years
from riverain.site.demo import people, town
from riverain.territory.models import House
from tests.site.test_bench import grown

COUNT, HOUSES = 10_000, 5_000


@pytest.fixture
def past(committed_db, settings):
    settings.PROOF_OF_WORK = False
    install_roles(acting=SYSTEM)
    town.make()
    people.make()
    streets.fill(HOUSES)
    years.fill(COUNT)


def browser(cookies: str) -> Client:
    opened = Client()
    for one in filter(None, cookies.split("; ")):
        name, value = one.split("=", 1)
        opened.cookies[name] = value
    return opened


def marks_are_those_of_the_query(boxes):
    """Of the town, of a district, of a few streets."""
    asked = browser(boxes.cookie)
    with psycopg.connect(os.environ["DATABASE_URL"]) as raw:
        for path, values in list(zip(boxes.paths, boxes.values, strict=True))[:3]:
            marks = asked.get(path).json()["marks"]
            by_hand = raw.execute(boxes.queries[0], values).fetchall()
            assert sorted(one["count"] for one in marks) == sorted(row[1] for row in by_hand)


@pytest.mark.slow
def test_a_past_is_written_that_pages_and_the_log_stand_on(past, monkeypatch):
    assert Report.objects.count() == COUNT
    assert Report.objects.filter(collectivity__slug="hellemmes").count() == COUNT / 5
    assert not Report.objects.filter(search=None).exists()
    for report in Report.objects.order_by("pk")[::500]:
        last = Entry.objects.filter(stream_kind="report", stream_id=report.pk).latest("seq")
        assert (last.seq, bytes(last.hash)) == (report.seq, bytes(report.head))
        assert PersonalValue.objects.filter(stream_id=report.pk, name="description").exists()
    assert Picture.objects.count() > COUNT / 4
    assert not verify().faults
    # a new report comes after them
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('reports_report_id_seq') > max(id) FROM reports_report")
        assert cursor.fetchone() == (True,)

    boxes, typed = places.boxes(pages.AGENT), places.addresses()
    for measure in (pages.worklist(), pages.report(), pages.follow(), boxes, typed):
        client = browser(measure.cookie)
        for path, holds in list(zip(measure.paths, measure.holds, strict=True))[:5]:
            shown = client.get(path)
            assert shown.status_code == 200, path
            assert holds in shown.content.decode(), path
        with psycopg.connect(os.environ["DATABASE_URL"]) as raw:
            for query in measure.queries:
                assert raw.execute(query, measure.values[0]).fetchall(), query
    listed = pages.worklist()
    shown = browser(listed.cookie).get(listed.paths[0]).content.decode()
    with psycopg.connect(os.environ["DATABASE_URL"]) as raw:
        rows = raw.execute(listed.queries[0], listed.values[0]).fetchall()
        (total,) = raw.execute(listed.queries[1], listed.values[0]).fetchone()
    assert len(rows) == years.PAGE
    assert all(row[1] in shown for row in rows)
    assert re.search(rf"\b{total}\b", shown)

    marks_are_those_of_the_query(boxes)
    assert House.objects.filter(ban_id__startswith="59350_B").count() == HOUSES

    monkeypatch.setattr(move, "_REPORTS", 1)  # of so few there are not five for each client
    shares = move.deal()
    assert len(shares) == 2 * move.CLIENTS
    assert len({number for share in shares for number, _seq in share}) == sum(map(len, shares))
    told = move.browsers(0, shares)
    client, (number, seq) = browser(told["cookie"]), shares[0][0]
    steps = iter(told["steps"])

    def by_the_desk():
        nonlocal seq
        code, fields = next(steps)
        said = fields | {"csrfmiddlewaretoken": agent.CSRF, "seq": str(seq)}
        answer = client.post(f"/agents/signalements/{number}/{code}", said)
        assert answer.status_code == 303, answer.content[:500]
        seq += 1

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
        hand = raw_move_client.Hand(raw, [shares[-1][0][0]])
        for _step in ("prendre", "attente"):
            real, by_hand = grown(by_the_desk), grown(hand.step)
            for table in ("audit_entry", "audit_personalvalue", "procrastinate_jobs"):
                assert real.get(table, (0, 0))[0] == by_hand.get(table, (0, 0))[0], table
                assert by_hand.get(table, (0, 0))[1] == pytest.approx(
                    real.get(table, (0, 0))[1], rel=0.15
                ), table
    statuses = Report.objects.filter(number__in=[number, shares[-1][0][0]])
    assert set(statuses.values_list("status", flat=True)) == {"waiting"}


@pytest.mark.parametrize("measure", [pages.worklist, move.deal])
def test_too_few_reports_are_refused_in_words(db, measure):
    with pytest.raises(Refused, match="Too few reports"):
        measure()
