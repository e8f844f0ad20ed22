"""The database stops under the web server and comes back; the server is never started again."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_pages_wait_and_what_was_typed_is_sent_when_the_database_is_back():
    command = [sys.executable, "-m", "tests.faults.absence", "--seconds", "8"]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    sys.stdout.write(run.stdout)
    assert run.returncode == 0, run.stderr[-4000:]
