"""A place that is half said: the point of an address, the address of a point."""

from dataclasses import replace

import pytest

from riverain.audit.models import Entry, PersonalValue
from riverain.core.refusals import Conflict, Invalid
from riverain.reports.acting import Reporter
from riverain.reports.models import Report
from riverain.reports.submission import Elsewhere, submit
from riverain.territory.actions import update_collectivity
from riverain.territory.addresses.importing import import_file
from riverain.territory.models import House
from tests.reports.test_submission import draft
from tests.territory.addresses.ban import line, town_lines, write

FAR = {"lon": None, "lat": None}
MERGED = {"code_insee_ancienne_commune": "59298", "nom_ancienne_commune": "Hellemmes-Lille"}


@pytest.fixture
def streets(city, tmp_path):
    """Streets in the outer sector of Lille; a rue Carnot in Hellemmes, one in Lomme, which has a
    tool of its own."""
    lines = [
        *town_lines(),
        line("0110", 60, name="Rue Pasteur", lon="3.11", lat="50.63", **MERGED),
        line("0120", 60, name="Rue Voltaire", lon="2.98", lat="50.63"),
        line("0130", 60, name="Rue Faidherbe", lon="3.045", lat="50.63"),
        line("0140", 60, name="Rue Faidherbe", lon="3.09", lat="50.63"),
    ]
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", lines))


@pytest.mark.row("S3-05", "S1-07")
def test_a_clear_address_without_a_point_is_located_and_routed_by_it(city, streets):
    report = submit(acting=Reporter(), draft=draft(city, **FAR, address="12 av jean jaures")).report
    house = House.objects.get(ban_id="59350_0040_00012")
    assert (report.lon, report.lat) == (house.lon, house.lat)
    assert report.sector.name == "Extra-muros"
    assert report.address == "12 av jean jaures"
    payload = Entry.objects.get(stream_kind="report", stream_id=report.pk).payload
    assert (payload["located"], payload["found"]) == (True, "point")
    kept = PersonalValue.objects.get(stream_id=report.pk, stream_kind="report", name="point")
    assert kept.value == f"{house.lon},{house.lat}"


@pytest.mark.parametrize(
    "address",
    [
        "avenue jean jaurès",  # a street is no point
        "en face de l’école",
        "60 rue faidherbe",  # two of them, as good
        "60 rue pasteur",  # received by Hellemmes, which nobody named
        "60 rue voltaire",  # Lomme has its own tool, and was not named
        "",
    ],
)
def test_what_is_not_clear_waits_to_be_located(city, streets, address):
    report = submit(acting=Reporter(), draft=draft(city, **FAR, address=address)).report
    assert (report.lon, report.lat, report.is_located) == (None, None, False)
    assert (report.collectivity_id, report.address) == (city.lille.pk, address)


@pytest.mark.row("S0-04")
@pytest.mark.parametrize("address", ["rue voltaire, Lomme", "60 rue voltaire, Lomme"])
def test_an_address_that_names_a_town_with_a_tool_of_its_own_leads_there(city, streets, address):
    update_collectivity(
        acting="system:test", collectivity=city.lomme, name="Lomme, commune associée"
    )
    with pytest.raises(Elsewhere) as refusal:
        submit(acting=Reporter(), draft=draft(city, **FAR, address=address))
    assert str(refusal.value) == "Lomme a son propre outil de signalement."
    assert refusal.value.name == city.lomme.elsewhere_name
    assert Report.objects.count() == 0


def test_an_address_that_names_another_town_of_ours_is_received_there(city, streets):
    house, street = (
        submit(acting=Reporter(), draft=draft(city, **FAR, address=address)).report
        for address in ("60 rue pasteur, Hellemmes", "rue pasteur, Hellemmes")
    )
    assert {house.collectivity_id, street.collectivity_id} == {city.hellemmes.pk}
    assert (house.lon, house.lat, street.is_located) == (3.11, 50.63, False)


def test_an_address_of_a_town_that_nobody_receives_is_refused(city, streets):
    with pytest.raises(Invalid) as refusal:
        submit(
            acting=Reporter(), draft=draft(city, **FAR, address="12 rue Nationale, 59100 Roubaix")
        )
    assert (refusal.value.code, Report.objects.count()) == ("nowhere", 0)


def test_a_point_goes_before_the_town_that_the_words_name(city, streets):
    said = draft(city, lon=3.0453, lat=50.63, address="rue voltaire, Lomme")
    assert submit(acting=Reporter(), draft=said).report.collectivity_id == city.lille.pk


def test_a_point_without_an_address_takes_that_of_the_nearest_house(city, streets):
    report = submit(acting=Reporter(), draft=draft(city, lon=3.0453, lat=50.63)).report
    assert report.address == "60 Rue Faidherbe, 59000 Lille"
    assert (report.lon, report.lat) == (3.0453, 50.63)
    payload = Entry.objects.get(stream_kind="report", stream_id=report.pk).payload
    assert payload["found"] == "address"


def test_what_was_said_is_never_replaced(city, streets):
    report = submit(
        acting=Reporter(), draft=draft(city, lon=3.0453, lat=50.63, address="Devant le portail")
    ).report
    assert report.address == "Devant le portail"


def test_a_point_far_from_any_door_keeps_no_address(city, streets):
    assert submit(acting=Reporter(), draft=draft(city, lon=3.07, lat=50.65)).report.address == ""


def test_a_repeat_is_known_by_what_was_said_whatever_is_found_then(city, streets):
    said = draft(city, **FAR, address="12 av jean jaures")
    first = submit(acting=Reporter(), draft=said)
    House.objects.all().delete()
    again = submit(acting=Reporter(), draft=said)
    assert (again.repeated, again.report.pk) == (True, first.report.pk)
    with pytest.raises(Conflict):
        submit(acting=Reporter(), draft=replace(said, address="14 av jean jaures"))
