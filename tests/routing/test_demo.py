"""The demo catalogue, as it comes out of the database, leads somewhere from everywhere."""

from datetime import UTC, datetime, timedelta

import pytest

from riverain import routing
from riverain.catalogue import queries as catalogues
from riverain.organisation import queries as organisation
from riverain.territory import queries as territory
from tests.catalogue.conftest import demo_town  # noqa: F401 - a fixture
from tests.catalogue.made import load
from tests.catalogue.test_demo import TEXT
from tests.routing.made import area

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday, 16 h in Lille


@pytest.fixture
def decide(demo_town):  # noqa: F811 - the fixture
    load(demo_town, TEXT)
    facts = catalogues.catalogue(demo_town.pk)
    held = organisation.directory()

    def decide(code, *, areas=()):
        decision = routing.decide(
            facts.type(code),
            rules=facts.rules,
            areas=areas,
            instant=AT,
            directory=held,
            collectivity=territory.collectivity(demo_town.pk),
        )
        partner = decision.partner_id and held.partners[decision.partner_id].code
        return held.services[decision.service_id].code, partner, decision.due_at

    decide.codes = [one.code for one in facts.types if one.makes_reports]
    return decide


@pytest.mark.row("S0-52", "S0-63", "S0-66", "S0-72")
def test_cleaning_inside_the_old_walls_goes_to_the_contractor(decide):
    inside, outside = area("sector", "intra-muros"), area("sector", "extra-muros")
    assert decide("sac-plein", areas=[inside])[:2] == ("proprete", "netlys")
    assert decide("sac-plein", areas=[outside])[:2] == ("proprete", None)
    assert decide("sac-plein")[:2] == ("proprete", None)
    assert decide("seringues-debris", areas=[inside])[:2] == ("proprete", None)
    assert decide("tag-injurieux", areas=[inside])[:2] == ("proprete-tags", None)


@pytest.mark.row("S0-67", "S0-68")
def test_what_others_do_goes_to_them_and_the_town_follows(decide):
    assert decide("residence-bailleur")[:2] == ("proprete", "habitat-flandre")
    assert decide("abribus")[:2] == ("mobilier-urbain", "metropole")
    assert decide("plaque-egout")[:2] == ("voirie", "reseau-eau")
    assert decide("cable-a-terre")[:2] == ("eclairage", "reseau-electrique")


@pytest.mark.row("S0-55", "S0-56", "S0-57", "S2-10")
def test_the_deadlines_of_the_demo_fall_where_they_should(decide):
    assert decide("seringues-debris")[2] == AT + timedelta(hours=2)
    assert decide("sac-plein")[2] == AT + timedelta(hours=24)
    assert decide("tag-injurieux")[2] == AT + timedelta(hours=48)
    assert decide("nid-de-poule")[2] == AT + timedelta(days=7)  # five working days
    assert decide("suggestion-voirie")[2] == AT + timedelta(days=15)  # the town's own


def test_everything_that_can_be_reported_finds_someone_even_without_a_place(decide):
    for code in decide.codes:
        service, _partner, due_at = decide(code)
        assert service
        assert due_at > AT
