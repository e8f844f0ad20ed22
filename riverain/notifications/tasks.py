"""Sends what is due."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from riverain.core import clock
from riverain.notifications.models import Notice, State
from riverain.notifications.sending import send

logger = logging.getLogger(__name__)

_BATCH = 500
# For a database that went away in between. What a mail server refuses is counted on the notice.
_RETRY = RetryStrategy(max_attempts=5, wait=20)


@app.task(queue="mail", retry=_RETRY)
def send_notice(*, notice_id: int) -> None:
    """One mail, when its notice is due."""
    send(notice_id)


@app.periodic(cron="* * * * *")
@app.task(queue="mail", queueing_lock="send-due", pass_context=False)
def send_due(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks the time
    """Every minute, what is due and whose own job was lost: no mail waits for ever, nor behind
    one that cannot be made."""
    due = Notice.objects.filter(state=State.PENDING, due_at__lte=clock.now()).order_by("due_at")
    for notice_id in due.values_list("pk", flat=True)[:_BATCH]:
        try:
            send(notice_id)
        except Exception:
            logger.exception("notice %s could not be sent", notice_id)
