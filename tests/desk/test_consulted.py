"""Whoever is shown a reporter's contact leaves a line in the journal, and no flood of lines."""

import logging
from datetime import timedelta

import pytest

from riverain.core import clock
from riverain.reports import consulted
from tests import town

EMAIL, PHONE, NAME = "camille@exemple.fr", "06 12 34 56 78", "Camille Petit"


@pytest.fixture
def told(caplog):
    """What the journal was told of contacts, so far."""
    consulted._tell.cache_clear()
    caplog.set_level(logging.INFO, logger=consulted.__name__)
    return lambda: [one.getMessage() for one in caplog.records if one.name == consulted.__name__]


@pytest.fixture
def known(city):
    return town.report(city, at=town.CENTRE, email=EMAIL, phone=PHONE, name=NAME)


def address(report, step=""):
    return f"/agents/signalements/{report.number}{step}"


def test_who_is_shown_a_contact_is_told_with_the_report_and_without_the_contact(
    city, known, page, told
):
    text = page("coordinator", address(known))
    assert EMAIL in text
    (line,) = told()
    assert line == f"{city.people['coordinator'].label} was shown the contact of {known.number}"


def test_a_page_that_is_open_all_day_is_told_once_an_hour(known, page, told):
    at = clock.now().replace(minute=5)
    for minutes in (0, 1, 30, 54):
        with clock.frozen(at + timedelta(minutes=minutes)):
            page("coordinator", address(known))
            page("coordinator", address(known, "/note"))
    assert len(told()) == 1
    with clock.frozen(at + timedelta(minutes=56)):
        page("coordinator", address(known))
    assert len(told()) == 2


def test_each_person_and_each_report_has_its_own_line(city, known, page, told):
    other = town.report(city, at=town.CENTRE, email="dominique@exemple.fr")
    for role in ("coordinator", "administrator"):
        for report in (known, other):
            page(role, address(report))
    assert len(set(told())) == 4


def test_steps_that_show_the_contact_count_as_the_report_does(known, page, told):
    assert EMAIL in page("coordinator", address(known, "/note"))
    assert len(told()) == 1


@pytest.mark.parametrize("role", ["elected", "contractor", "field_agent"])
def test_who_may_not_see_it_was_shown_nothing(known, page, told, role):
    assert EMAIL not in page(role, address(known))
    assert told() == []


def test_a_report_without_a_contact_shows_none(city, page, told):
    page("coordinator", address(town.report(city, at=town.CENTRE)))
    assert told() == []


def test_no_list_shows_a_contact(known, page, told):
    for there in ("/agents/?vue=en-cours", "/agents/?vue=en-cours&affichage=carte"):
        assert EMAIL not in page("coordinator", there)
    assert told() == []


def test_it_costs_no_question_to_the_database(city, known, told, django_assert_num_queries):
    member = city.member("coordinator")
    with django_assert_num_queries(0):
        consulted.contact(member, known)
    assert len(told()) == 1
