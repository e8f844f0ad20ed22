"""The pages of refusals and breakdowns. None of these tests may touch a database: `db` is not
asked for, so pytest-django refuses any query."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from riverain.core.refusals import Conflict, Invalid, NotFound, TooMany
from riverain.web.ui import errors
from riverain.web.ui.urls import urlpatterns as language
from tests.ui.gallery import MIDDLEWARE


def raising(exception):
    def view(_request):
        raise exception

    return view


urlpatterns = [
    *language,
    path("absent", raising(NotFound("Aucun signalement ne porte ce code."))),
    path("faux", raising(Invalid("Ce fichier n’est pas une image."))),
    path("change", raising(Conflict("Quelqu’un l’a fait avant vous."))),
    path("trop", raising(TooMany("Trop d’essais.", retry_after=90))),
    path("base", raising(OperationalError("the server closed the connection"))),
    path("casse", raising(RuntimeError("boom"))),
    path("poste", lambda _request: HttpResponse()),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken


@pytest.fixture
def client():
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/absent", 404, "Aucun signalement ne porte ce code."),
        ("/faux", 422, "Ce fichier n’est pas une image."),
        ("/change", 409, "Quelqu’un l’a fait avant vous."),
        ("/trop", 429, "Trop d’essais."),
        ("/base", 503, "Le service fait une courte pause."),
        ("/casse", 500, "Quelque chose s’est cassé de notre côté."),
        ("/nulle-part", 404, "Cette page n’existe pas, ou plus."),
    ],
)
def test_what_went_wrong_is_said_in_a_sentence(client, address, status, sentence):
    answer = client.get(address)
    assert answer.status_code == status
    assert f"<h1>{sentence}</h1>" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_limit_and_a_pause_say_when_to_come_back(client):
    assert client.get("/trop")["Retry-After"] == "90"
    assert client.get("/base")["Retry-After"] == "20"


def test_a_breakdown_names_the_emergency_numbers(client):
    assert "112" in client.get("/casse").content.decode()
    assert "112" not in client.get("/absent").content.decode()


def test_errors_speak_english_too(client):
    answer = client.get("/casse", headers={"accept-language": "en"})
    assert "Something broke on our side." in answer.content.decode()


def test_a_refusal_with_markup_is_shown_as_text():
    answer = errors.refused(NotFound("<script>alert(1)</script>"))
    assert b"<script>alert" not in answer.content


def test_a_form_without_its_token_is_told_to_reload():
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        answer = Client(enforce_csrf_checks=True).post("/poste")
    assert answer.status_code == 403
    assert "rechargez la page" in answer.content.decode()


def test_an_oversized_send_is_a_413():
    request = RequestFactory().post("/")
    assert errors.bad_request(request, RequestDataTooBig("too big")).status_code == 413
    assert errors.bad_request(request, ValueError("bad")).status_code == 400


@pytest.mark.parametrize("status", sorted(errors.WORDS))
def test_every_error_has_its_page(status):
    answer = errors.page(status)
    assert answer.status_code == status
    assert str(errors.WORDS[status].advice)[:20] in answer.content.decode()


def test_the_language_is_chosen_by_a_post_and_leads_back(client):
    answer = client.post("/langue", {"language": "en", "next": "/nulle-part"})
    assert (answer.status_code, answer["Location"]) == (302, "/nulle-part")
    assert "does not exist" in client.get("/nulle-part").content.decode()
    assert client.get("/langue")["Location"] == "/"


def test_the_language_switch_leads_nowhere_else(client):
    answer = client.post("/langue", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
