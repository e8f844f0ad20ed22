"""The log and, beside it, the personal values that its entries commit to."""

from django.db import models
from django.db.models.functions import Lower

# Tables on which the application's role may only INSERT and SELECT.
APPEND_ONLY = ("audit_entry",)

EMAIL = "contact.email"
PHONE = "contact.phone"


class Entry(models.Model):
    """One fact. Never changed, never deleted: a trigger refuses both to every role."""

    stream_kind = models.CharField(max_length=20)
    stream_id = models.BigIntegerField()
    seq = models.IntegerField()
    kind = models.CharField(max_length=60)
    acting = models.CharField(max_length=60)
    payload = models.JSONField()
    at = models.DateTimeField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream_kind", "stream_id", "seq"], name="audit_entry_stream_seq"
            ),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_entry_seq_from_one"),
        ]


class PersonalValue(models.Model):
    """A text, a contact or a picture's key, said by the entry (stream, seq).

    The only home of these values: erasing is deleting rows here (GDPR, article 17).
    """

    stream_kind = models.CharField(max_length=20)
    stream_id = models.BigIntegerField()
    seq = models.IntegerField()
    name = models.CharField(max_length=60)
    value = models.TextField()
    salt = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream_kind", "stream_id", "seq", "name"], name="audit_value_of_entry"
            ),
        ]
        indexes = [
            # Access and erasure are asked by e-mail address or by telephone.
            models.Index(
                Lower("value"),
                name="audit_value_contact",
                condition=models.Q(name__in=[EMAIL, PHONE]),
            ),
        ]
