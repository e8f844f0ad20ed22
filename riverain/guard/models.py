"""What the guard remembers, without a name, address or number in clear."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from riverain.core import clock


class Window(models.Model):
    """How much of a limit one key has spent until `ends_at`.

    The table is UNLOGGED: writing it costs no flush to disk. A crash of the server empties it,
    which forgives what was spent, and replicas do not have it.
    """

    id = models.UUIDField(primary_key=True)
    spent = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)


class BlockedSender(models.Model):
    """Someone whose sends a collectivity refuses for a time (CRPA, article L112-11: abusive by
    their number or their repeated or systematic character). Always ends."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("adresse e-mail")
        PHONE = "phone", _("numéro de téléphone")
        ADDRESS = "address", _("adresse du réseau")

    class Reason(models.TextChoices):
        FLOOD = "flood", _("envois en nombre")
        REPEATED = "repeated", _("envois répétés ou systématiques")
        INSULT = "insult", _("injures ou menaces")
        FALSE = "false", _("faux signalements")

    # No foreign key: collectivities live in a room above this one.
    collectivity_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    digest = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    # "agent:12"; the log has the rest.
    blocked_by = models.CharField(max_length=60)
    blocked_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collectivity_id", "digest"], name="guard_blocked_sender_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("blocked_at")), name="guard_blocked_ends"
            ),
        ]
