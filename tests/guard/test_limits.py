"""Limits hold for all processes together, and say when to come back."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from riverain.core import clock
from riverain.core.refusals import TooMany
from riverain.guard import limits, tasks
from riverain.guard.limits import once, spend, spend_all
from riverain.guard.models import Window

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def passes(key: str = "203.0.113.7", *, limit: int = 3, per_seconds: int = 60) -> bool:
    try:
        spend("test", key, limit=limit, per_seconds=per_seconds)
    except TooMany:
        return False
    return True


def test_so_many_pass_and_no_more(db):
    with clock.frozen(NOW):
        assert [passes() for _ in range(5)] == [True, True, True, False, False]


def test_window_ends_and_begins_anew(db):
    with clock.frozen(NOW):
        assert [passes() for _ in range(4)] == [True, True, True, False]
    with clock.frozen(after(59.999)):
        assert not passes()
    with clock.frozen(after(60)):
        assert [passes() for _ in range(4)] == [True, True, True, False]


def test_refused_tries_do_not_lengthen_the_window(db):
    with clock.frozen(NOW):
        assert [passes() for _ in range(3)] == [True, True, True]
    for second in range(1, 60, 10):
        with clock.frozen(after(second)):
            assert not passes()
    with clock.frozen(after(60)):
        assert passes()


def test_refusal_says_how_long_to_wait(db):
    with clock.frozen(NOW):
        spend("test", "a", limit=1, per_seconds=60)
    with clock.frozen(after(12.5)), pytest.raises(TooMany) as caught:
        spend("test", "a", limit=1, per_seconds=60)
    assert caught.value.retry_after == 48
    assert caught.value.status == 429
    assert str(caught.value) == (
        "Trop de demandes en peu de temps\u00a0: réessayez dans 48 secondes."
    )


@pytest.mark.parametrize(
    ("per_seconds", "wait"),
    [
        (1, "1 seconde"),
        (59, "59 secondes"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3_541, "1 heure"),
        (3_600, "1 heure"),
        (3_601, "2 heures"),
        (86_400, "24 heures"),
    ],
)
def test_wait_is_said_for_people(db, per_seconds, wait):
    with clock.frozen(NOW):
        spend("test", "a", limit=1, per_seconds=per_seconds)
        with pytest.raises(TooMany, match=rf"dans {wait}\."):
            spend("test", "a", limit=1, per_seconds=per_seconds)


def test_keys_names_and_lengths_are_counted_apart(db):
    with clock.frozen(NOW):
        spend("test", "a", limit=1, per_seconds=60)
        spend("test", "b", limit=1, per_seconds=60)
        spend("other", "a", limit=1, per_seconds=60)
        spend("test", "a", limit=1, per_seconds=3600)
        assert Window.objects.count() == 4


def test_cost_counts_several_tries(db):
    with clock.frozen(NOW):
        spend("test", "a", limit=10, per_seconds=60, cost=7)
        with pytest.raises(TooMany):
            spend("test", "a", limit=10, per_seconds=60, cost=4)
        spend("test", "a", limit=10, per_seconds=60, cost=3)


def test_no_cost_asks_without_spending(db):
    with clock.frozen(NOW):
        for _ in range(5):
            spend("test", "a", limit=1, per_seconds=60, cost=0)
        spend("test", "a", limit=2, per_seconds=60, cost=2)
        with pytest.raises(TooMany) as caught:
            spend("test", "a", limit=1, per_seconds=60, cost=0)
        spend("test", "a", limit=2, per_seconds=60, cost=0)
    assert caught.value.retry_after == 60


def test_several_limits_take_one_statement(db):
    with clock.frozen(NOW), CaptureQueriesContext(connection) as asked:
        spend_all([("minute", "a", 5, 60), ("day", "a", 50, 86_400), ("town", "1", 900, 60)])
    assert len(asked) == 1


def test_no_limit_asks_nothing(db):
    with CaptureQueriesContext(connection) as asked:
        spend_all([])
    assert len(asked) == 0


def test_longest_wait_of_the_passed_limits_is_said(db):
    both = [("minute", "a", 1, 60), ("hour", "a", 1, 3_600), ("day", "a", 9, 86_400)]
    with clock.frozen(NOW):
        spend_all(both)
        with pytest.raises(TooMany) as caught:
            spend_all(both)
    assert caught.value.retry_after == 3_600


def test_who_is_refused_uses_up_no_other_limit(db):
    """Otherwise one client, refused all along, closes the door to a whole town."""
    with clock.frozen(NOW):
        for _ in range(20):
            try:
                spend_all([("client", "a", 2, 60), ("town", "lille", 5, 60)])
            except TooMany:
                continue
        for other in ("b", "c", "d"):
            spend_all([("client", other, 2, 60), ("town", "lille", 5, 60)])
        with pytest.raises(TooMany):
            spend_all([("client", "e", 2, 60), ("town", "lille", 5, 60)])


def test_limits_off_counts_nothing(db, settings):
    settings.LIMITS = False
    with CaptureQueriesContext(connection) as asked:
        for _ in range(10):
            spend("test", "a", limit=1, per_seconds=60)
    assert len(asked) == 0


def test_inside_a_transaction_is_a_fault_of_ours(db):
    """The roll-back of a failed try would give it back."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="before the transaction"):
        spend("test", "a", limit=1, per_seconds=60)


def test_try_counts_though_what_follows_rolls_back(committed_db):
    with clock.frozen(NOW):
        for _ in range(3):
            assert passes()
            with transaction.atomic():
                transaction.set_rollback(True)
        assert not passes()


def test_address_is_nowhere_in_the_table(db):
    with clock.frozen(NOW):
        spend("test", "203.0.113.7", limit=1, per_seconds=60)
    row = Window.objects.values().get()
    assert "203.0.113.7" not in str(row)
    assert b"203.0.113.7".hex() not in row["id"].hex


def test_table_is_not_written_to_the_log_of_the_server(db):
    """Counting costs no flush to disk; in exchange a crash forgives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'guard_window'")
        assert cursor.fetchone() == ("u",)


def test_first_time_is_told_once(db, settings):
    settings.LIMITS = False
    with clock.frozen(NOW):
        assert [once("proof", "x", per_seconds=60) for _ in range(3)] == [True, False, False]
        assert once("proof", "y", per_seconds=60)
    with clock.frozen(after(60)):
        assert once("proof", "x", per_seconds=60)


def test_ended_windows_are_forgotten(db, monkeypatch):
    monkeypatch.setattr(limits, "BATCH", 2)
    with clock.frozen(NOW):
        for key in "abcde":
            spend("test", key, limit=1, per_seconds=60)
        spend("test", "long", limit=1, per_seconds=3_600)
    with clock.frozen(after(60)):
        assert limits.purge() == 5
        assert Window.objects.count() == 1
        assert limits.purge() == 0


def test_periodic_task_forgets(db):
    with clock.frozen(NOW):
        spend("test", "a", limit=1, per_seconds=60)
    with clock.frozen(after(61)):
        tasks.purge(timestamp=0)
    assert not Window.objects.exists()


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    limit=st.integers(1, 5),
    steps=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 3)), max_size=30),
)
def test_no_window_ever_holds_more_than_its_limit(db, limit, steps):
    """Against a plain account of what passed: (seconds since the last try, its cost)."""
    Window.objects.all().delete()
    instant, begun, spent = NOW, None, 0
    for gap, cost in steps:
        instant += timedelta(seconds=gap)
        if begun is None or instant >= begun + timedelta(seconds=60):
            begun, spent = instant, 0
        allowed = spent + cost <= limit
        with clock.frozen(instant):
            if allowed:
                spend("test", "a", limit=limit, per_seconds=60, cost=cost)
                spent += cost
            else:
                with pytest.raises(TooMany) as caught:
                    spend("test", "a", limit=limit, per_seconds=60, cost=cost)
                left = begun + timedelta(seconds=60) - instant
                assert caught.value.retry_after == left.total_seconds()


def together(work, count: int = 8) -> None:
    """Runs `work(number)` in `count` threads that start at one instant, each on a connection."""
    start = threading.Barrier(count)
    faults: list[BaseException] = []

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as fault:  # noqa: BLE001 - shown by the test's own thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_eight_clients_at_once_never_pass_a_limit(committed_db):
    passed: list[int] = []

    def work(number: int) -> None:
        passed.extend(number for _ in range(25) if passes("shared", limit=40, per_seconds=600))

    together(work)
    assert len(passed) == 40


def test_eight_clients_with_crossed_limits_neither_pass_them_nor_wait_crosswise(committed_db):
    """Each takes the same rows in another order: a deadlock would raise."""
    passed: list[int] = []
    pairs = [("one", "x", 60, 600), ("two", "x", 50, 600), ("three", "x", 500, 600)]

    def work(number: int) -> None:
        order = pairs[number % 3 :] + pairs[: number % 3]
        for _ in range(15):
            try:
                spend_all(order)
            except TooMany:
                continue
            passed.append(number)

    together(work)
    assert len(passed) <= 50
    assert len(passed) >= 50 - 8  # a try in flight may hold a place that it gives back


def test_a_proof_is_spent_once_among_eight(committed_db):
    first: list[bool] = []
    together(lambda number: first.append(once("proof", "same", per_seconds=600)))
    assert sorted(first) == [False] * 7 + [True]
