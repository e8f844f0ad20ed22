"""Pictures of every page and state, to be judged by eye.

    python -m tests.whole.pictures FOLDER [--only WORD …] [--light]

starts the product with an invented town and writes `<surface>/<state>-<look>.png`, each page in
its whole length: at 390 and at 1280 pixels, in light and, without --light, in dark. `--only` takes
the states whose name contains one of the words. A state that cannot be reached is named, and the
others are taken all the same.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import django
import pytest
from playwright.sync_api import Error

from tests import harness
from tests.browser import chromium


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.whole.pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", default=[""], metavar="WORD")
    parser.add_argument("--light", action="store_true", help="leaves out the dark scheme")
    said = parser.parse_args()
    django.setup()
    from tests.whole.product import running
    from tests.whole.states import lay
    from tests.whole.states.viewing import Viewer

    with (
        tempfile.TemporaryDirectory(prefix="riverain-pictures-", dir=harness.HOME) as home,
        running(Path(home)) as product,
        chromium() as browser,
    ):
        viewer = Viewer(browser, product, lay(product.environment))
        missed = take(viewer, said.folder, only=said.only, dark=not said.light)
    for name, why in missed.items():
        sys.stdout.write(f"NOT REACHED  {name}: {why}\n")
    return 1 if missed else 0


def take(viewer, folder: Path, *, only: list[str], dark: bool) -> dict[str, str]:
    """Takes the pictures; answers the states that could not be reached, and why."""
    from tests.whole.states import PICTURED
    from tests.whole.states.register import STATES
    from tests.whole.states.viewing import regard

    missed = {}
    for name, state in STATES.items():
        if not any(word in name for word in only):
            continue
        looks = [look for look in state.looks or PICTURED if dark or not look.dark]
        try:
            with viewer.opened(state, looks[0]) as page:
                page.wait_for_load_state("networkidle")
                for look in looks:
                    regard(page, look)
                    _unroll(page)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
        except (Error, AssertionError, pytest.fail.Exception) as error:
            missed[name] = str(error).partition("\n")[0]
    return missed


def _unroll(page) -> None:
    """Makes the screen as high as the page: what sticks to its foot then covers nothing."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})


if __name__ == "__main__":
    sys.exit(main())
