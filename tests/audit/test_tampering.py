"""What someone who has the machine does to the log by hand is found, and what cannot be is said."""

import json

import pytest

from riverain.audit import chain, sealing, verification
from riverain.audit.chain import Stream
from riverain.audit.models import Entry
from tests.audit.log import STREAM, as_superuser, write

SWAPPED = (
    "UPDATE audit_entry SET seq = 99 WHERE seq = 1",
    "UPDATE audit_entry SET seq = 1 WHERE seq = 2",
    "UPDATE audit_entry SET seq = 2 WHERE seq = 99",
)
# Two entries change places and keep their numbers: all but the number, the link and the hash.
CONTENTS_SWAPPED = """
UPDATE audit_entry one SET payload = other.payload, at = other.at
 FROM audit_entry other WHERE (one.seq, other.seq) IN ((1, 2), (2, 1))"""


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE audit_entry SET payload = '{\"number\": 9}' WHERE seq = 2"], "2 was changed"),
        (["UPDATE audit_entry SET at = at - interval '1 day' WHERE seq = 1"], "1 was changed"),
        (["UPDATE audit_entry SET acting = 'agent:2' WHERE seq = 3"], "3 was changed"),
        (["UPDATE audit_entry SET kind = 'report.moved' WHERE seq = 3"], "3 was changed"),
        (["UPDATE audit_entry SET hash = previous_hash WHERE seq = 2"], "2 was changed"),
        (["UPDATE audit_entry SET stream_id = 8 WHERE seq = 3"], "report:8: entry 1 is missing"),
        (["DELETE FROM audit_entry WHERE seq = 2"], "entry 2 is missing"),
        (["DELETE FROM audit_entry WHERE seq = 1"], "entry 1 is missing"),
        (SWAPPED, "entry 1 does not follow the one before"),
        ([CONTENTS_SWAPPED], "entry 2 was changed"),
        (["UPDATE audit_personalvalue SET value = 'x' WHERE seq = 2"], "of entry 2 was changed"),
        (["UPDATE audit_personalvalue SET salt = '\\x00' WHERE seq = 2"], "of entry 2 was changed"),
        (["UPDATE audit_personalvalue SET name = 'x' WHERE seq = 2"], "does not speak of it"),
        (["DELETE FROM audit_personalvalue WHERE seq = 2"], "text of entry 2 is gone, not erased"),
        (
            ["DELETE FROM audit_entry WHERE seq = 3"],
            "text of entry 3 stands, but the entry is gone",
        ),
        (["DELETE FROM audit_entry"], "text of entry 1 stands, but the entry is gone"),
    ],
)
def test_change_by_hand_is_found(committed_db, seals, statements, found):
    write(3)
    as_superuser(*statements)
    assert any(found in fault for fault in verification.verify().faults)


@pytest.mark.parametrize(
    "change",
    [
        """payload = '{"number": 1.5}'""",
        """payload = '{"number": 1e400}'""",
        "payload = '[]'",
        "payload = 'null'",
        """payload = '{"personal": [1]}'""",
        "kind = 'erased'",
        "at = 'infinity'",
        "at = '4000-01-01 BC'",
    ],
)
def test_what_no_program_writes_is_a_fault_and_stops_nothing(committed_db, seals, change):
    write(3)
    write(1, Stream("service", 1))
    as_superuser(f"UPDATE audit_entry SET {change} WHERE stream_kind = 'report' AND seq = 2")
    verdict = verification.verify()
    assert "report:7: entry 2 was changed" in verdict.faults
    assert verdict.streams == 2


@pytest.mark.parametrize(
    ("those", "found"),
    [
        ("seq = 3", "report:7: sealed up to entry 3, but only 2 stand"),
        ("seq > 0", "report:7: sealed up to entry 3, but the stream is gone"),
    ],
)
def test_cut_tail_and_deleted_stream_are_found_by_the_seal(committed_db, seals, those, found):
    write(3)
    assert sealing.seal() == 1
    as_superuser(
        f"DELETE FROM audit_personalvalue WHERE {those}", f"DELETE FROM audit_entry WHERE {those}"
    )
    assert verification.verify().faults == [found]


def forged(seq: int, **changes) -> str:
    """A statement that writes an entry anew and makes its hash right, as who knows the code can:
    the chain has no secret. Without `seq` in the log yet, the entry is added."""
    last = Entry.objects.order_by("seq").last()
    told = {
        "kind": last.kind,
        "acting": last.acting,
        "payload": {"personal": last.payload["personal"]},
        "at": last.at,
        "previous": bytes(last.previous_hash if last.seq == seq else last.hash),
        **changes,
    }
    digest = chain.entry_hash(stream=STREAM, seq=seq, **told)
    payload = json.dumps(told["payload"])
    if last.seq == seq:
        return (
            f"UPDATE audit_entry SET payload = '{payload}', acting = '{told['acting']}',"
            f" hash = '\\x{digest.hex()}' WHERE seq = {seq}"
        )
    return (
        "INSERT INTO audit_entry (stream_kind, stream_id, seq, kind, acting, payload, at,"
        " previous_hash, hash) VALUES"
        f" ('{STREAM.kind}', {STREAM.id}, {seq}, '{told['kind']}', '{told['acting']}',"
        f" '{payload}', '{told['at'].isoformat()}',"
        f" '\\x{told['previous'].hex()}', '\\x{digest.hex()}')"
    )


def test_last_entry_written_anew_with_a_right_hash_is_found_by_the_seal(committed_db, seals):
    write(3)
    sealing.seal()
    as_superuser(forged(3, acting="agent:9"))
    assert verification.verify().faults == ["report:7: entry 3 is not the one that was sealed"]


def test_no_later_seal_vouches_for_what_was_written_anew(committed_db, seals):
    """Each seal looks again at the entries just before it: what it has sealed stays sealed so."""
    write(3)
    sealing.seal()
    as_superuser(forged(3, acting="agent:9"))
    write(1, Stream("report", 8))
    sealing.seal()
    assert verification.verify().faults == ["report:7: entry 3 is not the one that was sealed"]


def test_the_first_of_two_seals_of_an_entry_counts(committed_db, seals):
    """Whoever holds the key and seals a forged entry once more does not unsay the first."""
    write(3)
    sealing.seal()
    as_superuser(forged(3, acting="agent:9"))
    (path,) = seals.glob("heads-*.jsonl")
    first = json.loads(path.read_text())
    entry = Entry.objects.get(seq=3)
    again = {
        **{name: first[name] for name in ("form", "at", "through")},
        "heads": [["report", 7, 3, bytes(entry.hash).hex()]],
        "previous": sealing.digest(first),
    }
    again["signature"] = sealing.signature(again)
    path.write_text(path.read_text() + json.dumps(again) + "\n")
    assert verification.verify().faults == ["report:7: entry 3 is not the one that was sealed"]


def test_last_entry_written_anew_before_its_seal_is_found_by_the_next_step(committed_db, seals):
    """Who takes a step on a report writes after the head that the report's row holds."""
    write(3)
    head = Entry.objects.get(seq=3)
    following = forged(4, previous=bytes(head.hash), payload={})
    as_superuser(forged(3, acting="agent:9"), following)
    assert verification.verify().faults == ["report:7: entry 4 does not follow the one before"]


def test_verdict_says_what_rests_on_the_chain_alone(committed_db, seals):
    """The end of a stream that no seal vouches for can be written anew, or cut off with all that
    was said in it, and nothing shows: the verdict counts what this is true of."""
    write(3)
    assert (verification.verify().sealed_at, verification.verify().unsealed) == ("", 3)
    sealing.seal()
    write(2)
    write(1, Stream("report", 8))
    verdict = verification.verify()
    assert (verdict.unsealed, verdict.faults) == (3, [])
    assert verdict.sealed_at == next(sealing.read())["at"]
    as_superuser(
        "DELETE FROM audit_personalvalue WHERE seq > 3",
        "DELETE FROM audit_entry WHERE seq > 3",
    )
    assert (verification.verify().unsealed, verification.verify().faults) == (1, [])
