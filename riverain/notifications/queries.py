"""Reads: what became of the mails about a report."""

from riverain.notifications.models import Notice, NoticeStep, Recipient


def mails_of(report_id: int) -> dict[int, Notice]:
    """The mail that tells the reporter each entry of a report, by the entry's id."""
    steps = (
        NoticeStep.objects.filter(notice__report_id=report_id, recipient=Recipient.REPORTER)
        .select_related("notice")
        .order_by("id")
    )
    return {step.entry_id: step.notice for step in steps}
