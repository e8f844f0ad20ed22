"""Mails that go out late: agents are told in a line, and asked of the database rarely."""

import pytest
from django.db import connection
from django.test import Client

from riverain.notifications import delay
from tests import town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    monkeypatch.setattr(delay, "_asked_at", float("-inf"))


def job(*, due="now()", status="todo", event=""):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)"
            f" VALUES ('default', 'x', '{{}}', '{status}', {due}) RETURNING id"
        )
        (number,) = cursor.fetchone()
        if event:
            cursor.execute(
                f"UPDATE procrastinate_events SET at = {event} WHERE job_id = %s", [number]
            )


@pytest.mark.parametrize(
    ("made", "late"),
    [
        ({"due": "now() - interval '6 minutes'"}, True),
        ({"due": "NULL", "event": "now() - interval '6 minutes'"}, True),
        ({"due": "now() - interval '4 minutes'"}, False),
        ({"due": "NULL"}, False),
        ({"due": "now() + interval '1 hour'"}, False),
        ({"due": "now() - interval '1 hour'", "status": "succeeded"}, False),
    ],
)
def test_a_job_that_has_been_due_for_five_minutes_is_late(made, late):
    job(**made)
    assert delay.mails_are_late() is late


def test_it_is_asked_once_in_half_a_minute(django_assert_num_queries, monkeypatch):
    with django_assert_num_queries(1):
        assert not delay.mails_are_late()
        assert not delay.mails_are_late()
    job(due="now() - interval '1 day'")
    assert not delay.mails_are_late()
    monkeypatch.setattr(delay, "_asked_at", delay._asked_at - delay.FRESH_SECONDS - 1)
    assert delay.mails_are_late()


def test_agents_are_told_and_residents_are_not(city):
    job(due="now() - interval '6 minutes'")
    browser = Client()
    browser.force_login(city.people["coordinator"])
    assert "Les mails partent avec du retard" in browser.get("/agents/").content.decode()
    report = town.report(city)
    for address in ("/", f"/suivi/{report.tracking_code}"):
        assert "retard" not in Client().get(address).content.decode()
