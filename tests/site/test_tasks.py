"""Upkeep of the jobs: what a dead worker leaves is done by another."""

from datetime import timedelta

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from riverain.core import clock
from riverain.notifications.tasks import send_due
from riverain.reports.tasks import deliver
from riverain.site.tasks import retry_stalled
from tests.work import work_off


def left_by_a_dead_worker(job_id) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])


def status(job_id) -> str:
    return ProcrastinateJob.objects.filter(pk=job_id).values_list("status", flat=True).first() or ""


def test_job_of_a_dead_worker_is_done_by_another(committed_db):
    job = deliver.defer(entry_id=1, subscriber="gone")
    left_by_a_dead_worker(job)
    work_off()
    assert status(job) == "doing"
    retry_stalled.defer(timestamp=0)
    work_off()
    assert status(job) == "succeeded"


def test_stalled_periodic_job_whose_next_run_waits_holds_up_no_other(committed_db):
    stalled = send_due.defer(timestamp=0)
    left_by_a_dead_worker(stalled)
    later = clock.now() + timedelta(hours=1)
    waiting = send_due.configure(schedule_at=later).defer(timestamp=60)
    job = deliver.defer(entry_id=1, subscriber="gone")
    left_by_a_dead_worker(job)
    retry_stalled.defer(timestamp=0)
    work_off()
    assert (status(stalled), status(waiting), status(job)) == ("", "todo", "succeeded")
