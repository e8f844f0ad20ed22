"""How often one may try, counted for the client that really asks, in what all processes share."""

import ipaddress

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.urls("tests.accounts.urls")

ASK, SIGN_IN = "/agents/connexion/code/", "/agents/connexion/"


def test_limits_are_counted_in_the_database_that_all_processes_share(db):
    assert isinstance(caches["default"], DatabaseCache)


def test_five_wrong_passwords_close_an_account_to_guessing_from_anywhere(ana, browser):
    for number in range(5):
        browser(f"203.0.113.{number}").sign_in(ana, f"essai-numero-{number}-rate")
    other = browser("198.51.100.1")
    answer = other.sign_in(ana)
    assert "Trop d’essais." in answer.content.decode()
    assert other.signed_in_as is None


def test_a_limit_holds_when_thousands_of_other_addresses_were_typed_since(ana, browser):
    """The cache throws old entries away when it is full: not those that guard an account."""
    for number in range(5):
        browser(f"203.0.113.{number}").sign_in(ana, f"essai-numero-{number}-rate")
    for number in range(1000):
        caches["default"].set(f"allauth:rl:somebody:{number}", [1.0], 300)
    assert "Trop d’essais." in browser("198.51.100.1").sign_in(ana).content.decode()


def test_three_codes_a_minute_for_one_address(ana, browser, mailoutbox):
    for number in range(5):
        browser(f"203.0.113.{number}").send(ASK, email=ana.email)
    assert len(mailoutbox) == 3


def test_a_limit_by_address_does_not_tell_whether_it_has_an_account(ana, browser):
    pages = []
    for address in ("ana@demo.example", "zoe@demo.example"):
        for number in range(4):
            answer = browser(f"203.0.113.{number}").send(ASK, email=address)
        pages.append((answer.status_code, "Trop d’essais." in answer.content.decode()))
    assert pages == [(200, True), (200, True)]


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_a_client_does_not_become_another_by_a_header(ana, browser, header):
    answers = []
    for number in range(11):
        one = browser("203.0.113.7")
        one.defaults[header] = f"198.51.100.{number}"
        page = one.send(SIGN_IN, login=f"qui{number}@demo.example", password=PASSWORD)
        answers.append("Trop d’essais." in page.content.decode())
    assert answers == [False] * 10 + [True]


def test_behind_our_proxy_each_client_is_counted_by_itself(ana, browser, settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    for number in range(12):
        one = browser("10.0.0.1")
        one.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}:4{number:03}"
        page = one.send(SIGN_IN, login=f"qui{number}@demo.example", password=PASSWORD)
        assert "Trop d’essais." not in page.content.decode()


def test_a_port_does_not_make_another_client(ana, browser, settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    for number in range(11):
        one = browser("10.0.0.1")
        one.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.1:4{number:03}"
        page = one.send(SIGN_IN, login=f"qui{number}@demo.example", password=PASSWORD)
    assert "Trop d’essais." in page.content.decode()


def test_one_ipv6_subscriber_is_one_client(ana, browser):
    for number in range(11):
        one = browser(f"2001:db8:1:2::{number + 1:x}")
        page = one.send(SIGN_IN, login=f"qui{number}@demo.example", password=PASSWORD)
    assert "Trop d’essais." in page.content.decode()


def test_too_many_requests_get_a_page_that_says_so(db, browser):
    one = browser()
    for _number in range(31):
        one.cookies.clear()
        answer = one.send(SIGN_IN, login="", password="")
    assert answer.status_code == 429
    assert "Trop d’essais en peu de temps" in answer.content.decode()
