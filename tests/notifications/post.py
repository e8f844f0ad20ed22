"""What the worker does with the mails of a report, called by hand."""

from riverain.audit.models import Entry
from riverain.notifications import actions, sending
from riverain.notifications.models import Notice, State


def hear(made) -> None:
    """What the worker does with the jobs of a report: every entry to the subscriber."""
    for entry in Entry.objects.filter(stream_kind="report", stream_id=made.pk).order_by("seq"):
        if entry.kind in actions.HEARD:
            actions.hear(entry.pk)


def send_due() -> None:
    for notice in Notice.objects.filter(state=State.PENDING).order_by("id"):
        sending.send(notice.pk)


def body(message, kind="plain") -> str:
    return message.get_body((kind,)).get_content()
