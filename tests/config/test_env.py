"""What the environment says, and the sentence for what it says wrongly."""

import pytest

from riverain.config import env


@pytest.fixture
def given(monkeypatch):
    def set_to(value):
        monkeypatch.setenv("DATABASE_URL", value)
        return env.database("DATABASE_URL")

    return set_to


@pytest.mark.parametrize(("asked", "after"), [("", 5), ("&prepare=on", 5), ("&prepare=off", None)])
def test_statements_are_prepared_unless_a_pooler_forbids_it(given, asked, after):
    options = given(f"postgresql://a:b@db.example/town?sslmode=require{asked}")["OPTIONS"]
    assert options == {
        "sslmode": "require",
        "server_side_binding": True,
        "prepare_threshold": after,
    }


def test_other_word_for_prepare_is_refused_by_name(given):
    with pytest.raises(env.SettingError, match="DATABASE_URL: prepare=maybe"):
        given("postgresql://a:b@db.example/town?prepare=maybe")


def test_address_of_a_socket_carries_its_folder_and_its_secrets(given):
    found = given("postgresql://a%40b:p%2Fw@/town?host=/run/pg&port=5433")
    assert {name: found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "USER": "a@b",
        "PASSWORD": "p/w",
        "HOST": "/run/pg",
        "PORT": "5433",
        "NAME": "town",
    }


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "postgresql://a@b", "postgresql://a@b:port/c", "sqlite:///x"]
)
def test_other_database_is_refused(given, url):
    with pytest.raises(env.SettingError, match="DATABASE_URL"):
        given(url)
