"""Names: on disk they give nothing away, in a sentence they cannot mislead."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.files.rules import SHOWN_LENGTH, Variant, key_of, shown_name, storage_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("IMG_2041.HEIC", "IMG_2041.HEIC"),
        ("C:\\Users\\Anne\\Photos\\rue.jpg", "rue.jpg"),
        ("../../etc/passwd", "passwd"),
        ("rue\u202egpj.exe", "rue gpj.exe"),
        ("a\r\nSet-Cookie: x=1", "a Set-Cookie: x=1"),
        ("  deux   blancs.png ", "deux blancs.png"),
        ("\u200b\u2066", ""),
        ("", ""),
        ("e\u0301te\u0301.jpg", "été.jpg"),
        ("x" * 80 + ".jpeg", "x" * 51 + "…xxx.jpeg"),
    ],
)
def test_shown_name_is_plain(given_name, expected):
    assert shown_name(given_name) == expected


@given(st.text(max_size=300))
def test_shown_name_never_holds_a_path_or_an_invisible_sign(name):
    shown = shown_name(name)
    assert len(shown) <= SHOWN_LENGTH
    assert "/" not in shown
    assert "\\" not in shown
    assert all(sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in shown)


def test_key_is_read_back_from_the_names_of_its_files():
    key = "-_aZ09" * 5
    for variant in Variant:
        folder, _, name = storage_name(key, variant).partition("/")
        assert folder == "-_"
        assert key_of(name) == key_of(f".{name}.part") == key
