"""Reads: what became of the mails about a report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from riverain.notifications.models import Recipient, State

_MAILS: Final = """
SELECT step.entry_id, notice.state, notice.due_at, notice.attempts, notice.sent_at
 FROM notifications_notice notice JOIN notifications_noticestep step ON step.notice_id = notice.id
 WHERE notice.report_id = %s AND step.recipient = %s"""


@dataclass(frozen=True, slots=True)
class Mail:
    """What became of one mail."""

    state: State
    due_at: datetime
    attempts: int
    sent_at: datetime | None


def mails_of(report_id: int) -> dict[int, Mail]:
    """The mail that tells the reporter each entry of a report, by the entry's id."""
    with connection.cursor() as cursor:
        cursor.execute(_MAILS, [report_id, Recipient.REPORTER])
        rows = cursor.fetchall()
    return {entry: Mail(State(state), *rest) for entry, state, *rest in rows}
