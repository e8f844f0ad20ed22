"""A proof of work holds for one send, in its time, and nothing else passes for one."""

import base64
import hashlib
import json
import struct
from datetime import timedelta

import altcha
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from riverain.core import clock
from riverain.guard import pow as proof


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The same puzzle with fewer counters to try."""
    monkeypatch.setattr(proof, "COUNTERS", 300)


def solved(challenge: dict) -> dict:
    """As the browser does it, from the description in the module's docstring alone."""
    parameters = challenge["parameters"]
    head = bytes.fromhex(parameters["salt"]) + bytes.fromhex(parameters["nonce"])
    for counter in range(proof.COUNTERS):
        key = hashlib.sha256(head + struct.pack(">I", counter)).hexdigest()
        if key.startswith(parameters["keyPrefix"]):
            return {
                "challenge": challenge,
                "solution": {"counter": counter, "derivedKey": key},
            }
    raise AssertionError("no counter solves the challenge")


def sent(answer: object) -> str:
    return base64.b64encode(json.dumps(answer).encode()).decode()


def test_fields_are_those_that_the_browser_reads():
    challenge = json.loads(json.dumps(proof.challenge()))
    assert set(challenge) == {"parameters", "signature"}
    parameters = challenge["parameters"]
    assert set(parameters) == {
        "algorithm",
        "cost",
        "keyLength",
        "keyPrefix",
        "nonce",
        "salt",
        "expiresAt",
    }
    assert (parameters["algorithm"], parameters["cost"], parameters["keyLength"]) == (
        "SHA-256",
        1,
        32,
    )
    assert [len(parameters[name]) for name in ("keyPrefix", "nonce", "salt")] == [32, 32, 32]
    assert len(challenge["signature"]) == 64


def test_solution_passes(db):
    assert proof.verify(sent(solved(proof.challenge())))


def test_the_librarys_own_solver_agrees(db):
    challenge = altcha.Challenge.from_dict(proof.challenge())
    solution = altcha.solve_challenge(challenge)
    assert proof.verify(altcha.Payload(challenge, solution).to_base64())


def test_solution_passes_once(db):
    answer = sent(solved(proof.challenge()))
    assert [proof.verify(answer) for _ in range(3)] == [True, False, False]


def test_spent_solution_written_another_way_is_spent(db):
    answer = solved(proof.challenge())
    assert proof.verify(sent(answer))
    answer["challenge"]["parameters"]["unknown"] = 1
    answer["solution"]["time"] = 12.5
    assert not proof.verify(base64.b64encode(json.dumps(answer, indent=3).encode()).decode())


def test_solution_ends_after_twenty_minutes(db):
    with clock.frozen(clock.now() - proof.LIFE - timedelta(seconds=2)):
        old = sent(solved(proof.challenge()))
    assert not proof.verify(old)


def test_solution_ends_by_the_one_clock_too(db):
    answer = sent(solved(proof.challenge()))
    with clock.frozen(clock.now() + proof.LIFE):
        assert not proof.verify(answer)


def test_spent_solution_stays_spent_as_long_as_it_is_good(db):
    """The memory of it must not end before the challenge does."""
    answer = sent(solved(proof.challenge()))
    assert proof.verify(answer)
    with clock.frozen(clock.now() + proof.LIFE - timedelta(seconds=2)):
        assert not proof.verify(answer)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("keyPrefix", ""),
        ("keyPrefix", "00"),
        ("expiresAt", 2**40),
        ("expiresAt", None),
        ("cost", 0),
        ("algorithm", "PBKDF2/SHA-256"),
        ("nonce", "00" * 16),
        ("salt", "00" * 16),
        ("data", {"__proto__": 1}),
    ],
)
def test_challenge_changed_by_the_sender_is_refused(db, place, value):
    answer = solved(proof.challenge())
    answer["challenge"]["parameters"][place] = value
    assert not proof.verify(sent(answer))


def test_challenge_made_by_the_sender_is_refused(db):
    made = altcha.create_challenge(
        "SHA-256", cost=1, counter=1, expires_at=clock.now() + proof.LIFE, hmac_secret="guessed"
    )
    assert not proof.verify(sent(solved(made.to_dict())))
    unsigned = made.to_dict() | {"signature": None}
    assert not proof.verify(sent(solved(unsigned)))


def test_challenge_is_signed_by_a_key_of_its_own(db, settings):
    """Not by SECRET_KEY itself, which signs sessions: an oracle for one is none for the other."""
    made = altcha.create_challenge(
        "SHA-256",
        cost=1,
        counter=1,
        expires_at=clock.now() + proof.LIFE,
        hmac_secret=settings.SECRET_KEY,
    )
    assert not proof.verify(sent(solved(made.to_dict())))


@pytest.mark.parametrize(
    "change",
    [
        {"counter": -1},
        {"counter": 2**32},
        {"counter": True},
        {"counter": "1"},
        {"counter": None},
        {"counter": 1.0},
        {"derivedKey": "00" * 32},
        {"derivedKey": ""},
        {"derivedKey": None},
        {"derivedKey": ["a"]},
    ],
)
def test_wrong_solution_is_refused(db, change):
    answer = solved(proof.challenge())
    answer["solution"] |= change
    assert not proof.verify(sent(answer))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "é",
        "e30=",
        "bnVsbA==",
        "W10=",
        "MQ==",
        sent({"challenge": "x", "solution": "y"}),
        sent({"challenge": {"parameters": []}, "solution": {}}),
        sent({"challenge": {"parameters": "x"}, "solution": {"counter": 1, "derivedKey": "x"}}),
        sent([[[[]]]]),
        base64.b64encode(b"[" * 1400).decode(),
        base64.b64encode(b"\xff\xfe").decode(),
        "A" * 3_000,
    ],
)
def test_what_is_no_answer_is_refused(db, text):
    assert not proof.verify(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "challenge",
                    "solution",
                    "parameters",
                    "signature",
                    "counter",
                    "derivedKey",
                    "salt",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@hypothesis_settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_shape_of_answer_raises(answer):
    assert proof.verify(sent(answer)) is False


@hypothesis_settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text):
    assert proof.verify(text) is False


def test_heavy_answer_is_not_even_decoded(monkeypatch):
    def decode(text):
        raise AssertionError("decoded")

    monkeypatch.setattr(altcha.Payload, "from_base64", decode)
    assert not proof.verify("A" * (proof.MOST_CHARACTERS + 1))


def test_real_answer_fits(db):
    assert len(sent(solved(proof.challenge()))) < proof.MOST_CHARACTERS / 2


def test_proof_of_work_off_lets_all_pass(settings):
    settings.PROOF_OF_WORK = False
    assert proof.verify("")


def test_solution_is_spent_though_limits_are_off(db, settings):
    settings.LIMITS = False
    answer = sent(solved(proof.challenge()))
    assert [proof.verify(answer) for _ in range(2)] == [True, False]


def test_inside_a_transaction_is_a_fault_of_ours(db):
    answer = sent(solved(proof.challenge()))
    with transaction.atomic(), pytest.raises(RuntimeError, match="before the transaction"):
        proof.verify(answer)


def test_every_counter_of_the_range_may_be_the_one(monkeypatch):
    monkeypatch.setattr(proof, "COUNTERS", 2)
    found = {solved(proof.challenge())["solution"]["counter"] for _ in range(40)}
    assert found == {0, 1}
