"""Which addresses an account may have: one plain one, that looks like no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.accounts.rules import normal_email
from riverain.core.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ana@demo.example", "ana@demo.example"),
        (" Ana.Silva+lille@Demo.Example\n", "ana.silva+lille@demo.example"),
        ("o'brien_2@sub.demo.example", "o'brien_2@sub.demo.example"),
    ],
)
def test_a_plain_address_is_trimmed_and_lowered(typed, stored):
    assert normal_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@",
        "@demo.example",
        # Look-alikes: Cyrillic a, full width, the Kelvin sign (whose lower case is a plain k),
        # a soft hyphen that does not show.
        "\u0430na@demo.example",
        "\uff41na@demo.example",
        "ana@\u212aeyes.example",
        "ana@d\u0435mo.example",
        "a\u00adna@demo.example",
        # Two addresses, in the ways that readers of mail headers split them.
        "ana@demo.example,bob@demo.example",
        "ana@demo.example;bob@demo.example",
        "ana@demo.example bob@demo.example",
        '"ana@demo.example, b"@demo.example',
        "Ana <ana@demo.example>",
        "ana@demo.example@demo.example",
        # Headers.
        "ana@demo.example\nBcc: bob@demo.example",
        "ana@demo.example\r\nBcc: bob@demo.example",
        "ana\n@demo.example",
        "ana@demo.example\x00",
        f"{'a' * 64}@{'d' * 63}.{'d' * 63}.{'d' * 63}.example",
    ],
)
def test_whatever_is_not_one_plain_address_is_refused(typed):
    with pytest.raises(Invalid) as refusal:
        normal_email(typed)
    assert refusal.value.field == "email"


@given(st.one_of(st.text(), st.emails()))
def test_what_passes_is_plain_stable_and_has_one_at_sign(typed):
    try:
        stored = normal_email(typed)
    except Invalid:
        return
    assert stored.isascii()
    assert stored == stored.lower() == normal_email(stored)
    assert stored.count("@") == 1
    assert not set(stored) & set(' ,;<>"\r\n\t\0')
