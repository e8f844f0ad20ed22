"""Nothing is lost and nothing doubled while web, worker and PostgreSQL are killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.kill import LIMIT

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.row("L-03")
def test_nothing_is_lost_or_doubled_in_500_submissions_under_kills():
    command = [sys.executable, "-m", "tests.faults.kill", "--submissions", "500", "--seed", "1"]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT + 60, check=False
    )
    sys.stdout.write(run.stdout)
    assert run.returncode == 0, run.stderr[-4000:]
    assert "acknowledged                                       500 of 500" in run.stdout
