"""What one may say: families, types, one's own words."""

import pytest
from pytest_django.asserts import assertRedirects

from riverain.web.ui.parts import icon
from tests.portal.conftest import page

PAGES = ["/", "/signaler", "/signaler/proprete", "/suggerer", "/feliciter"]


@pytest.mark.parametrize("path", [*PAGES, "/signaler/type/depot", "/suivi"])
def test_no_page_changes_anything_or_sets_a_cookie(city, client, path):
    answer = client.get(path)
    assert answer.status_code in {200, 302}
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("path", [*PAGES, "/suivi", "/donnees-personnelles", "/zones.geojson"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_that_is_only_read_takes_nothing_else(city, client, path, method):
    # `/signaler` takes the photo that a report begins with, and says that there is none.
    expected = 422 if (path, method) == ("/signaler", "post") else 405
    assert getattr(client, method)(path).status_code == expected


@pytest.mark.row("S0-11", "S0-15")
def test_the_home_page_offers_families_following_and_help(city, client):
    text = page(client.get("/"))
    for words in (
        "Propreté et tags",
        "Voirie et assainissement",
        "Suggérer une amélioration",
        "Féliciter une équipe",
        "Votre code de suivi",
        "Appelez le 17 , le 18 ou le 112",
        "03 20 00 00 17",
    ):
        assert words in text
    assert "Réservé aux agents" not in text


@pytest.mark.parametrize("path", ["/", "/signaler", "/signaler/proprete", "/signaler?q=poubelle"])
def test_the_catalogue_is_read_from_memory(city, client, django_assert_num_queries, path):
    client.get(path)
    with django_assert_num_queries(0):
        client.get(path)


def test_types_stand_under_their_categories_without_those_of_agents(city, client):
    text = page(client.get("/signaler/proprete"))
    assert text.index("Dépôts sauvages, rue sale") < text.index("Salissures, dépôts, déjections")
    assert text.index("Poubelles publiques") < text.index("Sac plein, pas de sac")
    assert "Constat d’infraction" not in text
    assert "Féliciter l’équipe de propreté" not in text


@pytest.mark.parametrize("path", ["/signaler/proprete", "/signaler?q=sac+plein"])
def test_a_type_is_seen_by_its_icon_too(city, client, path):
    text = client.get(path).content.decode()
    tile = text[text.index("/signaler/type/sac-plein") :]
    assert icon("bag") in tile[: tile.index("</a>")]


@pytest.mark.parametrize("family", ["inconnue", "interne"])
def test_a_family_without_anything_for_residents_is_not_found(city, client, family):
    assert client.get(f"/signaler/{family}").status_code == 404


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("poubelle", "Poubelle constamment dehors"),
        ("une CORBEILLE est pleine", "Sac plein, pas de sac"),
        ("chaussee", "Nid-de-poule"),
        ("gravats", "Salissures, dépôts, déjections"),
        ("déchets d'encombrants", "Rendez-vous encombrants non honoré"),
    ],
)
def test_own_words_find_a_type_whatever_accents_and_plurals(city, client, words, first):
    text = page(client.get("/signaler", {"q": words}))
    assert first in text.split("choisissez une famille")[0]


def test_words_that_find_nothing_say_so_and_still_lead_on(city, client):
    text = page(client.get("/signaler", {"q": "girafe"}))
    assert "Nous n’avons pas trouvé ces mots" in text
    assert "Propreté et tags" in text


def test_words_never_find_what_only_agents_report(city, client):
    assert "Ronde de surveillance" not in page(client.get("/signaler", {"q": "ronde"}))


@pytest.mark.row("S1-01")
def test_a_single_suggestion_or_praise_leads_straight_to_its_form(city, client):
    assertRedirects(client.get("/suggerer"), "/signaler/type/idee-voirie")
    assertRedirects(client.get("/feliciter"), "/signaler/type/bravo-proprete")


def test_the_language_is_chosen_without_a_token(city, settings):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/langue", {"language": "en", "next": "/signaler"})
    assertRedirects(answer, "/signaler", fetch_redirect_response=False)
    assert browser.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert 'lang="en"' in browser.get("/signaler").content.decode()
