"""Requests that no browser sends: broken headers, cookies and charsets, endless addresses.

Some of these reached Django before any of its handling: nobody answered, and one request could
hold a process for minutes.
"""

import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from riverain.site import addresses
from riverain.site.request import LONGEST, content_type
from tests.security.conftest import Site

FORM = "/signaler/type/sac-plein"


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        ("text/html", "text/html"),
        ("application/json; charset=utf-8", "application/json"),
        ("multipart/form-data; boundary=abc", 'multipart/form-data; boundary="abc"'),
        ('multipart/form-data;boundary="a b:c"', 'multipart/form-data; boundary="a b:c"'),
        ("multipart/form-data; charset=hex; boundary=x", 'multipart/form-data; boundary="x"'),
        (f"multipart/form-data; boundary={'x' * 71}", "multipart/form-data"),
        ('a/b; boundary="a\nb"', "a/b"),
        ("nothing", ""),
        ("", ""),
        ("\x00/\x00", ""),
    ],
)
def test_of_the_content_type_the_type_and_the_boundary_are_kept(header, kept):
    assert content_type(header) == kept


@pytest.mark.parametrize(
    "charset",
    ["hex", "rot13", "idna", "punycode", "undefined", "utf-7", "unicode_escape", "x" * 99],
)
def test_a_charset_that_is_none_breaks_nothing(site, charset):
    """`bytes.decode("hex")` raises; utf-7 and unicode_escape make signs that UTF-8 cannot hold."""
    body = b'--x\r\nContent-Disposition: form-data; name="description"\r\n\r\n+2AA-\r\n--x--\r\n'
    for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        answer = site.ask(FORM, method="POST", body=body, content_type=f"{kind}; charset={charset}")
        assert answer.status == 422
    answer = site.ask("/signaler", query="q=%ff%00", content_type=f"text/plain; charset={charset}")
    assert answer.status == 200


@pytest.mark.parametrize("parameter", ["a*=idna''%ff", "boundary*=nope''x", "charset*=hex''41"])
def test_an_encoded_parameter_of_the_content_type_breaks_nothing(site, parameter):
    assert site.ask("/", content_type=f"text/plain; {parameter}").status == 200


def test_a_text_is_utf_8_whatever_charset_was_named(site_of):
    """A lone half of a pair, which only another charset can carry, never reaches the database."""
    answer = site_of("coordinator").ask(
        "/agents/", query="q=%2b2AA-", content_type="text/plain; charset=utf-7"
    )
    assert answer.status == 200
    assert "+2AA-" in answer.text


@pytest.mark.parametrize("value", ["abcdefgh\0", '"abcdefgh\\000"', "\x1b[2Jabcdefgh", "\xff" * 40])
@pytest.mark.parametrize("page", ["/agents/", "/agents/connexion/", "/"])
def test_a_cookie_that_no_database_takes_is_no_cookie(city, value, page):
    answer = Site(f"sessionid={value}").ask(page)
    assert answer.status == (302 if page == "/agents/" else 200)


@pytest.mark.parametrize(
    "header",
    [
        {"cookie": "a=" + '\\"' * LONGEST},
        {"accept-language": "fr," * LONGEST},
        {"if-none-match": '"a",' * LONGEST},
        {"host": "a" * (LONGEST + 1)},
        {"x-forwarded-for": "1," * LONGEST},
    ],
)
def test_a_header_without_end_is_refused_unread(site, header):
    assert site.ask("/", headers=header).status == 431


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/suivi/" + "A" * (LONGEST + 1)},
        {"path": "/", "query": "a=b&" * LONGEST},
        {"path": "/", "content_type": 'a/b; "' + ";" * LONGEST},
    ],
)
def test_an_address_or_a_type_without_end_is_refused_unread(site, asked):
    answer = site.ask(**asked)
    assert answer.status == 431
    assert not answer.leaks()


def test_a_method_without_end_is_refused_unread(site):
    assert site.ask("/", method="A" * (LONGEST + 1)).status == 431


def test_what_is_long_in_the_environment_of_the_process_is_nobodys_request(site):
    """granian hands it on with each request: every page was refused."""
    site.surroundings = {"TOWN_CERTIFICATE": "a" * (LONGEST + 1)}
    assert site.ask("/").status == 200


def test_the_longest_headers_that_pass_cost_little(site):
    """Python takes the square of their length: what passes must stay short."""
    began = time.perf_counter()
    site.ask("/", content_type='a/b; "' + ";" * (LONGEST - 6))
    site.ask("/", headers={"cookie": 'a="' + '\\"' * (LONGEST // 2 - 2) + '"'})
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "origin",
    ["http://[", "http://]", "//", "null.evil.example", "http://testserver:x", "\x00", "é://é", ""],
)
def test_an_origin_that_is_no_address_is_another_sites(site, origin):
    answer = site.ask(FORM, method="POST", headers={"origin": origin})
    assert answer.status == 403


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "[", "a\0b", "", "@"])
def test_a_host_that_is_not_ours_is_refused_by_every_surface(site, host):
    """What links and mails would be made of."""
    for page in ("/", "/agents/connexion/", "/suivi", "/langue"):
        answer = site.ask(page, headers={"host": host, "x-forwarded-host": "testserver"})
        assert answer.status == 400
        assert not answer.leaks()


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example/%2e%2e",
        "/c/lille//evil.example/",
        "/c/lille/%5cevil.example",
        "/c/lille%0d%0aLocation:%20https://evil.example",
        "/c/lille/c/caen/",
        "/c/lille//agents/",
        "/c/lille/agents/connexion/",
        "/c/..%2flille/",
        "/c/lille/%2e%2e/",
    ],
)
def test_no_path_leads_elsewhere(site, asked):
    answer = site.ask(asked)
    assert answer.status == 404
    assert "Location" not in answer.headers


def test_what_is_sent_without_a_length_is_an_empty_form(site):
    answer = site.ask(FORM, method="POST", content_type="multipart/form-data; boundary=x")
    assert answer.status == 422


def test_a_server_that_meets_a_silent_view_does_not_start(monkeypatch):
    """A view that says nothing of who may open it would open to anyone."""

    class Resolver:
        url_patterns = [path("secret", lambda _request: None)]

    addresses.check()
    monkeypatch.setattr(addresses, "get_resolver", Resolver)
    with pytest.raises(ImproperlyConfigured, match="secret"):
        addresses.check()
