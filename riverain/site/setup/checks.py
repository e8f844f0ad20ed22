"""What `bin/test` looks at before it runs the tests, when it is asked for everything."""

import os
import subprocess
import time
from pathlib import Path

from riverain.site.setup import frontend
from riverain.site.setup.state import Checkout, say


def pass_all(checkout: Checkout) -> bool:
    """Runs every check, prints one line for each and the whole output of those that fail."""
    failed = [name for name, command in commands(checkout) if not _passes(checkout, name, command)]
    if failed:
        say(f"The tests were not run: {', '.join(failed)} failed.")
    return not failed


def commands(checkout: Checkout) -> list[tuple[str, list[str]]]:
    bin_folder = checkout.venv / "bin"
    templates = [str(path) for path in sorted((checkout.root / "riverain").rglob("*.html"))]
    npm = frontend.npm(checkout)
    found = [
        ("lint", [str(bin_folder / "ruff"), "check", "--quiet", "."]),
        ("format", [str(bin_folder / "ruff"), "format", "--quiet", "--check", "."]),
        ("types", [str(bin_folder / "mypy"), "--no-error-summary"]),
        ("imports", [str(bin_folder / "lint-imports")]),
        (
            "migrations",
            [str(checkout.python), "-m", "django", "makemigrations", "--check", "--dry-run"],
        ),
    ]
    if templates:
        djade = [str(bin_folder / "djade"), "--check", "--target-version", "5.2"]
        found.append(("templates", [*djade, *templates]))
    if (checkout.root / "tsconfig.json").exists():
        found.append(("JavaScript types", [*npm, "run", "--silent", "types"]))
    if (checkout.root / "tests" / "js").is_dir():
        found.append(("JavaScript tests", [*npm, "run", "--silent", "test"]))
    return found


def _passes(checkout: Checkout, name: str, command: list[str]) -> bool:
    started = time.monotonic()
    run = subprocess.run(  # noqa: S603 - our own tools, no shell
        command,
        cwd=checkout.root,
        env={**frontend.environment(checkout), **_settings(checkout.root)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "FAILED" if run.returncode else "ok"
    say(f"{name:<18}{verdict:<8}{time.monotonic() - started:5.1f} s")
    if run.returncode:
        say(run.stdout.rstrip())
    return run.returncode == 0


def _settings(root: Path) -> dict[str, str]:
    """Enough for the tools that load the settings. They read no row: no server runs yet."""
    return {
        "DJANGO_SETTINGS_MODULE": "riverain.config.settings",
        "RIVERAIN_SECRET_KEY": "for-the-checks-only-" + "x" * 40,
        "DATABASE_URL": "postgresql://nobody@/none?host=/nonexistent",
        "PYTHONPATH": str(root),
        "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "ignore"),
    }
