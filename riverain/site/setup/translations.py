"""Compiles the translations that are newer than their compiled form."""

import subprocess
import sys
from pathlib import Path

from riverain.site.setup.state import Checkout, failure


def stale(root: Path) -> list[Path]:
    return [
        source
        for source in sorted((root / "riverain" / "locale").glob("*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime_ns < source.stat().st_mtime_ns
    ]


def compile_stale(checkout: Checkout) -> None:
    """In the environment's own Python: Babel is installed there."""
    if not stale(checkout.root):
        return
    run = subprocess.run(  # noqa: S603 - ourselves, no shell
        [str(checkout.python), "-P", "-m", __name__, str(checkout.root)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise failure("The translations could not be compiled", run.stdout + run.stderr)


def main(root: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in stale(root):
        with source.open("rb") as text:
            catalogue = read_po(text, abort_invalid=True)
        fresh = source.with_suffix(".mo.new")
        with fresh.open("wb") as compiled:
            write_mo(compiled, catalogue)
        fresh.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
