"""Room for all the frames of a request in one piece.

CPython keeps the frames of Python functions in pieces of 16 KB, takes a new one from the system
when a frame does not fit, and gives it back as soon as that frame ends. A loop that happens to
stand at the end of a piece does both at each call: by how many functions it stood under, the same
worklist met 0 to 620 page faults and took 8 to 12 ms of processor time. A frame that asks for much
begins a piece with as much again after it, which holds whatever a request calls: 5 faults.
"""

from collections.abc import Callable
from typing import Any, Final

# In words of 8 bytes. What is not used of the piece is never touched.
_ROOM: Final = 16_384


def with_room(call: Callable[..., Any], *args: Any) -> Any:
    """What `call(*args)` answers."""
    return call(*args)


with_room.__code__ = with_room.__code__.replace(co_stacksize=_ROOM)
