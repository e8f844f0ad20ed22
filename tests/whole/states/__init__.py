"""Every page and state of the product that a person can see, each with the way to it.

A state is told once, in `portal` or `desk`; `test_every_page` opens each on the running product on a
phone in light and at a desk in dark and asks axe of it, and fails for an address of the product that
stands in none. `python -m tests.whole.pictures` takes pictures of all.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page

from tests.harness import ROOT


@dataclass(frozen=True)
class Story:
    """A report laid in the state that it is named by (tests/portal/states.py)."""

    code: str
    number: str


@dataclass(frozen=True)
class Stage:
    """What a state is driven with: a page of a new visitor, the running product, its reports."""

    page: Page
    product: Any
    stories: dict[str, Story]

    def open(self, path: str) -> Page:
        """Goes to a path, in which `{done.code}` is the tracking code of the report "done"."""
        self.page.goto(path.format(**self.stories))
        return self.page


Drive = Callable[[Stage], object]


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a page is looked at. 320 pixels are a screen of 1280 at 400 %."""

    width: int
    dark: bool = False
    forced: bool = False
    printed: bool = False

    def __str__(self) -> str:
        words = [str(self.width), "dark" if self.dark else ""]
        words += ["forced" if self.forced else "", "print" if self.printed else ""]
        return "-".join(filter(None, words))


PHONE: Final = Look(width=390)
DESK: Final = Look(width=1280, dark=True)
# What is judged by eye, in pictures.
PICTURED: Final = (PHONE, Look(width=1280), Look(width=390, dark=True), DESK)


@dataclass(frozen=True, kw_only=True)
class State:
    """`shows` names the address of the URLconf that it is a page of, empty for what has none (a
    refusal, a mail). `who` is an account of the demo, empty for whoever is not signed in. `looks`
    replaces the phone in light and the desk in dark. `answers` is the status of its page: the way to
    a state leads nowhere when another comes. What is no page of its own (a mail stands in the
    page of a program) is asked for no landmarks. `tells` is a word of the error that its console
    may tell, empty where it must tell none."""

    name: str
    drive: Drive
    shows: str = ""
    who: str = ""
    script: bool = True
    language: str = "fr"
    looks: tuple[Look, ...] = ()
    answers: int = 200
    is_page: bool = True
    tells: str = ""


def at(path: str) -> Drive:
    """The way to a state that has an address of its own."""
    return lambda stage: stage.open(path)


def lay(environment: dict[str, str]) -> dict[str, Story]:
    """Lays the reports that states are shown by, in the product of that environment."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.whole.stories"],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return {name: Story(**one) for name, one in json.loads(run.stdout).items()}
