"""Hearing of events, and gathering them into notices."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from riverain.audit.models import EMAIL, Entry
from riverain.core import clock
from riverain.notifications import folder
from riverain.notifications.models import Notice, NoticeStep, Recipient, State
from riverain.notifications.rules import RECEIPTS, goes_at_once
from riverain.reports.contacts import NO_MORE_MAILS
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.reports.timeline import email_of

HEARD = frozenset(
    {
        "report.submitted",
        "report.email_left",
        "report.moved",
        "report.handed_over",
        "report.type_changed",
        "report.message",
        "erased",
    }
)


def hear(entry_id: int) -> None:
    """Takes one event: gathers it for those who are told, or voids what an erasure leaves.

    Called at least once for each event; a second call changes nothing.
    """
    entry = Entry.objects.get(pk=entry_id)
    if entry.kind == "erased":
        only_theirs = entry.payload.get("reason") == NO_MORE_MAILS
        forget(entry.stream_id, [Recipient.REPORTER] if only_theirs else list(Recipient))
        return
    if _is_told(entry) and email_of(entry.stream_id):
        _gather(entry, Recipient.REPORTER, due_at=_due(entry))
    if entry.payload.get("to") == Status.PASSED_ON:
        _gather(entry, Recipient.SERVICE, due_at=clock.now())


def _is_told(entry: Entry) -> bool:
    """A receipt goes where the entry itself said, not where a later one did: an address left
    afterwards has its own."""
    if entry.kind in RECEIPTS:
        return EMAIL in entry.payload.get("personal", ())
    return entry.payload.get("told") is True


def forget(report_id: int, recipients: Collection[Recipient]) -> None:
    """Voids the notices that wait, and takes the mails of this report out of the mail folder."""
    notices = Notice.objects.filter(report_id=report_id, recipient__in=recipients)
    notices.filter(state=State.PENDING).update(state=State.VOID)
    for key in notices.values_list("key", flat=True):
        folder.remove(key)


def _due(entry: Entry) -> datetime:
    if goes_at_once(entry.kind, entry.payload.get("to")):
        return clock.now()
    return entry.at + timedelta(seconds=settings.NOTICE_WINDOW)


def _gather(entry: Entry, recipient: Recipient, *, due_at: datetime) -> None:
    from riverain.notifications.tasks import send_notice

    with transaction.atomic():
        # The report's row orders those who gather for it.
        Report.objects.select_for_update().only("pk").get(pk=entry.stream_id)
        if NoticeStep.objects.filter(entry_id=entry.pk, recipient=recipient).exists():
            return
        receipt = entry.kind in RECEIPTS
        waiting = Notice.objects.filter(
            report_id=entry.stream_id,
            recipient=recipient,
            state=State.PENDING,
            attempts=0,
            is_receipt=False,
        )
        # One that is being sent has read its steps already: what comes now makes another.
        free = waiting.select_for_update(skip_locked=True).order_by("id")
        notice = None if receipt else free.first()
        if notice is None:
            notice = Notice.objects.create(
                report_id=entry.stream_id,
                recipient=recipient,
                key=f"{recipient}-{entry.stream_id}-{entry.pk}",
                is_receipt=receipt,
                due_at=due_at,
            )
        elif due_at < notice.due_at:
            notice.due_at = due_at
            notice.save(update_fields=["due_at"])
        NoticeStep.objects.create(notice=notice, recipient=recipient, entry_id=entry.pk)
        send_notice.configure(schedule_at=notice.due_at).defer(notice_id=notice.pk)
