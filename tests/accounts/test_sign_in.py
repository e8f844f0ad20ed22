"""Signing in with a password, signing out, and what ends a session."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY

from riverain.accounts.actions import deactivate, set_password
from riverain.accounts.models import Session, User
from riverain.core import clock
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.urls("tests.accounts.urls")

SIGN_IN = "/agents/connexion/"
PAGES = [
    "/agents/connexion/",
    "/agents/connexion/code/",
    "/agents/connexion/mot-de-passe/",
    "/agents/connexion/mot-de-passe/fait/",
    "/agents/connexion/compte-ferme/",
    "/agents/connexion/comptes/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows(db, browser, path):
    page = browser().get(path)
    assert page.status_code == 200
    assert "<h1>" in page.content.decode()


def test_a_person_signs_in_and_lands_on_the_desk(ana, browser):
    one = browser()
    answer = one.sign_in(ana)
    assert (answer.status_code, answer["Location"]) == (302, "/agents/")
    assert one.signed_in_as == ana.label


def test_the_case_and_blanks_of_the_address_do_not_count(ana, browser):
    one = browser()
    one.send(SIGN_IN, login="  ANA@Demo.Example ", password=PASSWORD)
    assert one.signed_in_as == ana.label


def test_a_wrong_password_says_the_same_with_and_without_an_account(ana, browser):
    def page(address):
        one = browser()
        answer = one.send(SIGN_IN, login=address, password="pas-le-bon-du-tout")
        assert one.signed_in_as is None
        html = answer.content.decode().replace(address, "ADDRESS")
        return answer.status_code, _without_tokens(html)

    assert page("ana@demo.example") == page("zoe@demo.example")


def test_errors_stand_in_the_summary_and_beside_the_fields(db, browser):
    html = browser().send(SIGN_IN, login="", password="").content.decode()
    assert html.count("Écrivez votre adresse e-mail.") == 2
    assert html.count("Écrivez votre mot de passe.") == 2
    assert 'href="#id_login"' in html


def test_the_password_never_comes_back_in_the_page(ana, browser):
    answer = browser().send(SIGN_IN, login=ana.email, password="pas-le-bon-du-tout")
    assert "pas-le-bon-du-tout" not in answer.content.decode()


def test_signing_in_makes_a_new_session(ana, browser):
    """A session known beforehand (fixed by someone else) is not the one that is signed in."""
    one = browser()
    one.send("/agents/connexion/code/", email="zoe@demo.example")  # makes an anonymous session
    known = one.cookies["sessionid"].value
    # The way back from a code that was asked for.
    one.send("/agents/connexion/code/saisie/", code="")
    one.post(
        "/agents/connexion/fin/",
        {"csrfmiddlewaretoken": one.cookies["csrftoken"].value},
    )
    one.sign_in(ana)
    assert one.signed_in_as == ana.label
    assert one.cookies["sessionid"].value != known
    other = browser()
    other.cookies["sessionid"] = known
    assert other.signed_in_as is None


def test_the_session_of_a_sign_in_knows_whose_it_is_since_when_and_with_what(ana, browser):
    """By the page itself: what `tests/accounts/test_sessions.py` asks of the signal, Django sends."""
    one = browser()
    one.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0"
    at = clock.now()
    with clock.frozen(at):
        one.sign_in(ana)
    with clock.frozen(at + timedelta(minutes=20)):
        assert one.signed_in_as == ana.label
    row = Session.objects.get(user=ana)
    assert (row.browser, row.system) == ("Firefox", "Windows")
    assert one.session["began"] == row.began_at.timestamp() == at.timestamp()
    assert row.seen_at == at + timedelta(minutes=20)


def test_a_new_password_ends_every_session(ana, browser):
    home, work = browser(), browser()
    for one in (home, work):
        one.sign_in(ana)
        assert one.signed_in_as == ana.label
    set_password(acting="system:cli", user=ana, password="un-autre-banc-repeint")
    assert [one.signed_in_as for one in (home, work)] == [None, None]


def test_closing_the_account_ends_every_session_for_good(ana, browser):
    home, work = browser(), browser()
    for one in (home, work):
        one.sign_in(ana)
    deactivate(acting="system:cli", user=ana)
    assert [one.signed_in_as for one in (home, work)] == [None, None]
    type(ana).objects.filter(pk=ana.pk).update(is_active=True)
    assert [one.signed_in_as for one in (home, work)] == [None, None]
    assert home.sign_in(ana).status_code == 200


def test_signing_out_needs_a_form_and_empties_the_session(ana, browser):
    one = browser()
    one.sign_in(ana)
    assert one.get("/agents/connexion/fin/").status_code == 405
    assert one.post("/agents/connexion/fin/").status_code == 403  # no token
    assert one.signed_in_as == ana.label
    old = one.cookies["sessionid"].value
    token = one.cookies["csrftoken"].value
    answer = one.post("/agents/connexion/fin/", {"csrfmiddlewaretoken": token})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    other = browser()
    other.cookies["sessionid"] = old
    assert [one.signed_in_as, other.signed_in_as] == [None, None]


def test_a_sign_in_without_the_forms_token_is_refused(ana, browser):
    one = browser()
    answer = one.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert one.signed_in_as is None


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/agents/?vue=retard", "/agents/?vue=retard"),
        ("http://testserver/agents/", "http://testserver/agents/"),
        ("https://mal.example/", "/agents/"),
        ("//mal.example/", "/agents/"),
        ("///mal.example", "/agents/"),
        ("/\\mal.example", "/agents/"),
        ("https:/mal.example", "/agents/"),
        ("http://testserver@mal.example/", "/agents/"),
        ("javascript:alert(1)", "/agents/"),
        # Another host that the instance answers to is another town: not this one's pages.
        ("http://localhost/agents/", "/agents/"),
    ],
)
def test_next_leads_nowhere_but_to_this_host(ana, browser, asked, reached):
    one = browser()
    answer = one.send(SIGN_IN, login=ana.email, password=PASSWORD, next=asked)
    assert (answer.status_code, answer["Location"]) == (302, reached)


def test_signing_out_follows_next_no_further(ana, browser):
    one = browser()
    one.sign_in(ana)
    token = one.cookies["csrftoken"].value
    answer = one.post(
        "/agents/connexion/fin/", {"csrfmiddlewaretoken": token, "next": "//mal.example/"}
    )
    assert answer["Location"] == "/"


def test_nobody_opens_an_account(db, browser):
    one = browser()
    page = one.get("/agents/connexion/comptes/")
    assert "Les comptes sont ouverts par votre collectivité" in page.content.decode()
    one.get("/agents/connexion/")  # the closed page has no form, hence no token
    one.post(
        "/agents/connexion/comptes/",
        {
            "email": "mal@demo.example",
            "password1": PASSWORD,
            "csrfmiddlewaretoken": one.cookies["csrftoken"].value,
        },
    )
    assert not User.objects.exists()


def test_a_signed_in_person_is_led_on_from_the_sign_in_page(ana, browser):
    one = browser()
    one.sign_in(ana)
    assert one.get(SIGN_IN)["Location"] == "/agents/"


def test_the_session_ends_with_the_browser_and_after_twelve_hours(ana, browser):
    one = browser()
    one.sign_in(ana)
    assert one.cookies["sessionid"]["max-age"] == ""
    assert one.cookies["sessionid"]["httponly"]
    assert one.cookies["sessionid"]["samesite"] == "Lax"
    assert one.session[SESSION_KEY] == str(ana.pk)
    assert one.session.get_expiry_age() == 12 * 3600


def _without_tokens(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
