"""Which mails wait for the steps that follow."""

import pytest

from riverain.notifications.rules import goes_at_once
from riverain.reports.lifecycle import CLOSED, Status


@pytest.mark.parametrize("kind", ["report.submitted", "report.email_left", "report.message"])
def test_receipts_and_messages_wait_for_nothing(kind):
    assert goes_at_once(kind, None)


@pytest.mark.parametrize("to", Status)
def test_of_all_moves_endings_alone_wait_for_nothing(to):
    assert goes_at_once("report.moved", to.value) is (to in CLOSED)


@pytest.mark.parametrize("kind", ["report.handed_over", "report.type_changed"])
def test_what_may_be_followed_by_more_waits(kind):
    assert not goes_at_once(kind, None)
