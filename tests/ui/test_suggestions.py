"""The addresses that answer what is typed, as the pages' module gets them."""

import pytest

from riverain.territory.addresses.importing import import_file
from tests.territory.addresses.ban import line, town_lines, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets(city, tmp_path):
    lines = [*town_lines(), line("0110", 60, name="Rue Carnot", lon="3.11", lat="50.63")]
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", lines))


def answers(client, text, *, prefix="", **more):
    response = client.get(f"{prefix}/adresses", {"q": text, **more})
    assert response.status_code == 200
    return response.json()["answers"]


@pytest.mark.row("P-01", "S1-07")
def test_an_answer_holds_its_words_its_point_and_what_to_say(client, streets):
    assert answers(client, "12 av jaurès")[0] == {
        "label": "12 Avenue Jean Jaurès, 59000 Lille",
        "name": "12 Avenue Jean Jaurès",
        "context": "59000 Lille",
        "lon": 3.0016,
        "lat": 50.604,
        "exactness": "house",
        "near": "",
        "said": "Lieu trouvé.",
    }


def test_a_street_asks_for_its_number_and_a_missing_number_says_so(client, streets):
    assert answers(client, "avenue jaurès")[0]["said"].startswith("À quel numéro\u00a0?")
    assert "est au 10." in answers(client, "11 avenue jaurès")[0]["said"]


def test_the_town_of_the_page_goes_first(client, streets):
    there = {"prefix": "/c/hellemmes"}
    assert answers(client, "60 rue carnot", **there)[0]["lon"] == 3.11
    assert answers(client, "60 rue carnot", ville="hellemmes")[0]["lon"] == 3.11
    assert answers(client, "60 rue carnot", ville="nulle-part")


@pytest.mark.parametrize("text", ["", "ab", "x" * 5_000, "\0\0\0\0", "%27%3B--", "🙂🙂🙂🙂"])
def test_whatever_is_typed_is_answered(client, streets, text):
    assert answers(client, text) == []


def test_no_cookie_is_set_and_others_keep_no_copy(client, streets):
    response = client.get("/adresses", {"q": "rue carnot"})
    assert not response.cookies
    assert response["Cache-Control"] == "private, max-age=300"


def test_who_asks_without_end_is_asked_to_wait(client, streets, monkeypatch):
    from riverain.web.ui import suggestions

    monkeypatch.setattr(suggestions, "_LIMIT", 2)
    assert [client.get("/adresses", {"q": "rue"}).status_code for _ in range(3)] == [200, 200, 429]


def test_it_is_only_read(client, streets):
    assert client.post("/adresses", {"q": "rue carnot"}).status_code == 405


def test_a_line_is_answered_by_a_few_queries(client, streets, django_assert_max_num_queries):
    answers(client, "12 rue carnot")
    with django_assert_max_num_queries(8):
        answers(client, "14 rue carnot")
