"""The Chromium that the browser tests drive."""

import os
import shutil
import subprocess
from pathlib import Path

from riverain.site.setup.state import say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> str | None:
    """The program's path: RIVERAIN_CHROMIUM, then the usual names, then Playwright's own."""
    named = os.environ.get("RIVERAIN_CHROMIUM")
    if named:
        return named
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    kept = Path.home() / ".cache" / "ms-playwright"
    return next((str(path) for path in sorted(kept.glob("chromium-*/chrome-linux*/chrome"))), None)


def install() -> str | None:
    """Installs Debian's Chromium where it is missing and we may. Says what is missing if not."""
    if path := find():
        return path
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(
            "No Chromium here, and installing it needs root: the browser tests are skipped. "
            "(On Debian or Ubuntu: apt-get install chromium)"
        )
        return None
    say("Installing Chromium with apt-get for the browser tests …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"],
    ):
        run = subprocess.run(  # noqa: S603 - fixed words, no shell
            step,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        if run.returncode:
            reason = [line for line in run.stderr.splitlines() if line.strip()][-1:]
            say(
                f"Chromium could not be installed ({' '.join(reason) or 'apt-get gave no reason'}):"
                " the browser tests are skipped."
            )
            return None
    return find()
