"""`python -m riverain.site.setup COMMAND [arguments]`: set up, then hand over.

The process becomes the command (exec), so a signal or an exit code meets nothing in between.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

from riverain.site.setup import browser, checks, frontend, lock, packages, translations
from riverain.site.setup.state import Checkout, SetupError, say


def prepare(checkout: Checkout, *, tests: bool) -> None:
    """Installs what is missing. Where nothing is, nothing is locked or written: a service may run
    as another user than the one who installed.
    """
    wanted = "dev" if tests else "embedded"
    if (
        packages.installed(checkout, wanted)
        and frontend.installed(checkout, tools=tests)
        and not translations.stale(checkout.root)
    ):
        return
    with checkout.alone():
        packages.install(checkout, wanted)
        frontend.install(checkout, tools=tests)
        translations.compile_stale(checkout)


def main(command: str, arguments: list[str]) -> int:
    checkout = Checkout(Path(__file__).resolve().parents[3])
    try:
        prepare(checkout, tests=command in {"test", "lock", "messages"})
        if command == "lock":
            return lock.write(checkout, upgrade="--upgrade" in arguments)
        if command == "test":
            if chromium := browser.install():
                os.environ["RIVERAIN_CHROMIUM"] = chromium
            if not arguments and not checks.pass_all(checkout):
                return 1
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    return become(checkout, command, arguments)


def become(checkout: Checkout, command: str, arguments: list[str]) -> NoReturn:
    python = str(checkout.python)
    if command == "test":
        os.chdir(checkout.root)
        # All of them on two processes; a chosen few run faster in one.
        words = ["pytest", *(["-n", "2"] if not arguments else []), *arguments]
    elif command == "messages":
        words = ["riverain.site.setup.messages", *arguments]
    else:
        os.environ.setdefault("RIVERAIN_HOME", str(checkout.root / "var"))
        words = ["riverain.site", *(["demo"] if command == "demo" else []), *arguments]
    os.execv(python, [python, "-P", "-m", *words])  # noqa: S606 - no shell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
