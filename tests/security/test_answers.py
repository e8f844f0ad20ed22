"""What every answer carries and what none may: headers, cookies, caches, insides, changes."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from riverain.core import clock
from riverain.files.actions import store_picture
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.web.desk.steps import STEPS
from riverain.web.portal.journal import WithoutCodes
from tests import town
from tests.harness import ROOT
from tests.security.conftest import Site

ROLES = ["", "administrator", "contractor", "elected"]


@pytest.fixture
def pages(city):
    """Every address of the product, its places filled with what stands."""
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    made = town.report(city, at=town.CENTRE, pictures=(picture.id,), email="camille@exemple.fr")
    Report.objects.filter(pk=made.pk).update(status=Status.DONE, closed_at=clock.now())
    codes = {"signaler": ["depot", "encombrants"], "suivi": [made.tracking_code]}
    codes |= {"agents/signalements": [step.code for step in STEPS], "agents/saisir": ["depot"]}
    filled = {
        "<slug:family>": "proprete",
        "<slug:number>": made.number,
        "<slug:town>": "lille",
        "<slug:slug>": "lille",
        "<int:rank>": "1",
        "<str:variant>": "thumb",
        "<slug:variant>": "thumb",
        "<int:picture_id>": str(made.pictures.get().pk),
    }

    def walk(resolver, before="/"):
        for part in resolver.url_patterns:
            whole = before + str(part.pattern)
            if isinstance(part, URLPattern):
                for place, value in filled.items():
                    whole = whole.replace(place, value)
                of = next((one for one in codes if whole.startswith(f"/{one}")), "")
                for code in codes.get(of, [""]):
                    yield whole.replace("<str:code>", code).replace("<slug:code>", code)
            else:
                yield from walk(part, whole)

    return sorted({*walk(get_resolver()), "/nowhere", "/agents/nowhere", "/c/nope/", "/c/lille"})


def asker(site, site_of, role):
    return site_of(role) if role else site


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_carries_the_headers_of_its_safety(site, site_of, pages, role):
    visitor = asker(site, site_of, role)
    for page in pages:
        answer = visitor.ask(page)
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff", page
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, page
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", page
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", page
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, page
        assert "frame-ancestors 'none'" in policy, page
        assert "unsafe" not in policy, page
        assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(headers), page
        assert answer.leaks() == [], page


@pytest.mark.parametrize("role", ROLES)
def test_no_cache_keeps_what_is_private(site, site_of, pages, role):
    """All that agents and holders of a code read, the refusals too, and the sign-in."""
    visitor = asker(site, site_of, role)
    for page in pages:
        if page.startswith(("/agents", "/suivi/")):
            answer = visitor.ask(page)
            kept = answer.headers.get("Cache-Control", "")
            if "/photos/" in page and answer.status == 200:
                assert kept in {"private, no-cache", "private, max-age=300"}
            elif answer.status in {200, 404}:
                assert "no-store" in kept, page


def test_a_redirection_to_the_sign_in_leads_back_to_us_only(site):
    """The page that was asked for stands in the address: as a path of ours, whatever it was."""
    for path in ("/agents/", "/agents/signalements/LIL-2026-000001", "/agents/saisir"):
        answer = site.ask(path, query="next=https://evil.example&q=%0d%0aX: y")
        assert answer.status == 302
        assert answer.headers["Location"].startswith("/agents/connexion/?next=/agents/")


@pytest.mark.parametrize("role", ROLES)
def test_nothing_changes_because_someone_looks(site, site_of, pages, rows, role):
    """Robots, previews and prefetching browsers follow every link."""
    visitor = asker(site, site_of, role)
    before = rows()
    for page in pages:
        for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            assert visitor.ask(page, method=method).status < 500 or page == "/readyz"
    assert rows() == before


@pytest.mark.parametrize("role", ["", "administrator"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "get", "\x00"])
def test_no_method_but_ours_does_anything(request, role, method):
    site, site_of, pages, rows = map(request.getfixturevalue, ("site", "site_of", "pages", "rows"))
    visitor = asker(site, site_of, role)
    before = rows()
    for page in pages:
        answer = visitor.ask(page, method=method)
        assert answer.status < 500 or page == "/readyz", page
        assert answer.status != 200 or method == "get", page
    assert rows() == before


@pytest.mark.parametrize("address", ["https://signaler.lille.example", "http://127.0.0.1:8000"])
def test_cookies_are_for_this_host_over_https_and_out_of_reach_of_scripts(address):
    code = (
        "import json; from django.conf import settings as s;"
        "said = {n: getattr(s, n) for n in dir(s) if 'COOKIE' in n or 'HSTS' in n};"
        "from django.contrib.messages.storage import default_storage;"
        "told = default_storage(None).cookie_name;"
        "print(json.dumps(said | {'MESSAGES_COOKIE_NAME': told}))"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RIVERAIN_PUBLIC_URL": address,
        "DJANGO_SETTINGS_MODULE": "riverain.config.settings",
    }
    said = json.loads(
        subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        ).stdout
    )
    secure = address.startswith("https")
    prefix = "__Host-" if secure else ""
    assert said["MESSAGES_COOKIE_NAME"] == prefix + "messages"  # its flags are the session's
    for kind, name in (
        ("SESSION", "sessionid"),
        ("CSRF", "csrftoken"),
        ("LANGUAGE", "django_language"),
    ):
        assert said[f"{kind}_COOKIE_NAME"] == prefix + name
        assert said[f"{kind}_COOKIE_SECURE"] is secure
        assert said[f"{kind}_COOKIE_HTTPONLY"] is True
        assert said[f"{kind}_COOKIE_SAMESITE"] == "Lax"
        assert said[f"{kind}_COOKIE_PATH"] == "/"
        assert said[f"{kind}_COOKIE_DOMAIN"] is None
    assert bool(said["SECURE_HSTS_SECONDS"]) is secure
    assert said["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is secure


def test_a_breakdown_tells_the_visitor_nothing_of_its_cause(site, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr("riverain.web.portal.offers.families", broken)
    answer = site.ask("/")
    assert answer.status == 500
    assert "hunter2" not in answer.text
    assert answer.leaks() == []
    assert answer.headers["Cache-Control"] == "no-store"


def journal_of(site, caplog, *asked, **said):
    """What the journal's handler writes of a request."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    only = WithoutCodes()
    with caplog.at_level(logging.INFO):
        caplog.clear()
        site.ask(*asked, **said)
    return "\n".join(handler.format(one) for one in caplog.records if only.filter(one))


def test_the_journal_holds_no_tracking_code(city, site, caplog):
    """Whoever reads it could else open and answer every report that was refused something."""
    made = town.report(city)
    code = made.tracking_code
    for spelling in (code, code.replace("-", ""), code.replace("-", "%20"), code.lower()):
        said = journal_of(
            site,
            caplog,
            f"/suivi/{spelling}/merci",
            method="POST",
            headers={"sec-fetch-site": "cross-site"},
        )
        assert "Forbidden: /suivi/" in said
        assert code[:4].lower() not in said.lower()
        assert code[-4:].lower() not in said.lower()
    filters = settings.LOGGING["handlers"]["stderr"]["filters"]
    assert [settings.LOGGING["filters"][one]["()"] for one in filters] == [
        f"{WithoutCodes.__module__}.{WithoutCodes.__qualname__}"
    ]


BEGUN = "q=Digicode+4711&lon=3.048721&lat=50.631&photo=jeton-de-la-photo"


@pytest.mark.parametrize(
    "address",
    [
        f"/signaler?{BEGUN}",
        f"/c/lille/signaler/type/sac-plein?{BEGUN}",
        f"https://lille.example/signaler/proprete?{BEGUN}#details",
        f"/?{BEGUN}",
        f"/adresses?{BEGUN}",
    ],
)
def test_the_journal_holds_nothing_of_a_report_that_is_being_made(address):
    """Without JavaScript the words, the place and the photo's token go from page to page there."""
    record = logging.makeLogRecord(
        {"msg": "Forbidden (from %s, not trusted): %s", "args": (address, "/signaler")}
    )
    assert WithoutCodes().filter(record)
    bare = address.partition("?")[0]
    assert record.getMessage() == f"Forbidden (from {bare}?… not trusted): /signaler"


def test_a_refused_page_is_told_without_its_question(city, site, caplog):
    said = journal_of(site, caplog, f"/signaler/nulle-part?{BEGUN}")
    assert "Not Found: /signaler/nulle-part" in said
    assert not any(word in said for word in ("Digicode", "3.048721", "jeton-de-la-photo"))


def test_a_question_in_a_sentence_of_the_journal_stays():
    record = logging.makeLogRecord({"msg": "Is the database there ? %s", "args": ("Hardly.",)})
    assert WithoutCodes().filter(record)
    assert record.getMessage() == "Is the database there ? Hardly."


@pytest.mark.parametrize("lines", ["%0aERROR%20forged", "%0d%0aERROR forged", "%1b[2J", "%c2%85x"])
def test_no_line_of_the_journal_is_forged(site, caplog, lines):
    said = journal_of(site, caplog, f"/nowhere{lines}")
    assert "Not Found: /nowhere" in said
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


def test_who_knocks_under_another_name_does_not_fill_the_journal(site, caplog):
    said = journal_of(site, caplog, "/", headers={"host": "evil.example"})
    assert said == ""


def test_the_journal_holds_nothing_that_was_typed_at_the_sign_in(site, caplog):
    with caplog.at_level(logging.DEBUG):
        for path in ("/agents/connexion/", "/agents/connexion/code/"):
            site.post(
                path,
                [
                    ("login", "coordinator@lille.example"),
                    ("email", "coordinator@lille.example"),
                    ("password", "hunter2-hunter2"),
                ],
            )
    said = caplog.text
    assert "a sign-in by password failed from" in said
    assert "hunter2" not in said
    assert "coordinator@" not in said


def test_public_pages_are_the_same_for_everyone(site, site_of):
    """What a cache may keep holds nothing of who asked for it."""
    for page in ("/zones.geojson", "/donnees-personnelles", "/accessibilite"):
        anyone = site.ask(page)
        agent = site_of("administrator").ask(page)
        assert anyone.content == agent.content
        assert "Set-Cookie" not in anyone.headers


def test_a_session_of_another_key_opens_nothing(city):
    for forged in ("a" * 32, "0", "administrator", "1:abc:def"):
        assert Site(f"sessionid={forged}").ask("/agents/").status == 302
