"""The worklist's views: their counts, their pages, what a page costs at a town's size."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from riverain.core import clock
from riverain.reports import queries
from riverain.reports.lifecycle import CLOSED, Status
from riverain.reports.models import Report
from riverain.reports.queries import VIEWS, Filters
from tests import town
from tests.reports.rows import row


@pytest.fixture
def many(city, steady_memory):
    """160 reports in every status, of every urgency, some with each mark that a view looks for."""
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


@pytest.mark.parametrize("view", ["unanswered", "undelivered"])
def test_who_waits_for_the_town_waits_after_the_ending_too(many, view):
    member = many.member("coordinator")
    ended = Report.objects.filter(status__in=CLOSED, **{view: True})
    there = queries.in_view(member, Filters(view=view))
    assert 0 < ended.count() == there.filter(status__in=CLOSED).count()
    assert not there.exclude(**{view: True}).exists()


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
    every = [one.pk for one in queries.in_order(queries.in_view(member, filters), filters.view)]
    with django_assert_num_queries(2):
        page = queries.page(member, filters, str(number))
        for one in page.object_list:
            shown = (one.type_id, one.district_id, one.service_id)  # names are in memory
            assert all(shown)
    first = (number - 1) * queries.PAGE
    assert [one.pk for one in page.object_list] == every[first : first + queries.PAGE]
    assert page.paginator.count == len(every)


@pytest.mark.parametrize("number", ["0", "99", "x", None])
def test_a_page_that_does_not_exist_is_the_nearest_one(many, number):
    member = many.member("coordinator")
    assert queries.page(member, Filters(view="open"), number).object_list


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("-" * 60, 0),
        ("trottoir " + "-" * 60 + " cassé", 1),  # the line above a mail's signature
        ("trottoir - cassé", 1),
        ("trottoir - - - cassé", 1),
        ("a or " + "- " * 60 + "b", 0),
        ("trottoir -cassé", 0),
        ("trottoir -arbre", 1),
    ],
)
def test_a_dash_before_no_word_is_no_without(city, text, count):
    """Past 32 of them PostgreSQL fails: its stack is too small."""
    town.report(city, description="Trottoir cassé.")
    found = queries.count(city.member("coordinator"), Filters(view="open", text=text))
    assert found == count


def test_a_family_is_asked_for_without_its_other_types(many):
    member = many.member("coordinator")
    family = Report.objects.filter(number="LIL-2020-000000").get().type.family_id
    here = Filters(view="open", family_id=family)
    assert (
        queries.in_view(member, here).count()
        == queries.in_view(member, Filters(view="open")).count()
    )
    assert not queries.in_view(member, Filters(view="open", family_id=family + 1000)).exists()


def asked_by(read):
    """The statements on reports that a read makes, with what it binds."""
    found = []

    def note(execute, sql, params, many, context):
        if "reports_report" in sql:
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        read()
    return found


def planned(sql, params):
    """How the database does it once it knows the statement, whatever values come."""
    marks = iter(range(1, len(params) + 1))
    numbered = re.sub("%s", lambda _mark: f"${next(marks)}", sql)
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE once AS {numbered}")
        values = ", ".join(["NULL"] * len(params))
        cursor.execute(f"EXPLAIN EXECUTE once({values})" if values else "EXPLAIN EXECUTE once")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("DEALLOCATE once")
    return plan


_INDEXES = {
    "closed": "reports_report_ended",
    "unanswered": "reports_report_awaited",
    "undelivered": "reports_report_awaited",
}


def test_keys_and_counts_are_read_from_their_index_alone(many):
    """What makes a worklist quick at a hundred thousand reports: a column that a view asks for and
    the index lacks would have every open report read, and so would a plan for all values that
    cannot tell which statuses are asked for."""
    member = many.member("front_desk")
    Report.objects.update(agent_id=member.user_id)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        # at this size any other plan would do
        for plan in ("seqscan", "bitmapscan", "indexscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{plan} = off")
    for view in VIEWS:
        index = _INDEXES.get(view, "reports_report_open")
        asked = [
            one
            for channel in ("web", "phone")
            for one in asked_by(partial(queries.page, member, Filters(view=view, channel=channel)))
            if "ORDER BY" in one[0]  # not the counts: of so few any index would do
        ]
        assert asked, view
        for sql, params in asked:
            plan = planned(sql, params)
            assert f"Index Only Scan using {index}" in plan, (view, plan)
            # the rows of a page are put in order; its keys come in order
            assert plan.count("Sort Key") == 1, (view, plan)
