"""Addresses that are filled in are those that Django would reverse."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from riverain.web.ui.links import address

ADDRESSES = [
    ("desk:worklist",),
    ("desk:report", "LIL-2026-000123"),
    ("desk:report", "901090109010"),
    ("desk:step", "LIL-2026-000123", "prendre"),
    ("desk:photo", "LIL-2026-000123", 12, "thumb"),
    ("desk:areas", "lille"),
    ("plan", 14, 8301, 5512),
    ("portal:tracking", "K7QX-92MP-4TFC"),
]


@pytest.mark.parametrize("asked", ADDRESSES, ids=lambda asked: "-".join(map(str, asked)))
def test_an_address_is_the_one_that_django_reverses(asked):
    name, *args = asked
    for _ in range(2):
        assert address(name, *args) == reverse(name, args=args)


def test_under_a_collectivitys_path_addresses_begin_with_it():
    plain = address("portal:home")
    set_script_prefix("/c/lille/")
    try:
        assert address("portal:home") == reverse("portal:home") == f"/c/lille{plain}"
    finally:
        set_script_prefix("/")
    assert address("portal:home") == plain


@pytest.mark.parametrize("number", ["../../etc", "a b", "{0}", "é", ""])
def test_what_a_pattern_refuses_makes_no_address(number):
    with pytest.raises(NoReverseMatch):
        address("desk:report", number)


def test_a_name_that_is_none_and_arguments_that_do_not_fit_are_refused():
    for asked in [("desk:nowhere",), ("desk:report",), ("desk:photo", "A-1", "x", "thumb")]:
        with pytest.raises(NoReverseMatch):
            address(*asked)
