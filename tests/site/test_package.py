"""The package that a server installs holds what the product reads."""

import fnmatch
import importlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_file_beside_the_code_is_in_the_package():
    """A picture that is missing stops the server: the style sheets that name it are gathered."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["riverain"]
    package = ROOT / "riverain"
    left = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc", ".new"}
        and not any(fnmatch.fnmatch(path.name, pattern[3:]) for pattern in patterns)
    }
    assert left == set()


def test_the_command_that_it_installs_is_there():
    module, _, name = PROJECT["project"]["scripts"]["riverain"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))
