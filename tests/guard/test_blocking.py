"""A sender is blocked by a person, for a reason, for a time, in one collectivity."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from riverain.audit.models import Entry, PersonalValue
from riverain.core import clock
from riverain.core.refusals import Invalid, NotFound
from riverain.guard import tasks
from riverain.guard.blocking import LONGEST, block, is_blocked, purge, unblock
from riverain.guard.models import BlockedSender

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KIND, REASON = BlockedSender.Kind, BlockedSender.Reason
LILLE, HELLEMMES = 1, 2

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.row("L-03")]


@pytest.fixture(autouse=True)
def _frozen():
    with clock.frozen(NOW):
        yield


def blocked(
    kind: BlockedSender.Kind = KIND.EMAIL, value: str = "anne@example.org", **changes
) -> BlockedSender:
    given = {
        "acting": "agent:12",
        "collectivity_id": LILLE,
        "reason": REASON.FLOOD,
        "until": NOW + timedelta(days=30),
    }
    return block(kind=kind, value=value, **(given | changes))


@pytest.mark.parametrize(
    ("kind", "value", "sender"),
    [
        (KIND.EMAIL, "Anne@Example.org", {"email": "anne@example.org"}),
        (KIND.EMAIL, "anne@example.org", {"email": "anne+2@example.org"}),
        (KIND.PHONE, "06 12 34 56 78", {"phone": "+33612345678"}),
        (KIND.ADDRESS, "203.0.113.7", {"address": "203.0.113.7"}),
        (KIND.ADDRESS, "2001:db8:1:2::9", {"address": "2001:db8:1:2::/64"}),
    ],
)
def test_blocked_sender_is_known_again(kind, value, sender):
    assert not is_blocked(collectivity_id=LILLE, **sender)
    blocked(kind, value)
    assert is_blocked(collectivity_id=LILLE, **sender)


def test_any_one_of_what_is_known_is_enough():
    blocked(KIND.PHONE, "0612345678")
    assert is_blocked(
        collectivity_id=LILLE,
        email="other@example.org",
        phone="06.12.34.56.78",
        address="198.51.100.1",
    )


def test_others_are_not_blocked():
    blocked(KIND.EMAIL, "anne@example.org")
    assert not is_blocked(
        collectivity_id=LILLE,
        email="anna@example.org",
        phone="0612345678",
        address="203.0.113.7",
    )


def test_other_collectivity_still_receives():
    blocked()
    assert not is_blocked(collectivity_id=HELLEMMES, email="anne@example.org")


def test_nothing_known_is_nobody_blocked():
    blocked()
    assert not is_blocked(collectivity_id=LILLE)


def test_question_takes_one_statement():
    with CaptureQueriesContext(connection) as asked:
        is_blocked(collectivity_id=LILLE, email="a@b.fr", phone="0612345678", address="203.0.113.7")
    assert len(asked) == 1


def test_block_ends_by_itself():
    blocked(until=NOW + timedelta(days=1))
    with clock.frozen(NOW + timedelta(days=1, microseconds=-1)):
        assert is_blocked(collectivity_id=LILLE, email="anne@example.org")
    with clock.frozen(NOW + timedelta(days=1)):
        assert not is_blocked(collectivity_id=LILLE, email="anne@example.org")


def test_nothing_is_kept_of_a_block_that_ended():
    blocked(until=NOW + timedelta(days=1))
    lasting = blocked(KIND.PHONE, "0612345678")
    with clock.frozen(NOW + timedelta(days=2)):
        tasks.purge(timestamp=0)
    assert list(BlockedSender.objects.all()) == [lasting]
    assert purge() == 0


def test_blocking_again_changes_the_block():
    first = blocked()
    again = blocked(
        value=" ANNE@example.org",
        reason=REASON.INSULT,
        acting="agent:7",
        until=NOW + timedelta(days=90),
    )
    assert again.pk == first.pk
    row = BlockedSender.objects.get()
    assert (row.reason, row.blocked_by, row.until) == (
        "insult",
        "agent:7",
        NOW + timedelta(days=90),
    )


def test_unblocked_sender_may_send_again():
    sender = blocked()
    unblock(acting="agent:12", collectivity_id=LILLE, sender_id=sender.pk)
    assert not is_blocked(collectivity_id=LILLE, email="anne@example.org")
    with pytest.raises(NotFound):
        unblock(acting="agent:12", collectivity_id=LILLE, sender_id=sender.pk)


def test_agent_of_another_collectivity_cannot_unblock():
    sender = blocked()
    with pytest.raises(NotFound):
        unblock(acting="agent:99", collectivity_id=HELLEMMES, sender_id=sender.pk)
    assert is_blocked(collectivity_id=LILLE, email="anne@example.org")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (KIND.EMAIL, "anne"),
        (KIND.EMAIL, ""),
        (KIND.PHONE, "appelez-moi"),
        (KIND.ADDRESS, "lille.fr"),
        (KIND.ADDRESS, ""),
    ],
)
def test_what_names_no_sender_is_refused(kind, value):
    with pytest.raises(Invalid) as caught:
        blocked(kind, value)
    assert caught.value.field == "value"
    assert not BlockedSender.objects.exists()


@pytest.mark.parametrize(
    "until", [NOW, NOW - timedelta(days=1), NOW + LONGEST + timedelta(seconds=1)]
)
def test_block_ends_in_the_year_to_come(until):
    with pytest.raises(Invalid) as caught:
        blocked(until=until)
    assert caught.value.field == "until"
    assert blocked(until=NOW + LONGEST)


def test_log_says_who_blocked_and_why_but_not_whom():
    sender = blocked()
    blocked(reason=REASON.FALSE)
    unblock(acting="agent:7", collectivity_id=LILLE, sender_id=sender.pk)
    entries = list(Entry.objects.filter(stream_kind="blocked-sender").order_by("seq"))
    assert [(entry.kind, entry.acting) for entry in entries] == [
        ("sender.blocked", "agent:12"),
        ("sender.block_changed", "agent:12"),
        ("sender.unblocked", "agent:7"),
    ]
    assert entries[0].payload == {
        "collectivity": LILLE,
        "kind": "email",
        "reason": "flood",
        "until": "2026-12-22T10:00:00+00:00",
    }
    assert not PersonalValue.objects.exists()


def test_table_holds_no_address_in_clear():
    blocked()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(b::text, ' ') FROM guard_blockedsender AS b")
        text = cursor.fetchone()[0]
    assert "anne" not in text
    assert b"anne".hex() not in text


def test_database_refuses_a_block_without_an_end():
    from django.db import IntegrityError, transaction

    sender = blocked()
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockedSender.objects.filter(pk=sender.pk).update(until=NOW - timedelta(days=1))
