"""The page where one reports, before anything is sent."""

import re
import uuid

import pytest

from tests.portal.conftest import page


def hidden(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def test_the_form_says_the_deadline_the_notice_and_the_rights(city, client):
    text = page(client.get("/signaler/type/sac-plein"))
    assert "Lille s’engage à agir sous 24 h" in text
    assert "mission d’intérêt public" in text
    assert "vos droits et à qui écrire" in text


def test_each_drawing_carries_its_own_submission_and_is_kept_by_no_cache(city, client):
    first, second = (client.get("/signaler/type/sac-plein") for _ in range(2))
    one, other = hidden(first, "submission"), hidden(second, "submission")
    assert uuid.UUID(one) != uuid.UUID(other)
    assert "no-store" in first["Cache-Control"]


def test_the_form_is_drawn_without_a_query(city, client, django_assert_num_queries):
    client.get("/signaler/type/depot")
    with django_assert_num_queries(0):
        client.get("/signaler/type/depot")


def test_every_question_is_drawn_and_says_when_it_is_asked(city, client):
    answer = client.get("/signaler/type/depot")
    text = page(answer)
    for words in ("Qu’est-ce qui est déposé ?", "Des gravats", "Les piétons", "Combien de sacs ?"):
        assert words in text
    assert "À remplir si vous avez répondu « Autre chose »." in text
    assert 'data-when="q-nature" data-values="autre"' in answer.content.decode()


@pytest.mark.row("S0-53")
def test_a_dangerous_type_first_shows_the_emergency_numbers(city, client):
    answer = client.get("/signaler/type/seringues")
    text = page(answer)
    for words in ("17, police", "18, pompiers", "112", "03 20 00 00 17", "Ne touchez à rien"):
        assert words in text
    assert "<form" not in answer.content.decode().split("<main")[1].split("<footer")[0]
    assert 'href="?vu=1"' in answer.content.decode()


def test_past_the_numbers_the_form_still_reminds_of_them(city, client):
    text = page(client.get("/signaler/type/seringues?vu=1"))
    assert "Appelez le 17 , le 18 ou le 112" in text
    assert "Ce que vous voyez" in text


@pytest.mark.row("P-31")
def test_a_dead_end_says_who_does_it_and_has_no_form(city, client):
    answer = client.get("/signaler/type/encombrants")
    assert "Appelez le 03 20 00 00 00" in page(answer)
    assert 'name="description"' not in answer.content.decode()


@pytest.mark.row("P-31")
@pytest.mark.parametrize("code", ["constat", "ronde", "inconnu"])
def test_types_of_agents_and_unknown_ones_are_not_found(city, client, code):
    answer = client.get(f"/signaler/type/{code}")
    assert answer.status_code == 404
    assert "Constat" not in page(answer)


@pytest.mark.row("L-02")
def test_a_type_that_points_at_a_household_says_that_it_denounces_nobody(city, client):
    text = page(client.get("/signaler/type/poubelle-dehors"))
    assert "ne sera jamais public" in text
    assert "sans nommer personne" in text


def test_praise_and_suggestions_have_their_own_words(city, client):
    assert "Votre message à l’équipe" in page(client.get("/signaler/type/bravo-proprete"))
    idea = page(client.get("/signaler/type/idee-voirie"))
    assert "Votre idée" in idea
    assert "s’engage à agir" not in idea


def test_the_map_begins_in_the_middle_of_the_town(city, client):
    text = client.get("/signaler/type/depot").content.decode()
    centre = re.search(r'data-centre="([^"]+)"', text)[1]
    assert [float(side) for side in centre.split(",")] == pytest.approx([3.04, 50.63])


def test_a_town_without_outline_asks_for_no_point(city, client):
    from riverain.core import clock, versions
    from riverain.territory.models import Area

    Area.objects.update(retired_at=clock.now())
    versions.bump("territory")
    text = client.get("/signaler/type/sac-plein").content.decode()
    assert "data-place" not in text
    assert 'name="address"' in text


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_form_takes_nothing_but_reading_and_sending(city, client, method):
    assert getattr(client, method)("/signaler/type/sac-plein").status_code == 405
