"""The log proves itself, and an erased value is no fault."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from riverain.audit import chain, sealing, verification
from riverain.audit.actions import erase, record
from riverain.audit.chain import Stream
from riverain.audit.models import Entry, PersonalValue
from tests.audit.log import STREAM, write


def test_intact_log_is_proved(db, seals):
    write(5)
    verdict = verification.verify()
    assert (verdict.entries, verdict.streams, verdict.values, verdict.faults) == (5, 1, 5, [])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_streams_are_proved_wherever_a_page_of_the_log_ends(db, seals, monkeypatch, size):
    monkeypatch.setattr(verification, "_BATCH", size)
    for number, count in enumerate((3, 1, 4, 2)):
        write(count, Stream("report", number))
    verdict = verification.verify()
    assert (verdict.entries, verdict.streams, verdict.values, verdict.faults) == (10, 4, 10, [])
    PersonalValue.objects.filter(stream_id=2, seq=3).delete()
    assert verification.verify().faults == ["report:2: text of entry 3 is gone, not erased"]


def test_as_many_queries_whatever_the_number_of_streams(db, seals, django_assert_num_queries):
    for number in range(12):
        write(1, Stream("report", number))
    with django_assert_num_queries(2):
        verification.verify()


def test_entries_of_a_stream_are_numbered_and_linked(db):
    write(2)
    first, second = Entry.objects.order_by("seq")
    assert (first.seq, second.seq) == (1, 2)
    assert bytes(first.previous_hash) == chain.GENESIS
    assert bytes(second.previous_hash) == bytes(first.hash)


def test_payload_holds_no_personal_value(db):
    write(1)
    assert "Bonjour" not in str(Entry.objects.get().payload)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET kind = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
def test_application_role_cannot_change_the_log(db, statement):
    write(1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET kind = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_owner_is_refused_by_the_trigger(committed_db, statement):
    write(1)
    owner = settings.OWNER_DATABASE
    with (
        psycopg.connect(
            host=owner["HOST"],
            port=owner["PORT"] or None,
            user=owner["USER"],
            password=owner["PASSWORD"],
            dbname=owner["NAME"],
        ) as session,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
    ):
        session.execute(statement)


def test_seals_chain_and_carry_a_signature(db, seals):
    write(2)
    sealing.seal()
    assert sealing.seal() == 0
    write(1, Stream("report", 8))
    assert sealing.seal() >= 1
    assert verification.verify().faults == []
    path = next(seals.glob("heads-*.jsonl"))
    lines = path.read_text().splitlines()
    path.write_text(lines[0].replace('"through":', '"through":1') + "\n" + lines[1] + "\n")
    faults = verification.verify().faults
    assert "seal 1: the signature is wrong" in faults
    assert "seal 2: a seal before it is missing" in faults


def test_a_seal_says_what_moved_and_nothing_else(db, seals):
    for number in (8, 9):
        write(1, Stream("report", number))
    sealing.seal()
    write(2, Stream("report", 9))
    assert sealing.seal() == 1
    said = [[head[:3] for head in body["heads"]] for body in sealing.read()]
    assert said == [[["report", 8, 1], ["report", 9, 1]], [["report", 9, 3]]]


def test_what_is_committed_after_what_came_later_is_sealed_too(committed_db, seals):
    """Entries are numbered when they are written and seen when they are committed: a slow
    transaction brings a smaller number after the seal of a larger one. What it erased stands in
    the ledger then, even where nothing else happens that night."""
    write(1)
    written, sealed = Event(), Event()

    def slowly():
        with transaction.atomic():
            erase(stream=STREAM, acting="system", reason="asked")
            written.set()
            assert sealed.wait(20)
        connection.close()

    with ThreadPoolExecutor(1) as other:
        late = other.submit(slowly)
        assert written.wait(20)
        write(1, Stream("report", 8))
        sealing.seal()
        sealed.set()
        late.result()
    assert sealing.seal() == 1
    assert sealing.seal() == 0
    assert verification.verify().unsealed == 0
    (erased,) = (seals / "erasures.jsonl").read_text().splitlines()
    assert json.loads(erased)["stream"] == [STREAM.kind, STREAM.id]


def test_a_log_restored_from_an_older_day_is_sealed_on(db, seals):
    """Its numbers begin again below those of the last seal."""
    write(3)
    sealing.seal()
    (path,) = seals.glob("heads-*.jsonl")
    last = json.loads(path.read_text())
    last["through"] += 10_000
    last["signature"] = sealing.signature(last)
    path.write_text(json.dumps(last) + "\n")
    write(1, Stream("report", 8))
    sealing.seal()
    write(1, Stream("report", 9))
    sealing.seal()
    assert verification.verify().unsealed == 0


def test_missing_seal_is_found(db, seals):
    write(2)
    sealing.seal()
    write(1)
    sealing.seal()
    path = next(seals.glob("heads-*.jsonl"))
    path.write_text(path.read_text().splitlines()[1] + "\n")
    assert "seal 1: a seal before it is missing" in verification.verify().faults


@pytest.mark.parametrize("written", [0, 1, 40])
def test_seal_cut_short_by_a_crash_never_counted_and_is_written_again(db, seals, written):
    write(1)
    sealing.seal()
    write(1)
    erase(stream=STREAM, acting="system", reason="asked")
    sealing.seal()
    for path in seals.iterdir():
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(lines[:-1]) + lines[-1][:written])
    assert verification.verify().faults == []
    assert sealing.seal() == 1
    verdict = verification.verify()
    assert (verdict.seals, verdict.faults) == (2, [])
    assert len((seals / "erasures.jsonl").read_text().splitlines()) == 1


@pytest.mark.row("L-02")
def test_erasing_leaves_nothing_and_the_chain_still_verifies(db, seals):
    write(3)
    erase(stream=STREAM, acting="agent:1", reason="asked")
    assert not PersonalValue.objects.exists()
    sealing.seal()
    assert verification.verify().faults == []
    ledger = (seals / "erasures.jsonl").read_text()
    assert '"stream":["report",7]' in ledger
    assert "Bonjour" not in ledger


def test_erasing_some_names_keeps_the_others(db):
    with transaction.atomic():
        record(stream=STREAM, kind="x", acting="system", payload={}, personal={"a": "1", "b": "2"})
    erase(stream=STREAM, acting="system", reason="retention", names=["a"])
    assert list(PersonalValue.objects.values_list("name", "value")) == [("b", "2")]
    assert verification.verify().faults == []


def test_recording_outside_a_transaction_is_refused(committed_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(stream=STREAM, kind="x", acting="system", payload={})


def test_two_writers_of_one_stream_wait_for_each_other(committed_db):
    from threading import Thread

    from django.db import connections

    def writer():
        write(10)
        connections.close_all()

    threads = [Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 41))
    assert verification.verify().faults == []


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(
                st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=5
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    payload=st.dictionaries(
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8),
        json_values,
        max_size=4,
    )
)
def test_any_payload_comes_back_to_the_letter(django_db_setup, django_db_blocker, payload):
    payload.pop("personal", None)
    with django_db_blocker.unblock(), transaction.atomic():
        record(stream=STREAM, kind="x", acting="system", payload=payload)
        assert verification.verify().faults == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("value", [1.5, {1: "x"}, {"at": object()}])
def test_payload_that_would_not_come_back_is_refused(value):
    with pytest.raises(TypeError):
        chain.entry_hash(
            stream=STREAM,
            seq=1,
            kind="x",
            acting="y",
            payload={"v": value},
            at=datetime(2026, 1, 1, tzinfo=UTC),
            previous=chain.GENESIS,
        )


def test_salted_commitment_hides_a_short_value():
    assert chain.commitment(b"a" * 16, "06") != chain.commitment(b"b" * 16, "06")
