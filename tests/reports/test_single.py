"""One report by its row: as the model reads and writes it."""

from django.db import connection

from riverain.reports import queries, single
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from tests.town import HELLEMMES, report


def values(found):
    return {
        one.name: getattr(found, one.attname)
        for one in Report._meta.concrete_fields
        if one.name != "search"
    }


def test_a_row_is_read_as_the_model_reads_it_without_its_search_vector(
    city, django_assert_num_queries
):
    made = report(city)
    with django_assert_num_queries(2):
        (numbered,) = single.numbered(made.number, [city.lille.pk, city.hellemmes.pk])
        locked = single.locked(made.pk)
        read = [values(numbered), values(locked)]
    assert numbered.get_deferred_fields() == locked.get_deferred_fields() == {"search"}
    assert read == [values(Report.objects.get(pk=made.pk))] * 2
    assert single.locked(made.pk + 1) is None


def test_a_number_that_two_towns_gave_leads_to_the_one_that_the_member_works_in(city):
    here, there = report(city), report(city, at=HELLEMMES)
    Report.objects.filter(pk=there.pk).update(number=here.number)
    both = single.numbered(here.number, [city.hellemmes.pk, city.lille.pk])
    assert {one.pk for one in both} == {here.pk, there.pk}
    assert [one.pk for one in single.numbered(here.number, [city.hellemmes.pk])] == [there.pk]
    member = city.member("front_desk")
    assert member.collectivity_ids == {city.lille.pk}
    assert queries.readable(member, here.number).pk == here.pk


def test_only_the_named_fields_are_written(city):
    made = report(city)
    found = single.locked(made.pk)
    found.status, found.agent_id, found.address = Status.IN_PROGRESS, 7, "ailleurs"
    single.save(found, {"status", "agent_id"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT search IS NULL FROM reports_report WHERE id = %s", [made.pk])
        assert cursor.fetchone() == (False,)
    written = values(Report.objects.get(pk=made.pk))
    assert written == values(made) | {"status": "in_progress", "agent_id": 7}
