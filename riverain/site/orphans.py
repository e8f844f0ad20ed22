"""Children that cannot outlive the process that watches them.

A process killed with SIGKILL runs no handler, so tidying at exit is not enough. Linux sends a
signal of our choice to a child when its parent dies (`PR_SET_PDEATHSIG`); process groups then
reach the grandchildren while the parent lives. Other systems only get the second.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import partial

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with(parent: int, sign: signal.Signals) -> None:
    """Has the kernel send `sign` to this process when `parent`, which started it, dies."""
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, sign, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call above
        os._exit(1)


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` with the effect of `die_with` on the child.

    It must run after a change of user, which would clear it: subprocess does it in that order.
    The kernel means the calling thread: call from the thread that lives as long as the process.
    """
    return partial(die_with, os.getpid(), sign)
