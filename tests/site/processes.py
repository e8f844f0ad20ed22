"""Commands of ours in processes of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "riverain.site", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def run(*arguments, **environment):
    process = start(*arguments, **environment)
    output, errors = process.communicate(timeout=240)
    return process.returncode, output, errors


def answers(port, path="/healthz"):
    """True once it answers 200."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
                return response.status == 200
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def children(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid):
    """True once it has ended, waited for or not. It may end between the opening of its status and
    the reading."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True
