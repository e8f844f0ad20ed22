"""What may be the same matter: reports close by, and the same person's others."""

from datetime import timedelta

import pytest

from riverain.core import clock
from riverain.reports import similar
from tests import town

# 0.001 degree of longitude is 71 m here, of latitude 111 m.
LON, LAT = town.WAZEMMES


@pytest.fixture
def here(city):
    return town.report(city, at=(LON, LAT), description="Ici.")


def near(city, role, report):
    return [(one.report.number, one.metres) for one in similar.nearby(city.member(role), report)]


def test_nearest_open_reports_of_the_family_come_first(city, here):
    far = town.report(city, at=(LON + 0.0015, LAT), description="À 106 m.")
    close = town.report(city, at=(LON, LAT - 0.0002), description="À 22 m.")
    town.report(city, at=(LON + 0.0025, LAT), description="À 176 m.")
    assert near(city, "coordinator", here) == [(close.number, 22), (far.number, 106)]


def test_what_is_closed_of_another_family_or_nowhere_does_not_count(city, here):
    done = town.report(city, at=(LON, LAT), description="Fini.")
    type(done).objects.filter(pk=done.pk).update(status="done")
    town.report(city, at=(LON, LAT), type_code="nid-de-poule")
    nowhere = town.report(city, at=None)
    assert near(city, "administrator", here) == []
    assert near(city, "administrator", nowhere) == []


def test_reports_out_of_sight_or_whose_place_is_reserved_are_not_told(city, here):
    town.report(city, at=(LON, LAT), description="Tout près.")
    assert len(near(city, "coordinator", here)) == 1
    assert near(city, "technician", here) == []  # another service's
    assert near(city, "elected", here) == []
    assert near(city, "contractor", here) == []


def test_no_more_than_a_few_are_shown(city, here):
    for number in range(similar.FEW + 2):
        town.report(city, at=(LON, LAT), description=f"n°{number}")
    assert len(near(city, "administrator", here)) == similar.FEW


def of_person(city, role, report, **contact):
    return similar.of_same_person(city.member(role), report, contact)


def test_same_address_or_number_is_the_same_person(city):
    with clock.frozen(clock.now() - timedelta(days=3)):
        first = town.report(city, email="camille@exemple.fr")
    here = town.report(city, email="Camille@exemple.fr", phone="+33612345678")
    last = town.report(city, phone="+33612345678", description="Encore.")
    town.report(city, email="autre@exemple.fr")
    said = of_person(city, "front_desk", here, email="camille@exemple.fr", phone="+33612345678")
    assert said.before == 1
    assert [one.number for one in said.others] == [last.number, first.number]


def test_nobody_left_anything_and_nobody_is_told(city):
    here = town.report(city)
    town.report(city, description="Autre.")
    assert of_person(city, "front_desk", here) == similar.Known(0, ())


def test_only_reports_whose_contacts_the_member_reads_are_told(city):
    here = town.report(city, email="camille@exemple.fr")
    town.report(city, type_code="nid-de-poule", email="camille@exemple.fr")
    assert of_person(city, "front_desk", here, email="camille@exemple.fr").others
    # The other one is another service's; this one reads no contact at all.
    assert not of_person(city, "coordinator", here, email="camille@exemple.fr").others
    assert not of_person(city, "crew_chief", here, email="camille@exemple.fr").others
