"""Writes requirements/*.lock from requirements/*.in.

The locks hold for Python 3.11 to 3.13 on every platform (uv resolves for all of them at once and
takes the digests of all files), come from the public registry alone, and name neither a registry
nor a folder of the machine that wrote them.
"""

import os
import subprocess

from riverain.site.setup.state import Checkout, failure, say

# dev first: the smaller sets are held to its versions, so that the tests try what production runs.
_SETS = {"dev": ("base", "embedded", "dev"), "embedded": ("base", "embedded"), "base": ("base",)}
_OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-config",
    "--quiet",
)


def write(checkout: Checkout, *, upgrade: bool = False) -> int:
    """Keeps the versions that are locked unless they no longer fit, or `upgrade` is asked for."""
    for name, parts in _SETS.items():
        held = [] if name == "dev" else ["--constraint=requirements/dev.lock"]
        run = subprocess.run(  # noqa: S603 - our own tool, no shell
            [
                str(checkout.venv / "bin" / "uv"),
                "pip",
                "compile",
                *_OPTIONS,
                *(["--upgrade"] if upgrade else []),
                *held,
                f"--output-file=requirements/{name}.lock",
                *(f"requirements/{part}.in" for part in parts),
            ],
            cwd=checkout.root,
            env={key: value for key, value in os.environ.items() if not key.startswith("UV_")},
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise failure(f"requirements/{name}.lock could not be written", run.stderr)
        say(f"requirements/{name}.lock")
    return 0
