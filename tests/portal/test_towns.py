"""Host, path or default choose the collectivity; links keep the path's prefix."""

import pytest
from django.urls import get_script_prefix

from riverain.core import versions
from riverain.organisation.models import Service
from riverain.territory import actions as territory
from riverain.territory.models import Collectivity
from tests.portal.conftest import page


def test_the_default_collectivity_answers_where_nothing_names_one(city, client):
    assert "Ville de Lille" in page(client.get("/"))


@pytest.mark.row("S0-03")
@pytest.mark.parametrize("host", ["hellemmes.example", "HELLEMMES.example:8000"])
def test_a_host_name_chooses_its_collectivity(city, client, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    assert "Hellemmes" in page(client.get("/", headers={"host": host}))


@pytest.mark.row("S0-03")
def test_a_path_chooses_a_collectivity_and_every_link_keeps_it(city, client):
    answer = client.get("/c/hellemmes/")
    text = answer.content.decode()
    assert "Hellemmes" in text
    links = [part.split('"')[0] for part in text.split('href="')[1:]]
    ours = [link for link in links if link.startswith("/") and not link.startswith("/static/")]
    assert ours
    assert all(link.startswith("/c/hellemmes/") for link in ours)
    assert get_script_prefix() == "/"


def test_the_path_wins_over_the_host(city, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    answer = client.get("/c/caen/", headers={"host": "hellemmes.example"})
    assert "Ville de Caen" in page(answer)


def test_a_prefix_without_its_slash_is_led_to_it(city, client):
    answer = client.get("/c/caen?q=1")
    assert (answer.status_code, answer["Location"]) == (301, "/c/caen/?q=1")


@pytest.mark.parametrize("path", ["/c/nulle-part/", "/c/nulle-part/signaler", "/c/", "/c/LILLE/"])
def test_an_unknown_collectivity_is_not_found(city, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/c/lille/healthz", "/c/lille/agents/", "/c/lille/c/caen/"])
def test_only_the_portal_lives_under_a_prefix(city, client, path):
    assert client.get(path).status_code == 404


def test_what_belongs_to_the_whole_instance_asks_for_no_collectivity(
    city, client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


@pytest.mark.row("S0-04")
@pytest.mark.parametrize("path", ["/c/lomme/", "/c/lomme/signaler", "/c/lomme/signaler/proprete"])
def test_a_collectivity_with_its_own_tool_leads_there(city, client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Lomme a son propre outil" in page(answer)
    assert "https://lomme.example/signaler?" in answer.content.decode()


def test_a_closed_collectivity_says_so_and_its_reports_are_still_followed(city, client, sent):
    made = sent(prefix="/c/caen", at=None)
    closed = Collectivity.objects.get(slug="caen")
    territory.update_collectivity(acting="system:cli", collectivity=closed, state="closed")
    answer = client.get("/c/caen/")
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "no-cache"
    assert "Caen ne reçoit plus de signalements ici" in page(answer)
    assert client.get(f"/c/caen/suivi/{made.tracking_code}").status_code == 200
    assert client.post("/c/caen/signaler/type/sac-plein").status_code == 410


def test_without_a_default_the_collectivities_are_offered(city, client):
    Collectivity.objects.filter(slug="lille").update(is_default=False)
    versions.bump("territory")
    answer = client.get("/")
    assert all(link in answer.content.decode() for link in ("/c/lille/", "/c/caen/"))
    assert client.get("/signaler")["Location"] == "/"


def test_a_fresh_installation_says_that_nothing_is_set_up(db, client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Il lui manque une collectivité" in page(answer)
    assert "riverain territory register" in page(answer)
    assert client.get("/signaler")["Location"] == "/"
    assert client.get("/donnees-personnelles").status_code == 200


def test_a_host_that_is_not_ours_is_refused(city, client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_services_of_another_collectivity_receive_nothing(city, sent):
    """Entered under Caen's path: Caen's service, though Lille has one of the same code."""
    made = sent(prefix="/c/caen", at=None)
    assert made.collectivity_id == city.caen.pk
    assert Service.objects.get(pk=made.service_id).name == "Proprete de Caen"
