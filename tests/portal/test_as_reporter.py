"""What an agent sees of the reporter's page: all of it but its powers (S0-75)."""

import pytest
from django.test import Client

from riverain.core import clock
from riverain.reports import erasure
from riverain.reports.acting import System
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from tests.portal import states
from tests.portal.conftest import page, picture_of


@pytest.fixture
def agent(city):
    client = Client()
    client.force_login(city.people["coordinator"])
    return client


def address(report):
    return f"/agents/signalements/{report.number}/cote-usager"


@pytest.mark.row("S0-75")
@pytest.mark.parametrize("name", sorted(states.STATES))
def test_every_state_is_shown_without_code_form_or_way_to_act(city, name):
    client = Client()
    client.force_login(city.people["administrator"])
    made = states.STATES[name](city)
    answer = client.get(address(made))
    html, text = answer.content.decode(), page(answer)
    assert answer.status_code == 200
    assert "Vue de l’usager, en lecture seule" in text
    assert made.tracking_code not in html
    main = html.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert "/suivi/" not in main
    title = html.partition("<h1>")[2].partition("</h1>")[0]
    by_code = Client().get(f"/suivi/{made.tracking_code}").content.decode()
    assert title == by_code.partition("<h1>")[2].partition("</h1>")[0]
    assert answer["Cache-Control"] == "private, no-store"


def test_pictures_are_served_under_the_agents_own_right(city, agent):
    made = states.done(city)
    html = agent.get(address(made)).content.decode()
    sources = [part.partition('"')[0] for part in html.split('<img src="')[1:]]
    assert len(sources) == 2
    for source in sources:
        assert source.startswith("/agents/")
        assert picture_of(agent.get(source)).startswith(b"\xff\xd8")


def test_nothing_can_be_sent_there(city, agent):
    made = states.done(city)
    for method in (agent.post, agent.put, agent.delete):
        assert method(address(made)).status_code == 405
    made.refresh_from_db()
    assert made.status == Status.DONE


def test_erased_report_has_no_such_page(city, agent):
    made = states.received(city)
    erasure.erase_report(acting=System("test"), report_id=made.pk)
    assert agent.get(address(made)).status_code == 404


@pytest.mark.parametrize("role", ["contractor", "elected"])
def test_whoever_may_not_read_residents_words_does_not_read_them_so(city, role):
    made = states.received(city)
    Report.objects.filter(pk=made.pk).update(
        partner_id=city.partners["lilebo"].pk, received_at=clock.now()
    )
    client = Client()
    client.force_login(city.people[role])
    answer = client.get(address(made))
    assert answer.status_code == 403
    assert "corbeille déborde" not in answer.content.decode()


def test_report_page_leads_there_and_nowhere_else_to_the_reporters(city, agent):
    made = states.reachable(city)
    html = agent.get(f"/agents/signalements/{made.number}").content.decode()
    assert f'href="{address(made)}"' in html
    assert f"/suivi/{made.tracking_code}" not in html
