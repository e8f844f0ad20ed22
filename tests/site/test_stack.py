"""However deep a loop stands in a request, the system gives it no memory call after call."""

import resource

import pytest

from riverain.site.stack import with_room

CALLS, DEPTHS = 500, range(300)


def little():
    """Its frame is larger than that of `under`: at some depth it does not fit any more."""
    one = two = three = four = five = 0
    return one + two + three + four + five


def loop():
    for _ in range(CALLS):
        little()


def under(functions):
    if functions:
        under(functions - 1)
    else:
        loop()


def faults(functions):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    with_room(under, functions)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_depth_has_the_system_give_memory_at_each_call():
    with_room(under, max(DEPTHS))
    assert max(map(faults, DEPTHS)) < CALLS / 2


def test_what_is_called_answers_and_raises_as_ever():
    assert with_room(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        with_room(divmod, 7, 0)
