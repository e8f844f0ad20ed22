"""Upkeep of the jobs themselves."""

import psycopg
from procrastinate import JobContext, exceptions, jobs
from procrastinate.contrib.django import app

from riverain.accounts.sessions import SessionStore

# A worker that was killed leaves its job "doing"; its heart beats every ten seconds.
SILENT_SECONDS = 30
KEEP_HOURS = 24


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="retry-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - given by Procrastinate
    """Gives the jobs of a dead worker to another. Every task bears being run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        try:
            await manager.retry_job(job)
        except exceptions.UniqueViolation:  # a periodic one, whose next run waits already
            await manager.finish_job(job, status=jobs.Status.ABORTED, delete_job=True)
        except exceptions.ConnectorException as error:
            if not isinstance(error.__cause__, psycopg.errors.RaiseException):
                raise
            # Its worker was slow, not dead, and has ended it meanwhile.


@app.periodic(cron="17 * * * *")
@app.task(queue="upkeep", queueing_lock="delete-finished", pass_context=True)
async def delete_finished(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - given by Procrastinate
    """Drops jobs that ended well a day ago; failed ones stay for whoever looks into them."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS)


@app.periodic(cron="43 3 * * *")
@app.task(queue="upkeep", queueing_lock="clear-sessions")
def clear_sessions(timestamp: int) -> None:  # noqa: ARG001 - given by Procrastinate
    """Drops the sessions that have ended: they hold what people typed while signing in."""
    SessionStore.clear_expired()
