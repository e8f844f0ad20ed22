"""The list on a map: marks, the list of a zone, the counts by district; by role, without a script."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from riverain.core import clock
from riverain.reports.models import Report
from tests import town
from tests.desk.reading import words

BOX = "ouest=2.9&sud=50.5&est=3.2&nord=50.8"
DATA = f"/agents/carte/reperes.json?vue=en-cours&{BOX}&zoom=19"
ROWS = f"/agents/carte/liste?vue=en-cours&{BOX}&zoom=19"
MAP = "/agents/?vue=en-cours&affichage=carte"


@pytest.fixture
def two(city):
    """A late report in Wazemmes with words and a contact, one to come in the centre."""
    late = town.report(
        city, description="Un mot à moi", name="Zoé Untel", email="zoe@usager.example"
    )
    Report.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(days=1))
    return late, town.report(city, at=town.CENTRE)


@pytest.fixture
def marks(sign_in):
    def read(role, address=DATA):
        answer = sign_in(role).get(address)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)["marks"]

    return read


@pytest.mark.row("S0-74")
def test_each_mark_leads_to_its_report_and_keeps_the_map(two, marks):
    late, other = two
    found = {mark["pin"]["href"]: mark["pin"]["urgency"] for mark in marks("administrator")}
    kept = "?vue=en-cours&affichage=carte"
    assert found == {
        f"/agents/signalements/{late.number}{kept}": "late",
        f"/agents/signalements/{other.number}{kept}": "other",
    }


def test_nothing_of_who_reported_and_none_of_their_words_is_on_the_map(two, sign_in):
    text = sign_in("administrator").get(DATA).content.decode()
    assert not any(said in text for said in ("Zoé", "usager.example", "Un mot", "rue des Postes"))


def test_filters_of_the_list_hold_on_the_map(two, marks, city):
    narrowed = DATA + f"&quartier={city.wazemmes.pk}"
    assert [mark["count"] for mark in marks("administrator", narrowed)] == [1]
    assert marks("administrator", DATA.replace("en-cours", "termines")) == []


@pytest.mark.parametrize("role", ["elected", "caen_admin"])
def test_who_may_not_place_a_report_finds_no_mark_and_no_row(two, marks, page, role):
    assert marks(role) == []
    assert "Aucun signalement dans cette zone" in words(page(role, ROWS))


def test_the_list_of_a_zone_says_what_the_marks_say_the_late_one_first(two, page):
    late, other = two
    said = words(page("administrator", ROWS))
    assert "2 signalements dans cette zone" in said
    html = page("administrator", ROWS)
    assert html.index(late.number) < html.index(other.number)


def test_a_long_list_is_cut_and_says_so(city, page):
    for _ in range(22):
        town.report(city)
    said = words(page("administrator", ROWS))
    assert "22 signalements dans cette zone" in said
    assert "Voici les 20 plus pressés" in said


def test_without_a_script_the_districts_say_how_many_and_lead_to_their_lists(two, page, city):
    html = page("administrator", MAP)
    assert f'href="?vue=en-cours&amp;quartier={city.wazemmes.pk}"' in html
    said = words(html)
    assert "Par quartier" in said
    assert "1 en retard" in said


def test_an_elected_official_reads_counts_and_why_there_is_no_map(two, page):
    html = page("elected", MAP)
    assert 'data-map="worklist"' not in html
    assert "Le lieu exact des signalements ne vous est pas ouvert" in words(html)


def test_the_rows_of_the_list_are_not_read_for_a_map(two, sign_in):
    client = sign_in("administrator")
    with CaptureQueriesContext(connection) as asked:
        said = words(client.get(MAP).content.decode())
    assert "2 signalements" in said
    read = [one["sql"] for one in asked if '"reports_report"."number"' in one["sql"]]
    assert read == []


def test_a_view_without_anything_says_so(city, page):
    assert "Rien à montrer sur la carte." in words(page("administrator", MAP))


def test_a_report_without_a_place_is_counted_beside_the_districts(city, page):
    town.report(city, at=None, address="rue des Postes")
    html = page("administrator", MAP)
    assert "Hors quartier, ou sans lieu" in words(html)
    assert 'data-map="worklist"' not in html


@pytest.mark.parametrize(
    "question",
    [
        "",
        "ouest=3&sud=50&est=4&zoom=3",
        "ouest=x&sud=50&est=4&nord=51&zoom=3",
        "ouest=nan&sud=50&est=4&nord=51&zoom=3",
        "ouest=4&sud=50&est=3&nord=51&zoom=3",
        "ouest=3&sud=50&est=4&nord=91&zoom=3",
        "ouest=3&sud=50&est=4&nord=51",
        "ouest=3&sud=50&est=4&nord=51&zoom=-1",
        "ouest=3&sud=50&est=4&nord=51&zoom=999999999999",
        "ouest=3&sud=50&est=4&nord=51&zoom=²",
        f"ouest=3&sud=50&est=4&nord=51&zoom=0{'9' * 5_000}",
    ],
)
def test_what_is_no_zone_is_refused(city, sign_in, question):
    assert sign_in("administrator").get(f"/agents/carte/reperes.json?{question}").status_code == 422


def test_a_box_costs_the_same_queries_whatever_it_holds(
    two, sign_in, city, django_assert_num_queries
):
    client = sign_in("administrator")
    client.get(DATA)
    client.get(ROWS)
    with django_assert_num_queries(5) as few:
        client.get(DATA)
    for _ in range(3):
        town.report(city, at=town.HELLEMMES, collectivity_id=city.hellemmes.pk)
        town.report(city, at=town.CENTRE)
    with django_assert_num_queries(len(few)):
        client.get(DATA)
