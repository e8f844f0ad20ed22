"""Sessions are opened as long as they last, and no longer."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings

from riverain.accounts.browsers import family, system
from riverain.accounts.models import Session
from riverain.accounts.sessions import SessionStore, signed_in
from riverain.core import clock
from riverain.site.tasks import clear_sessions


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


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def signed(db):
    """The key of a session that someone signed in with, at `at`."""

    def made(at, user_agent=""):
        with clock.frozen(at):
            session = SessionStore()
            request = SimpleNamespace(session=session, headers={"User-Agent": user_agent})
            signed_in(request)
            session.create()
        return session.session_key

    return made


def is_open(key, at):
    with clock.frozen(at):
        return bool(dict(SessionStore(key).items()))


def test_a_session_that_nobody_uses_ends_after_half_an_hour(signed):
    at = clock.now()
    assert settings.SESSION_IDLE == 1_800
    assert is_open(signed(at), at + 29 * MINUTE)
    assert not is_open(signed(at), at + 30 * MINUTE)


def test_a_session_in_use_goes_on_until_twelve_hours_after_the_sign_in_and_no_longer(signed):
    at = clock.now()
    key = signed(at)
    for quarter in range(1, 48):
        assert is_open(key, at + quarter * 15 * MINUTE), quarter
    assert not is_open(key, at + 12 * HOUR)


def test_writing_in_a_session_does_not_make_it_last_past_its_twelve_hours(signed):
    at = clock.now()
    key = signed(at)
    for quarter in range(1, 48):
        with clock.frozen(at + quarter * 15 * MINUTE):
            session = SessionStore(key)
            session["said"] = quarter
            session.save()
    assert not is_open(key, at + 12 * HOUR)


def test_both_ends_are_settings(signed, settings):
    settings.SESSION_IDLE, settings.SESSION_COOKIE_AGE = 600, 3_600
    at = clock.now()
    assert not is_open(signed(at), at + 10 * MINUTE)
    key = signed(at)
    assert all(is_open(key, at + passed * 9 * MINUTE) for passed in range(1, 7))
    assert not is_open(key, at + HOUR)


def test_a_session_in_use_is_written_once_a_minute(signed, django_assert_num_queries):
    at = clock.now()
    key = signed(at)
    for passed, queries in [(59, 1), (60, 2), (61, 1), (119, 1), (120, 2)]:
        with django_assert_num_queries(queries):
            assert is_open(key, at + timedelta(seconds=passed))


def test_sessions_that_have_ended_are_swept_and_no_others(signed):
    at = clock.now()
    ended, used = signed(at - 31 * MINUTE), signed(at - 31 * MINUTE)
    is_open(used, at - 15 * MINUTE)
    clear_sessions(0)
    assert [row.session_key for row in Session.objects.all()] == [used]
    assert ended != used


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            ("Firefox", "Windows"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S911B) Chrome/126.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15",
            ("Safari", "macOS"),
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", ("Firefox", "Linux")),
        ("curl/8.5.0", ("", "")),
        ("<script>alert(1)</script>", ("", "")),
        ("", ("", "")),
    ],
)
def test_of_a_browser_its_family_and_its_system_are_kept_and_nothing_else(signed, said, known):
    row = Session.objects.get(session_key=signed(clock.now(), said))
    assert (row.browser, row.system) == known == (family(said), system(said))
    assert set(SessionStore(row.session_key).values()) <= {row.began_at.timestamp(), *known}
