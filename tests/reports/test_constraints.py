"""What the table of reports refuses by itself: the actions never write it, a hand or a bug might."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from tests.town import report

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"status": "forgotten"}, "reports_report_status_known"),
        ({"nature": "denunciation"}, "reports_report_nature_known"),
        ({"channel": "pigeon"}, "reports_report_channel_known"),
        ({"outcome": "perhaps"}, "reports_report_outcome_known"),
        ({"reason": "tired"}, "reports_report_reason_known"),
        ({"priority": 0}, "reports_report_priority_known"),
        ({"lon": None}, "reports_report_whole_point"),
        ({"lat": None}, "reports_report_whole_point"),
        ({"quadkey": None}, "reports_report_whole_point"),
        ({"lon": None, "lat": None}, "reports_report_whole_point"),
        ({"lon": 181.0}, "reports_report_whole_point"),
        ({"lat": float("nan")}, "reports_report_whole_point"),
        ({"status": Status.WAITING}, "reports_report_waits_until"),
        ({"closed_at": NOW}, "reports_report_open_or_closed"),
        ({"source": "abc"}, "reports_report_external_whole"),
        ({"external_id": "12"}, "reports_report_external_whole"),
    ],
)
def test_a_report_holds_together(city, changes, named):
    made = report(city)
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(**changes)


def test_a_report_without_a_place_and_one_that_ended_long_ago_stand(city):
    """Imports bring both: no point, and no day on which it was closed."""
    made = report(city)
    Report.objects.filter(pk=made.pk).update(
        lon=None, lat=None, quadkey=None, status=Status.DONE, source="abc", external_id="12"
    )
    made.refresh_from_db()
    assert (made.is_located, made.is_open, made.closed_at) == (False, False, None)
