"""Drawing in processes of their own, which know neither Django nor the database."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from os import getpid
from typing import Final

from riverain.files.pictures import Picture, prepare
from riverain.site.demo.scenes import HEIGHT, WIDTH, draw
from riverain.site.orphans import die_with

PROCESSES: Final = 2


@dataclass(frozen=True, slots=True)
class Print:
    """A scene to draw: one of its variants, with what is wrong in it or with it put right."""

    scene: str
    variant: int
    after: bool


def prints(wanted: Sequence[Print]) -> Iterator[tuple[Print, Picture]]:
    """Each as it is kept, in the order asked. The processes end with the iterator, and with us."""
    with ProcessPoolExecutor(
        PROCESSES,
        # Not a fork: that would share our connection to the database.
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(getpid(),),
    ) as pool:
        yield from zip(wanted, pool.map(_printed, wanted, chunksize=4), strict=True)


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    die_with(parent, signal.SIGTERM)


def _printed(wanted: Print) -> Picture:
    drawn = draw(wanted.scene, wanted.variant, after=wanted.after)
    return prepare(drawn, max_pixels=WIDTH * HEIGHT)
