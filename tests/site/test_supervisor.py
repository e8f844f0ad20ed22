"""The demo's supervisor: children restarted, given up, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from riverain.config.env import SettingError
from riverain.site.supervisor import Child, stop_all
from tests.bounds import eventually
from tests.site.processes import gone

ROOT = Path(__file__).resolve().parents[2]

# A child that starts one of its own, tells both numbers, and ends as it is told.
FAMILY = """
import os, subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), inner.pid, file=open(sys.argv[1], "a"), flush=True)
{then}
"""

# A parent that supervises such a child until it is killed.
PARENT = """
import sys, time
from riverain.site import supervisor
supervisor.Child.command = lambda self: [sys.executable, "-c", *self.arguments]
child = supervisor.Child("family", sys.argv[1:])
while True:
    child.tend()
    time.sleep(0.05)
"""


@pytest.fixture
def family(tmp_path, monkeypatch):
    monkeypatch.setattr(Child, "command", lambda self: [sys.executable, "-c", *self.arguments])

    def make(then):
        return Child("family", [FAMILY.format(then=then), str(tmp_path / "numbers")])

    return make


@pytest.fixture
def numbers(tmp_path):
    path = tmp_path / "numbers"
    path.touch()

    def read(times=1):
        eventually(lambda: path.read_text().count("\n") >= times)
        return [int(number) for number in path.read_text().splitlines()[times - 1].split()]

    return read


def all_gone(pids):
    return eventually(lambda: all(gone(pid) for pid in pids))


def ignores(pid, number):
    """Whether a process lets a signal pass (proc(5), SigIgn)."""
    status = Path(f"/proc/{pid}/status").read_text()
    mask = next(line.split()[1] for line in status.splitlines() if line.startswith("SigIgn"))
    return bool(int(mask, 16) & 1 << number - 1)


def test_a_child_that_dies_is_started_again_and_its_own_children_go(family, numbers, capsys):
    child = family("time.sleep(60)")
    try:
        child.tend()
        first = numbers()
        os.kill(first[0], signal.SIGKILL)
        eventually(lambda: child.tend() or child.failures)
        assert all_gone(first)
        assert "The family ended (code -9): it starts again in 0.4 seconds." in (
            capsys.readouterr().out
        )
        eventually(lambda: child.tend() or child.process)
        second = numbers(times=2)
        assert not gone(second[0])
    finally:
        stop_all([child])
    assert all_gone(second)


def test_a_child_that_cannot_run_is_given_up(family, capsys):
    child = family("sys.exit(3)")

    def tend_for_ever():
        while True:
            child.tend()
            time.sleep(0.01)

    with pytest.raises(SettingError, match="The family stopped 5 times as soon as it started"):
        tend_for_ever()
    assert capsys.readouterr().out.count("(code 3)") == 4


def test_a_child_that_will_not_stop_is_ended(family, numbers, monkeypatch):
    monkeypatch.setattr("riverain.site.supervisor._STOP_SECONDS", 0.5)
    child = family("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")
    child.tend()
    pids = numbers()
    eventually(lambda: ignores(pids[0], signal.SIGTERM))
    started = time.monotonic()
    stop_all([child])
    assert time.monotonic() - started < 5
    assert all_gone(pids)


def test_children_do_not_outlive_a_killed_supervisor(numbers, tmp_path):
    then = "time.sleep(60)"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, FAMILY.format(then=then), str(tmp_path / "numbers")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    child, inner = numbers()
    parent.kill()
    parent.wait()
    assert all_gone([child])
    os.kill(inner, signal.SIGKILL)  # what a child starts is its own to bind (see serve)
