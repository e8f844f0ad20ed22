"""« Mes connexions »: where one is signed in, and ending it from elsewhere."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riverain.accounts.actions import create_person, set_password, share_password
from riverain.accounts.models import Session
from riverain.audit.models import Entry
from riverain.core import clock

PAGE = "/agents/mes-connexions"
FIREFOX, PHONE, UNKNOWN = ("Firefox", "Windows"), ("Safari", "iPhone"), ("", "")


@pytest.fixture
def coordinator(city):
    return city.people["coordinator"]


@pytest.fixture
def sign_in():
    """A browser that someone signed in with."""

    def made(person, browser=FIREFOX):
        one = Client()
        one.force_login(person)
        session = one.session
        session["browser"], session["system"] = browser
        session.save()
        return one

    return made


def page(one):
    answer = one.get(PAGE)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def handles(text):
    return re.findall(r'name="connexion" value="(\w+)"', text)


def is_signed_in(one):
    return one.get("/agents/").status_code == 200


def test_each_browser_is_shown_and_this_one_is_marked(coordinator, sign_in):
    here, phone = sign_in(coordinator), sign_in(coordinator, PHONE)
    text = page(here)
    assert re.search(r"<b>Firefox sur Windows</b> <span class=\"chip done\">celui-ci</span>", text)
    assert "<b>Safari sur iPhone</b>" in text
    assert len(handles(text)) == 1
    assert "<b>Safari sur iPhone</b> <span" in page(phone)


def test_it_says_when_each_was_opened_and_when_it_was_used_since(coordinator, sign_in):
    then = clock.now() - timedelta(minutes=20)
    with clock.frozen(then):
        phone = sign_in(coordinator, PHONE)
    here = sign_in(coordinator)
    of_phone = re.compile(
        r"Safari sur iPhone</b> <p [^>]*>Ouvert <time[^>]*>[^<]*</time>(, utilisé)?"
    )
    assert of_phone.search(page(here))[1] is None
    with clock.frozen(then + timedelta(minutes=10)):
        phone.get("/agents/")
    assert of_phone.search(page(here))[1]
    assert Session.objects.filter(began_at=then, seen_at=then + timedelta(minutes=10)).count() == 1


def test_no_key_of_a_session_stands_in_the_page(coordinator, sign_in):
    """Whoever read it there, a screen that is shared for one, could be that agent."""
    here, _phone = sign_in(coordinator), sign_in(coordinator, PHONE)
    text = page(here)
    for key in Session.objects.values_list("session_key", flat=True):
        assert key not in text


def test_ending_one_counts_from_its_very_next_request_and_leaves_the_others(coordinator, sign_in):
    here, phone, office = (sign_in(coordinator, one) for one in (FIREFOX, PHONE, UNKNOWN))
    text = page(here)
    handle = next(one for one in handles(text) if "iPhone" in text.split(one)[1][:120])
    answer = here.post(PAGE, {"connexion": handle}, follow=True)
    assert "Cette connexion est terminée." in answer.content.decode()
    assert [is_signed_in(one) for one in (here, phone, office)] == [True, False, True]
    assert (
        "Cette connexion était déjà terminée."
        in here.post(PAGE, {"connexion": handle}, follow=True).content.decode()
    )


def test_all_others_end_together_and_this_one_goes_on(coordinator, sign_in):
    here, *others = (sign_in(coordinator, one) for one in (FIREFOX, PHONE, UNKNOWN))
    answer = here.post(PAGE, follow=True)
    assert "2 autres connexions sont terminées." in answer.content.decode()
    assert is_signed_in(here)
    assert not any(map(is_signed_in, others))
    assert "Votre compte n’est ouvert nulle part ailleurs." in page(here)
    said = here.post(PAGE, follow=True).content.decode()
    assert "Vous n’étiez connecté nulle part ailleurs." in said


def test_nobody_sees_or_ends_the_session_of_someone_else(city, coordinator, sign_in):
    """Not even where both have one password, as the accounts of a demonstration do."""
    admin = city.people["administrator"]
    share_password(acting="system:test", users=[coordinator, admin], password="un-banc-repeint")
    for person in (coordinator, admin):
        person.refresh_from_db()
    mine, theirs = sign_in(coordinator), sign_in(admin, PHONE)
    sign_in(admin)
    assert "iPhone" not in page(mine)
    (handle,) = handles(page(theirs))
    mine.post(PAGE, {"connexion": handle})
    mine.post(PAGE)
    assert is_signed_in(theirs)
    assert len(handles(page(theirs))) == 1


def test_whoever_lost_their_last_role_still_closes_what_they_left_open(city, sign_in):
    gone = create_person(acting="system:test", email="gone@lille.example", name="Ancien Agent")
    here, phone = sign_in(gone), sign_in(gone, PHONE)
    assert here.get("/agents/").status_code == 403
    here.post(PAGE)
    assert phone.get("/agents/")["Location"].startswith("/agents/connexion/")
    assert handles(page(here)) == []


def test_the_log_tells_that_sessions_were_ended_once_and_not_which(coordinator, sign_in):
    here, _phone = sign_in(coordinator), sign_in(coordinator, PHONE)
    here.post(PAGE)
    here.post(PAGE)
    ended = Entry.objects.filter(stream_kind="person", stream_id=coordinator.pk)
    (entry,) = ended.filter(kind="person.sessions-ended")
    assert entry.acting == coordinator.label
    assert entry.payload == {"sessions": 1}


def test_sessions_of_an_earlier_password_are_not_shown(coordinator, sign_in):
    sign_in(coordinator, PHONE)
    set_password(acting=coordinator.label, user=coordinator, password="un-autre-banc-repeint")
    assert handles(page(sign_in(coordinator))) == []


def test_the_page_asks_the_same_whatever_the_number_of_sessions(coordinator, sign_in):
    here = sign_in(coordinator)
    counts = []
    for _ in range(2):
        page(here)  # what the process holds in memory is read
        with CaptureQueriesContext(connection) as asked:
            page(here)
        counts.append(len(asked))
        for _ in range(3):
            sign_in(coordinator, PHONE)
    assert counts[0] == counts[1]


def test_a_form_of_another_site_ends_nothing(coordinator, sign_in):
    strict, phone = Client(enforce_csrf_checks=True), sign_in(coordinator, PHONE)
    strict.force_login(coordinator)
    assert strict.post(PAGE).status_code == 403
    assert is_signed_in(phone)


def test_the_sign_in_page_says_that_the_session_ended_and_leads_back(coordinator, sign_in):
    here = sign_in(coordinator)
    Session.objects.update(expire_date=clock.now())
    answer = here.get("/agents/?vue=en-retard")
    assert answer["Location"] == "/agents/connexion/?next=/agents/%3Fvue%3Den-retard&fin=1"
    text = here.get(answer["Location"]).content.decode()
    assert "Votre session a pris fin." in text
    assert '<input type="hidden" name="next" value="/agents/?vue=en-retard">' in text
    assert "fin=1" not in here.get("/agents/")["Location"]


def test_whoever_signed_out_or_never_came_reads_nothing_of_a_session(coordinator, sign_in):
    here = sign_in(coordinator)
    here.post("/agents/connexion/fin/")
    for one in (here, Client()):
        answer = one.get("/agents/", follow=True)
        assert "Votre session a pris fin." not in answer.content.decode()
