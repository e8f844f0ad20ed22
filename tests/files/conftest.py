"""A storage of its own for each test."""

import pytest


@pytest.fixture
def folder(tmp_path, settings):
    """The folder that holds the pictures of the test."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = dict(settings.STORAGES)  # the storage in use is made anew
    return settings.FILES_ROOT
