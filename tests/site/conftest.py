"""Homes of embedded databases, apart from the one that the other tests run on."""

import shutil
import tempfile
from pathlib import Path

import pytest

from riverain.site.embedded import Server


@pytest.fixture
def folder():
    """A folder that the server's user can reach: pytest's own are closed to others."""
    path = Path(tempfile.mkdtemp(prefix="riverain-embedded-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def home(folder):
    path = folder / "home"
    yield path
    Server(path).remove()
