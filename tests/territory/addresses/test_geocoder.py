"""The geocoder behind our own addresses: asked last, believed little, never waited for."""

import json
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.territory import queries
from riverain.territory.addresses import geocoder, searching
from riverain.territory.addresses.importing import import_file
from tests.territory.addresses import geocoding
from tests.territory.addresses.ban import lille, town_lines, write

TEXT = "12 rue neuve"


@pytest.fixture
def town(db):
    lille()
    return queries.collectivity_by_slug("lille")


@pytest.fixture
def asked(town, settings, monkeypatch):
    monkeypatch.setattr(geocoder, "breaker", geocoder._Breaker())
    with geocoding.geocoder() as (said, url):
        settings.GEOCODER_URL = url
        yield said


def labels(town, text=TEXT):
    return [one.label for one in searching.search(text, town=town)]


@pytest.mark.row("L-05")
def test_it_answers_where_our_own_rows_do_not(asked, town):
    assert labels(town) == ["12 Rue Neuve, 59000 Lille"]
    path, question = asked.asked[0]
    assert path == "/search/"
    assert question["q"] == [TEXT]
    assert set(question) == {"q", "limit", "autocomplete", "lon", "lat"}


def test_what_we_hold_is_not_asked_elsewhere(asked, town, tmp_path):
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", town_lines()))
    assert labels(town, "12 rue carnot") == ["12 Rue Carnot, 59000 Lille"]
    assert asked.asked == []


@pytest.mark.parametrize("text", ["rue n", "12 ru"])
def test_the_first_letters_are_not_sent(asked, town, text):
    assert labels(town, text) == []
    assert asked.asked == []


def test_off_nobody_is_asked(asked, town, settings):
    settings.GEOCODER_URL = ""
    assert labels(town) == []
    assert asked.asked == []


def test_what_lies_where_nobody_receives_is_left_out(asked, town):
    asked.body = geocoding.collection(
        geocoding.feature("12 Rue Neuve", lon=2.37, lat=51.03), geocoding.feature("3 Rue Neuve")
    )
    assert labels(town) == ["3 Rue Neuve, 59000 Lille"]


@pytest.mark.parametrize(
    "wrong", [{"type": "municipality"}, {"score": 0.2}, {"name": ""}, {"name": "Rue\u202eNeuve"}]
)
def test_what_is_no_address_is_left_out(asked, town, wrong):
    asked.body = geocoding.collection(geocoding.feature(**wrong))
    assert labels(town) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Bad Gateway</html>",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"features": null}',
        b'{"features": [null, 1, "x", {}, {"geometry": null, "properties": null}]}',
        b'{"features": [{"geometry": {"coordinates": ["a", "b"]}, "properties": {}}]}',
        b"[" * 100_000,
        json.dumps({"features": ["x" * 300_000]}).encode(),
    ],
)
def test_nonsense_is_no_answer(asked, town, body):
    asked.body = body
    assert labels(town) == []


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 502, 503])
def test_a_refusal_is_no_answer(asked, town, status):
    asked.status = status
    assert labels(town) == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_its_answer_leads_to_no_other_machine(asked, town, status):
    """Whoever holds the geocoder, or the way to it, would choose what our server asks within the
    town's network."""
    with geocoding.geocoder() as (inside, url):
        asked.status, asked.location = status, f"{url}/"
        assert labels(town) == []
        assert len(asked.asked) == 1
        assert inside.asked == []


@pytest.mark.parametrize("manner", ["waits", "drips"])
def test_a_slow_one_costs_a_second_and_no_more(asked, town, manner):
    asked.wait, asked.drip = (3.0, False) if manner == "waits" else (0.0, True)
    begins = time.monotonic()
    assert labels(town) == []
    assert time.monotonic() - begins < 2


def test_after_three_failures_nobody_asks_for_a_while_then_one_tries(asked, town, monkeypatch):
    asked.status = 503
    for _ in range(5):
        assert labels(town) == []
    assert len(asked.asked) == 3
    asked.status = 200
    later = time.monotonic() + 31
    monkeypatch.setattr(geocoder.time, "monotonic", lambda: later)
    assert labels(town) == ["12 Rue Neuve, 59000 Lille"]
    assert labels(town) == ["12 Rue Neuve, 59000 Lille"]
    assert len(asked.asked) == 5


def test_no_answer_for_us_is_no_failure(asked, town):
    asked.status = 400
    for _ in range(5):
        labels(town)
    assert len(asked.asked) == 5


def test_one_that_is_down_is_soon_not_asked(town, settings, monkeypatch):
    monkeypatch.setattr(geocoder, "breaker", geocoder._Breaker())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.GEOCODER_URL = f"http://127.0.0.1:{taken.getsockname()[1]}"
        for _ in range(4):
            assert labels(town) == []
        assert not geocoder.breaker.lets_through()


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["geometry", "properties", "coordinates", "type", "score", "name", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_whatever_a_feature_is_it_is_an_address_or_nothing(raw):
    found = geocoder.read(raw)
    assert found is None or (abs(found.lon) <= 180 and 0 <= found.score <= 1)
