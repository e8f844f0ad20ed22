"""The password that the demo makes for its accounts."""

import os

import pytest
from django.contrib.auth.password_validation import validate_password
from hypothesis import given
from hypothesis import strategies as some

from riverain.accounts.models import User
from riverain.site.demo import password
from riverain.site.demo.people import PEOPLE

USERS = [User(email=one.email, name=one.name) for one in PEOPLE]
SIGNS = "234679bcdfghjkmnpqrtvwxz"


def grouped(signs):
    return "-".join(signs[at : at + 4] for at in (0, 4, 8))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RIVERAIN_HOME", str(tmp_path))
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", "")


def test_it_is_made_once_and_kept(home, monkeypatch):
    password.invent()
    made = os.environ["RIVERAIN_DEMO_PASSWORD"]
    assert made == grouped(made.replace("-", ""))
    assert len(made) == 14
    assert set(made) <= {*SIGNS, "-"}
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", "")
    password.invent()
    assert os.environ["RIVERAIN_DEMO_PASSWORD"] == made


def test_one_that_is_set_stays(home, monkeypatch):
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", "bobine-cerceau-lanterne")
    password.invent()
    assert os.environ["RIVERAIN_DEMO_PASSWORD"] == "bobine-cerceau-lanterne"


@given(some.text(SIGNS, min_size=12, max_size=12))
def test_none_is_refused_for_any_account(signs):
    for user in USERS:
        validate_password(grouped(signs), user)


@pytest.mark.parametrize("user", USERS, ids=lambda user: user.email)
def test_not_even_one_of_the_letters_of_an_account_is_refused(user):
    for said in (user.name, user.email, *user.email.split("@"), *user.name.split()):
        letters = [sign for sign in said.lower() if sign in SIGNS]
        signs = "".join([*letters, *"2" * 12])[:12]
        validate_password(grouped(signs), user)
