"""Counts the skipped tests aloud, and with CI=true fails the run for them.

A test that was skipped proved nothing; on CI nothing that a test needs may be missing.
"""

import os

import pytest


def _skipped(config):
    """Only the process that prints knows them all; workers of xdist know their own."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return []
    return reporter.stats.get("skipped", [])


def _strict():
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_terminal_summary(terminalreporter, config):
    skipped = _skipped(config)
    if not skipped:
        return
    terminalreporter.section(f"SKIPPED: {len(skipped)}", red=_strict(), yellow=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"{report.nodeid}: {reason}")
    if _strict():
        terminalreporter.write_line("With CI=true a skipped test fails the run.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if _strict() and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
