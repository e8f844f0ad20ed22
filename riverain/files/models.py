"""One row for each picture that we hold."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from riverain.core import clock, identifiers


class State(models.TextChoices):
    """Pending: received, not yet part of anything, seen by its sender alone. Kept: part of a
    report. Removed: its content is being erased, nobody sees it."""

    PENDING = "pending", _("en attente")
    KEPT = "kept", _("conservée")
    REMOVED = "removed", _("effacée")


class StoredFile(models.Model):
    """A picture as we re-encoded it. `key` names its files, and nothing leads from `id` to it.

    Whoever points here drops the pointer in the transaction that calls `actions.remove`, or uses
    on_delete=CASCADE: a removed row is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(
        max_length=40, unique=True, default=identifiers.random_key, editable=False
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    # Who sent it: "agent:12", "reporter", "system:import". Never a name.
    stored_by = models.CharField(max_length=60)
    media_type = models.CharField(max_length=40)
    # Of the full variant, upright, in pixels.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Of the full variant's re-encoded content.
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="files_stored_state"
            ),
        ]
        indexes = [
            # What the sweep looks for: few rows among all that are kept.
            models.Index(
                fields=["state", "created_at"],
                name="files_stored_unkept",
                condition=~models.Q(state=State.KEPT),
            ),
        ]
