"""The virtual environment and its locked Python packages."""

import re
import subprocess
import sys

from riverain.site.setup.state import Checkout, SetupError, failure, say

# Each set holds the ones before it.
SETS = ("embedded", "dev")


def installed(checkout: Checkout, wanted: str) -> bool:
    """Whether `.venv` holds what the lock `wanted`, or that of a larger set, names now."""
    larger = SETS[SETS.index(wanted) :]
    return checkout.runs() and any(_noted(checkout, name) for name in larger)


def install(checkout: Checkout, wanted: str) -> None:
    """Makes `.venv` hold the packages of the lock `wanted`, or of a larger set."""
    if installed(checkout, wanted):
        return
    # Never shrink: what the tests installed stays when the demo finds its lock changed.
    larger = [name for name in SETS if checkout.noted("packages").startswith(f"{name}:")]
    chosen = max([wanted, *larger], key=SETS.index)
    lock = f"requirements/{chosen}.lock"
    _make_venv(checkout)
    names = _names((checkout.root / lock).read_text(encoding="utf-8"))
    say(f"Installing {len(names)} Python packages into .venv …")
    _pip(
        checkout,
        "install",
        "--require-hashes",
        "--only-binary=:all:",
        f"--requirement={checkout.root / lock}",
    )
    _remove_former(checkout, names)
    checkout.note("packages", f"{chosen}:{checkout.digest(lock)}")


def _noted(checkout: Checkout, name: str) -> bool:
    return checkout.noted("packages") == f"{name}:{checkout.digest(f'requirements/{name}.lock')}"


def _make_venv(checkout: Checkout) -> None:
    working = checkout.runs() and not _run([str(checkout.python), "-m", "pip", "-V"])[0]
    if working:
        return
    say(f"Making a Python {sys.version_info[0]}.{sys.version_info[1]} environment in .venv …")
    code, output = _run([sys.executable, "-m", "venv", "--clear", str(checkout.venv)])
    if code:
        if "ensurepip" in output:
            raise SetupError(
                "Python's venv module is incomplete here: install it "
                "(on Debian or Ubuntu: apt-get install python3-venv)."
            )
        raise failure("The environment .venv could not be made", output)


def _names(lock: str) -> set[str]:
    return {_normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _remove_former(checkout: Checkout, names: set[str]) -> None:
    """A package that left the lock leaves the environment, or an import of it would still work.

    Only what an earlier set-up installed: what somebody added by hand is theirs.
    """
    former = set(checkout.noted("installed").split()) - names
    if former:
        say(f"Removing {', '.join(sorted(former))}, no longer needed …")
        _pip(checkout, "uninstall", "--yes", *sorted(former))
    checkout.note("installed", " ".join(sorted(names)))


def _pip(checkout: Checkout, *arguments: str) -> None:
    options = ("--disable-pip-version-check", "--no-input", "--quiet")
    code, output = _run([str(checkout.python), "-m", "pip", *arguments, *options])
    if code:
        raise failure("The Python packages could not be installed", output)


def _run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own commands, no shell
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr
