"""Statements that are kept find exactly what the rules that they are made of find, for whoever asks
and whatever they ask: a difference would be a leak."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import Count, F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riverain.accounts.permissions import Permission
from riverain.catalogue.models import Type
from riverain.core import clock
from riverain.core.identifiers import quadkey
from riverain.organisation.members import Member
from riverain.organisation.models import Partner, Service
from riverain.organisation.rules import Grant, Scope
from riverain.reports import door, kept, queries
from riverain.reports.lifecycle import CLOSED, OPEN, Status
from riverain.reports.models import Channel, Report
from riverain.reports.queries import Filters
from riverain.territory.models import Area
from tests import town
from tests.reports.rows import row

READ, WORDS = Permission.READ_REPORTS, Permission.READ_TEXTS
USERS = (1, 2, 3)


@pytest.fixture
def held(city):
    """400 reports of every place, body and state, by chance but always the same; and what a grant
    or a filter may name, each with an identifier that nothing has."""
    dice = Random(7)
    model = town.report(city)
    named = {
        "towns": [one.pk for one in (city.lille, city.hellemmes, city.caen)],
        "types": list(Type.objects.order_by("pk").values_list("pk", flat=True)),
        "families": sorted(set(Type.objects.values_list("family_id", flat=True))),
        "services": list(Service.objects.order_by("pk").values_list("pk", flat=True)),
        "partners": list(Partner.objects.order_by("pk").values_list("pk", flat=True)),
        "districts": list(Area.objects.filter(kind="district").values_list("pk", flat=True)),
        "sectors": list(Area.objects.filter(kind="sector").values_list("pk", flat=True)),
    }
    types = {
        one: list(Type.objects.filter(collectivity=one).values_list("pk", flat=True))
        for one in named["towns"]
    }
    # in the morning: something is due before the day ends
    with clock.frozen((clock.now() + timedelta(days=1)).replace(hour=9)):
        Report.objects.bulk_create(_some(dice, model, index, named, types) for index in range(400))
        Report.objects.filter(pk__gt=model.pk).update(
            search=Report.objects.filter(pk=model.pk).values("search")
        )
        yield {name: [*ids, max(ids) + 1_000] for name, ids in named.items()}


def _some(dice, model, index, named, types):
    now = clock.now()
    where = dice.choice(named["towns"])
    status = dice.choice(list(Status))
    lon_lat = dice.choice([None, town.WAZEMMES, town.CAEN])
    return row(
        model,
        index,
        collectivity_id=where,
        type_id=dice.choice(types[where]),
        channel=dice.choice(list(Channel)),
        status=status,
        resume_on=now.date() if status is Status.WAITING else None,
        closed_at=now - timedelta(hours=index) if status in CLOSED else None,
        priority=dice.randint(1, 4),
        service_id=dice.choice(named["services"]),
        partner_id=dice.choice([None, *named["partners"]]),
        district_id=dice.choice([None, *named["districts"]]),
        sector_id=dice.choice([None, *named["sectors"]]),
        agent_id=dice.choice([None, *USERS]),
        due_at=dice.choice([None, now]) and now + timedelta(hours=dice.randint(-30, 30)),
        work_done_at=dice.choice([None, now]),
        unanswered=dice.random() < 0.3,
        undelivered=dice.random() < 0.3,
        looked_at=dice.random() < 0.7,
        **({} if lon_lat is None else _at(*lon_lat)),
    )


def _at(lon, lat):
    return {"lon": lon, "lat": lat, "quadkey": quadkey(lon, lat)}


def some_of(ids):
    return st.frozensets(st.sampled_from(ids), min_size=1, max_size=4)


def grants(held):
    return st.builds(
        Grant,
        role=st.just("some"),
        permissions=st.sampled_from([{READ, WORDS}, {READ}, {WORDS}, set()]).map(frozenset),
        scope=st.sampled_from(Scope),
        collectivity_ids=some_of(held["towns"]),
        service_ids=some_of(held["services"]),
        area_ids=st.just(frozenset()) | some_of(held["districts"] + held["sectors"]),
        partner_id=st.none() | st.sampled_from(held["partners"]),
    )


def members(held):
    return st.builds(
        Member,
        user_id=st.sampled_from(USERS),
        grants=st.lists(grants(held), min_size=1, max_size=3).map(tuple) | st.just(()),
    )


@st.composite
def worklists(draw, held):
    """A view and two filters at most: more of them find nothing."""
    given = {
        "collectivity_id": st.sampled_from(held["towns"]),
        "type_id": st.sampled_from(held["types"]),
        "family_id": st.sampled_from(held["families"]),
        "service_id": st.sampled_from(held["services"]),
        "partner_id": st.sampled_from(held["partners"]),
        "district_id": st.sampled_from(held["districts"]),
        "sector_id": st.sampled_from(held["sectors"]),
        "channel": st.sampled_from(Channel.values),
        "status": st.sampled_from([str(one) for one in Status]),
        "late": st.just(True),
        "text": st.sampled_from(["déborde", "lil-2020-000003", "zzz", "' OR 1=1 --", "%s"]),
    }
    names = draw(st.lists(st.sampled_from(sorted(given)), max_size=2, unique=True))
    view = draw(st.sampled_from(["open", "closed", *queries.VIEWS]))
    return Filters(view=view, **{name: draw(given[name]) for name in names})


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_worklist_is_what_the_rules_and_the_door_let_through(held, data):
    """Three ways to ask one right: kept statements, the model's own, and `door` in memory."""
    member, filters = data.draw(members(held)), data.draw(worklists(held))
    by_model = queries.in_order(queries.in_view(member, filters), filters.view)
    expected = list(by_model.values_list("pk", flat=True))
    number = data.draw(st.integers(1, 3))
    page = queries.page(member, filters, number)
    assert queries.count(member, filters) == page.paginator.count == len(expected)
    first = (page.number - 1) * queries.PAGE
    assert [one.pk for one in page.object_list] == expected[first : first + queries.PAGE]
    for one in page.object_list:
        assert door.may(member, READ, one)
    view = data.draw(st.sampled_from([one for one in queries.VIEWS if one != "closed"]))
    there = replace(filters, view=view)
    assert queries.counts(member, filters)[view] == queries.in_view(member, there).count()


def test_a_row_of_the_list_is_the_models(held, city):
    member = city.member("administrator")
    page = queries.page(member, Filters(view="open"))
    assert len(page.object_list) == queries.PAGE
    for one in page.object_list:
        whole = Report.objects.get(pk=one.pk)
        for name in (*one._fields, "pk", "is_open", "is_located"):
            assert getattr(one, name) == getattr(whole, name), name


def numbered(condition):
    return Report.objects.filter(condition).order_by("number").values_list("number")


def statements():
    return kept._statement.cache_info().misses


def by_towns(*ids):
    return Q(collectivity_id__in=list(ids)) & Q(status__in=sorted(OPEN))


def test_other_values_are_bound_in_the_same_statement(held):
    lille, hellemmes, caen, nowhere = held["towns"]
    kept.rows(numbered, by_towns(lille, caen))
    before = statements()
    for ids in ((lille, hellemmes), (hellemmes, caen, nowhere), (caen, lille, hellemmes, nowhere)):
        found = kept.rows(numbered, by_towns(*ids))
        assert found == list(numbered(by_towns(*ids)))
        assert found
    assert statements() == before
    # one alone is compared as such: an index then tells the order of its rows
    assert kept.rows(numbered, by_towns(caen)) == list(numbered(by_towns(caen)))
    assert statements() == before + 1


@pytest.mark.parametrize(
    "condition",
    [
        ~Q(partner_id__in=[1, 2]),
        ~(Q(partner_id__in=[1]) | Q(channel="web")),
        ~Q(sector_id=1) & Q(district_id__isnull=True),
        Q(channel="web") ^ Q(unanswered=True),
        Q(due_at__gte=F("received_at")),
        Q(number__startswith="LIL-2020-0001"),
        Q(quadkey__range=(0, 2**62)),
        Q(type__in=Type.objects.filter(code="sac-plein")),
        Q(),
        ~Q(),
        ~Q(pk__in=[]),
        Q(pk__in=[]),
        Q(pk__in=[]) | Q(channel="web"),
        Q(status=Status.WAITING) | ~Q(status__in=[Status.DONE, Status.REJECTED]),
    ],
)
def test_any_condition_finds_what_it_finds_by_itself(held, condition):
    """Negated, of columns that may be empty, with what cannot be bound, or of nothing at all."""
    expected = list(numbered(condition))
    for _again in range(2):
        assert kept.rows(numbered, condition) == expected


def test_yes_no_and_numbers_are_told_apart(held):
    """True equals 1 in Python, not in a statement."""
    for condition in (Q(unanswered=True), Q(priority=1), Q(unanswered=False), Q(priority=0)):
        assert kept.rows(numbered, condition) == list(numbered(condition))


def test_words_are_those_of_the_house(held):
    """What a statement writes out comes from its own lists, never from a request."""
    with pytest.raises(ValueError, match="not a word of ours"):
        kept._Word("' OR 1=1").as_sql(None, connection)


def counted_by_status(condition, *tests):
    marks = {f"test_{at}": Count("pk", filter=one) for at, one in enumerate(tests)}
    return (
        Report.objects.filter(condition).order_by("status").values_list("status").annotate(**marks)
    )


def test_values_are_bound_where_they_stand_in_the_statement(held):
    """Those of what is selected come first in it, whatever the order of the conditions."""
    now = clock.now()
    asked = (Q(channel="web"), Q(due_at__lt=now), Q(agent_id=2), Q(priority__gte=3))
    found = kept.rows(counted_by_status, *asked)
    assert found == list(counted_by_status(*asked))
    assert any(any(counts) for _status, *counts in found)
