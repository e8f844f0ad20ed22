"""Senders whose reports a collectivity refuses for a time."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.core import clock
from riverain.core.refusals import Invalid, NotFound
from riverain.guard import client
from riverain.guard.models import BlockedSender
from riverain.guard.rules import comparable_email, comparable_phone, digest

# A measure against a person is for a time; the town renews it if it must.
LONGEST = timedelta(days=365)

STREAM = "blocked-sender"

# Asked for each report that comes in.
_IS_BLOCKED = """
SELECT EXISTS (
    SELECT FROM guard_blockedsender
    WHERE collectivity_id = %s AND digest = ANY (%s::bytea[]) AND until > %s
)
"""


def block(
    *,
    acting: str,
    collectivity_id: int,
    kind: BlockedSender.Kind,
    value: str,
    reason: BlockedSender.Reason,
    until: datetime,
) -> BlockedSender:
    """Refuses what a sender sends to a collectivity until `until`. Blocking again changes the
    reason and the end. The log says who did it, why and until when, never whom.

    `value` is an e-mail address, a telephone number or a client's address. Raises Invalid when it
    cannot be one, or when `until` is past or more than a year away.
    """
    known = _digest(kind, value)
    if known is None:
        raise Invalid(
            _("Donnez l’adresse e-mail, le numéro de téléphone ou l’adresse du réseau à bloquer."),
            field="value",
        )
    now = clock.now()
    if not now < until <= now + LONGEST:
        raise Invalid(_("Choisissez une fin à venir, dans un an au plus tard."), field="until")
    with transaction.atomic():
        sender, created = BlockedSender.objects.update_or_create(
            collectivity_id=collectivity_id,
            digest=known,
            defaults={
                "kind": kind,
                "reason": reason,
                "blocked_by": acting,
                "blocked_at": now,
                "until": until,
            },
        )
        record(
            stream=Stream(STREAM, sender.pk),
            kind="sender.blocked" if created else "sender.block_changed",
            acting=acting,
            payload={
                "collectivity": collectivity_id,
                "kind": kind,
                "reason": reason,
                "until": until.isoformat(),
            },
        )
    return sender


def unblock(*, acting: str, collectivity_id: int, sender_id: int) -> None:
    """Lets a sender send again. Raises NotFound when this collectivity blocks no such sender."""
    with transaction.atomic():
        deleted, _rows = BlockedSender.objects.filter(
            pk=sender_id, collectivity_id=collectivity_id
        ).delete()
        if not deleted:
            raise NotFound(_("Cet expéditeur n’est pas, ou plus, bloqué."))
        record(
            stream=Stream(STREAM, sender_id),
            kind="sender.unblocked",
            acting=acting,
            payload={"collectivity": collectivity_id},
        )


def is_blocked(
    *, collectivity_id: int, email: str = "", phone: str = "", address: str = ""
) -> bool:
    """Whether the collectivity refuses this sender by any of what we know of them, in one query."""
    known = [
        _digest(kind, value)
        for kind, value in (
            (BlockedSender.Kind.EMAIL, email),
            (BlockedSender.Kind.PHONE, phone),
            (BlockedSender.Kind.ADDRESS, address),
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _IS_BLOCKED, [collectivity_id, [value for value in known if value], clock.now()]
        )
        (blocked,) = cursor.fetchone()
    return bool(blocked)


def purge() -> int:
    """Deletes the blocks that have ended: nothing is kept of someone who may send again."""
    deleted, _rows = BlockedSender.objects.filter(until__lte=clock.now()).delete()
    return deleted


def _digest(kind: BlockedSender.Kind, value: str) -> bytes | None:
    """An address holds an at sign, a number only digits, a network dots or colons: one cannot be
    taken for another."""
    match kind:
        case BlockedSender.Kind.EMAIL:
            plain = comparable_email(value)
        case BlockedSender.Kind.PHONE:
            plain = comparable_phone(value)
        case BlockedSender.Kind.ADDRESS:
            plain = client.canonical(value) or ""
    return digest("sender", plain) if plain else None
