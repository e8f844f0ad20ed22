"""A skipped test is counted aloud, and fails the run on CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SAMPLE = """
import pytest

def test_that_passes():
    pass

def test_that_is_skipped():
    pytest.skip("no Chromium here")
"""


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("false", 0), ("true", 1)])
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two processes"])
def test_a_skip_is_told_and_fails_only_on_ci(tmp_path, ci, code, workers):
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    command = [sys.executable, "-m", "pytest", "-p", "tests.plugin_skips", "-c", os.devnull]
    run = subprocess.run(
        [*command, *workers, "--rootdir", str(tmp_path), str(tmp_path)],
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code
    assert "= SKIPPED: 1 =" in run.stdout
    assert "no Chromium here" in run.stdout
    assert ("With CI=true" in run.stdout) == (code == 1)
    assert "1 passed, 1 skipped" in run.stdout.splitlines()[-1]
