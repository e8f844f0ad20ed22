"""Sessions are opened as long as they last, and no longer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from riverain.accounts.sessions import SessionStore
from riverain.core import clock


@pytest.fixture
def begun(db):
    session = SessionStore()
    session["said"] = "bonjour"
    session.create()
    return session.session_key


def test_a_session_gives_back_what_it_holds(begun, django_assert_num_queries):
    assert SessionStore.__module__ == settings.SESSION_ENGINE
    again = SessionStore(begun)
    with django_assert_num_queries(1):
        assert again["said"] == "bonjour"
    again["said"] = "bonsoir"
    again.save()
    assert SessionStore(begun)["said"] == "bonsoir"


@pytest.mark.parametrize("lasting", [timedelta(seconds=-1), None])
def test_a_session_that_ended_is_empty_and_its_key_is_not_taken_up(begun, lasting):
    rows = Session.objects.filter(session_key=begun)
    if lasting is None:
        rows.delete()
    else:
        rows.update(expire_date=clock.now() + lasting)
    again = SessionStore(begun)
    assert dict(again.items()) == {}
    assert again.session_key is None


def test_a_session_that_someone_wrote_without_our_key_is_empty(begun):
    Session.objects.filter(session_key=begun).update(session_data="bm90aGluZw:1x:sig")
    assert dict(SessionStore(begun).items()) == {}
