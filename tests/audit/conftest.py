import pytest


@pytest.fixture
def seals(tmp_path, settings):
    """An empty folder for the seals of this test."""
    settings.SEALS_ROOT = tmp_path / "seals"
    return settings.SEALS_ROOT
