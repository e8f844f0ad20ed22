"""Addresses that a page names by the dozen: reversed once a process, then filled in.

Django's `reverse` tries patterns and quotes what is put in them each time; a page of ten links
waits for it as long as for its database.
"""

import re
from functools import cache
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# What stands in an address as it is written: numbers of reports, codes, slugs.
_PLAIN: Final = re.compile(r"[\w-]+", re.ASCII)
# Where an argument will stand: what a pattern takes for text, and for a number.
_MARK: Final = "mark-{}-"
_NUMBER: Final = 901_090_109_010


def address(name: str, *args: str | int) -> str:
    """What `reverse` answers for a name and its arguments, in the order of the pattern. Raises
    NoReverseMatch as it does."""
    if not all(isinstance(one, int) or _PLAIN.fullmatch(one) for one in args):
        return reverse(name, args=args)
    kinds = tuple(isinstance(one, int) for one in args)
    return _pattern(name, kinds, ground()).format(*args)


def ground() -> tuple[str, str]:
    """What addresses rest on: how they begin (a collectivity may have a part of the path of its
    own), and where they are written."""
    return get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF


@cache
def _pattern(name: str, numbers: tuple[bool, ...], _ground: tuple[str, str]) -> str:
    """The address with {0}, {1}… in place of its arguments."""
    marks: list[str | int] = [
        _NUMBER + place if is_number else _MARK.format(place)
        for place, is_number in enumerate(numbers)
    ]
    found = reverse(name, args=marks)
    for place, mark in enumerate(marks):
        found = found.replace(str(mark), f"{{{place}}}")
    return found
