"""A stop reaches the processes of `riverain serve` whenever it comes."""

import subprocess
import sys

# As many processes that would live for a second, each stopped at the instant it is made.
_FORKED = """
import os, signal, time
from riverain.site.commands import serve
signal.signal(signal.SIGTERM, lambda *_: None)
serve.let_forked_processes_stop()
ends = []
for _ in range(50):
    child = os.fork()
    if child == 0:
        time.sleep(1)
        os._exit(0)
    os.kill(child, signal.SIGTERM)
    ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
assert ends == [-signal.SIGTERM] * 50, ends
"""


def test_a_process_is_stopped_in_the_instant_of_its_fork():
    run = subprocess.run(
        [sys.executable, "-c", _FORKED], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
