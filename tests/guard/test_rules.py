"""What is compared and counted is written in one way, and never in clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.guard.rules import comparable_email, comparable_phone, digest, window_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anne@example.org", "anne@example.org"),
        ("  Anne@Example.ORG ", "anne@example.org"),
        ("anne+1@example.org", "anne@example.org"),
        ("anne+a+b@example.org", "anne@example.org"),
        ("a@b@example.org", "a@b@example.org"),
        ("anne", ""),
        ("", ""),
    ],
)
def test_one_mailbox_compares_equal(text, expected):
    assert comparable_email(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("06.12.34.56.78", "0612345678"),
        ("+33 6 12 34 56 78", "0612345678"),
        ("0033 6 12 34 56 78", "0612345678"),
        ("+33 (0)6 12 34 56 78", "0612345678"),
        ("+262 692 12 34 56", "0692123456"),
        ("0692 12 34 56", "0692123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0032 470 12 34 56", "+32470123456"),
        ("3975", "3975"),
        ("appelez-moi", ""),
        ("+", ""),
        ("", ""),
    ],
)
def test_one_number_compares_equal(text, expected):
    assert comparable_phone(text) == expected


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_two_different_senders_have_two_digests(a, b, c, d):
    assert (digest("sender", a, b) == digest("sender", c, d)) == ((a, b) == (c, d))


def test_digest_needs_the_key(settings):
    """Without SECRET_KEY the ten billion telephone numbers cannot be tried one by one."""
    before = digest("sender", "phone", "0612345678")
    settings.SECRET_KEY = "another"
    assert digest("sender", "phone", "0612345678") != before


def test_limits_are_counted_apart():
    rows = {
        window_id("submit", "203.0.113.7", 3600),
        window_id("submit", "203.0.113.7", 86400),
        window_id("submit", "203.0.113.8", 3600),
        window_id("message", "203.0.113.7", 3600),
    }
    assert len(rows) == 4
    assert window_id("submit", "203.0.113.7", 3600) in rows
