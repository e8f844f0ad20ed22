"""What is to be told, to whom, and whether it went. No address and no text is kept here: both are
read from the log when the mail is made, so that an erased reporter is in no queue."""

from django.db import models

from riverain.reports.models import Report


class Recipient(models.TextChoices):
    REPORTER = "reporter"
    SERVICE = "service"


class State(models.TextChoices):
    PENDING = "pending"
    SENT = "sent"
    VOID = "void"  # no address any more
    FAILED = "failed"


class Notice(models.Model):
    """One mail to be. It gathers steps until `due_at`; `key` is fixed by its first step and its
    recipient, and makes the Message-ID: a mail sent again is the same mail."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notices")
    recipient = models.CharField(max_length=8, choices=Recipient.choices)
    key = models.CharField(max_length=60, unique=True)
    # The acknowledgement stands alone: what follows it is another mail, however late it goes.
    is_receipt = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    # The kind of the last failure, never the server's words: they may name the address.
    failure = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="pending"),
                name="notifications_notice_due",
            ),
        ]


class NoticeStep(models.Model):
    """A step told by a notice. Unique by recipient: an event delivered twice is told once."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="steps")
    recipient = models.CharField(max_length=8, choices=Recipient.choices)
    entry_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry_id", "recipient"], name="notifications_step_told_once"
            ),
        ]
