"""The worklist's views: their counts, their pages, what a page costs at a town's size."""

from datetime import timedelta

import pytest
from django.db import connection

from riverain.core import clock, versions
from riverain.reports import queries
from riverain.reports.lifecycle import CLOSED, Status
from riverain.reports.models import Report
from riverain.reports.queries import VIEWS, Filters
from tests import town
from tests.reports.rows import row


@pytest.fixture
def many(city, monkeypatch):
    """160 reports in every status, of every urgency, some with each mark that a view looks for."""
    # what is held in memory is not asked for again while queries are counted
    monkeypatch.setattr(versions, "FRESH_SECONDS", 3_600)
    tomorrow = clock.now() + timedelta(days=1)
    # in the morning: something is due before the day ends
    with clock.frozen(tomorrow.replace(hour=8)):
        yield _fill(city)


def _fill(city):
    model = town.report(city)
    now = clock.now()
    due = [now - timedelta(days=1), now + timedelta(hours=1), now + timedelta(days=9), None]
    statuses = list(Status)
    rows = []
    for index in range(160):
        status = statuses[index % len(statuses)]
        rows.append(
            row(
                model,
                index,
                channel="web" if index % 2 else "phone",
                status=status,
                resume_on=now.date() if status is Status.WAITING else None,
                closed_at=now - timedelta(hours=index) if status in CLOSED else None,
                priority=index % 3 + 1,
                agent_id=city.member("coordinator").user_id if index % 7 == 0 else None,
                unanswered=index % 11 == 0,
                undelivered=index % 13 == 0,
                looked_at=index % 9 != 0,
                work_done_at=now if index % 8 == 0 else None,
                due_at=due[index % 4],
            )
        )
    Report.objects.bulk_create(rows)
    return city


def test_the_count_of_each_view_is_that_of_its_list(many):
    member = many.member("coordinator")
    counts = queries.counts(member, Filters())
    assert set(counts) == set(VIEWS) - {"closed"}
    for view, count in counts.items():
        assert count == queries.in_view(member, Filters(view=view)).count(), view
    assert all(counts.values()), counts


def test_counts_follow_the_filters(many):
    member = many.member("coordinator")
    by_phone = Filters(channel="phone")
    assert queries.counts(member, by_phone)["open"] == (
        queries.in_view(member, Filters(view="open", channel="phone")).count()
    )


def test_a_view_without_a_report_counts_nothing(city):
    assert set(queries.counts(city.member("coordinator"), Filters()).values()) == {0}


@pytest.mark.parametrize("view", ["open", "closed"])
@pytest.mark.parametrize("number", [1, 2])
def test_pages_are_those_of_the_whole_list(many, view, number, django_assert_num_queries):
    member = many.member("coordinator")
    filters = Filters(view=view)
    every = [one.pk for one in queries.in_order(queries.in_view(member, filters), filters)]
    with django_assert_num_queries(3):
        page = queries.page(member, filters, str(number))
        for one in page.object_list:
            shown = (one.type_id, one.district.name, one.service_id)  # types are in memory
            assert all(shown)
    first = (number - 1) * queries.PAGE
    assert [one.pk for one in page.object_list] == every[first : first + queries.PAGE]
    assert page.paginator.count == len(every)


@pytest.mark.parametrize("number", ["0", "99", "x", None])
def test_a_page_that_does_not_exist_is_the_nearest_one(many, number):
    member = many.member("coordinator")
    assert queries.page(member, Filters(view="open"), number).object_list


def test_a_family_is_asked_for_without_its_other_types(many):
    member = many.member("coordinator")
    family = Report.objects.filter(number="LIL-2020-000000").get().type.family_id
    here = Filters(view="open", family_id=family)
    assert (
        queries.in_view(member, here).count()
        == queries.in_view(member, Filters(view="open")).count()
    )
    assert not queries.in_view(member, Filters(view="open", family_id=family + 1000)).exists()


def test_keys_and_counts_are_read_from_their_index_alone(many):
    """What makes a worklist quick at a hundred thousand reports: a column that a view asks for and
    the index lacks would have every open report read."""
    member = many.member("front_desk")
    with connection.cursor() as cursor:
        # at this size any other plan would do
        for plan in ("seqscan", "bitmapscan", "indexscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{plan} = off")
    for view in set(VIEWS) - {"closed"}:
        filters = Filters(view=view, channel="web", district_id=1)
        keys = queries.in_order(queries.in_view(member, filters), filters).values_list("pk")
        assert "Index Only Scan using reports_report_pressing" in keys.explain(), view
        assert "Sort" not in keys.explain(), view
    closed = Filters(view="closed")
    keys = queries.in_order(queries.in_view(member, closed), closed).values_list("pk")
    assert "Index Only Scan using reports_report_ended" in keys.explain()
