"""The database away: what is answered, what is kept of a form, what the journal says.

None of these tests may touch a database: `db` is not asked for, so pytest-django refuses queries.
"""

import logging
from html.parser import HTMLParser

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from riverain.core.refusals import Forbidden
from riverain.web.ui import away, errors
from riverain.web.ui.urls import urlpatterns as language
from tests.ui.gallery import MIDDLEWARE

OURS = {"headers": {"sec-fetch-site": "same-origin"}}


def lost(code=None):
    error = OperationalError("connection refused")
    kind = psycopg.errors.lookup(code) if code else psycopg.OperationalError
    error.__cause__ = kind("x")
    return error


def raising(_request):
    raise lost()


urlpatterns = [*language, path("envoi", raising), path("bon", lambda _request: HttpResponse())]
handler500 = errors.broken


class BreaksOutside:
    """Fails before any view is chosen, as the middleware that finds the collectivity does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/bon":
            raise lost("57P03")
        return self.get_response(request)


OUTSIDE = f"{__name__}.BreaksOutside"


@pytest.fixture
def client():
    middleware = [*MIDDLEWARE]
    middleware.insert(middleware.index("django.middleware.common.CommonMiddleware"), OUTSIDE)
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=middleware):
        yield Client(raise_request_exception=False)


class Form(HTMLParser):
    """The fields of the page's form, as a browser would send them again."""

    def __init__(self, html):
        super().__init__()
        self.sent, self.shown, self.files, self.area = {}, [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "textarea":
            self.area = given["name"]
            self.sent.setdefault(self.area, []).append("")
            self.shown.append(self.area)
        elif tag == "input" and given.get("type") == "file":
            self.files.append(given["name"])
        elif tag == "input" and given.get("type") == "hidden":
            self.sent.setdefault(given["name"], []).append(given["value"])

    def handle_data(self, data):
        if self.area:
            self.sent[self.area][-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # The first line break after <textarea> is not part of it.
            self.sent[self.area][-1] = self.sent[self.area][-1].removeprefix("\n")
            self.area = None


def form_of(answer):
    return Form(answer.content.decode())


@pytest.mark.parametrize("address", ["/envoi?page=2", "/bon"])
def test_a_page_asks_to_try_again_at_the_same_address(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "20")
    assert answer["Cache-Control"] == "no-store"
    assert f'href="{address}"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/envoi", "/bon"])
def test_a_form_comes_back_with_all_that_was_typed(client, address):
    sent = {
        "submission": ["6f1d2f4e-9a53-4a3b-8a5e-0d5f7f7f7f7f"],
        "description": ["\nUn « sac » éventré\r\n<script>alert(1)</script>"],
        "seen": ["1", "2"],
        "address": ["12 rue d’Arras"],
        "email": [""],
        "q-free": ["Il y a aussi une tache d’huile devant le numéro 14."],
    }
    answer = client.post(address, sent, **OURS)
    form = form_of(answer)
    assert answer.status_code == 503
    assert form.sent == sent
    assert form.shown == ["description", "address", "q-free"]
    assert b"<script>alert" not in answer.content


def test_photos_are_said_to_be_joined_again(client):
    photo = SimpleUploadedFile("a.jpg", b"x", content_type="image/jpeg")
    answer = client.post("/envoi", {"text": "Voici", "photos": photo}, **OURS)
    assert form_of(answer).files == ["photos"]
    assert 'enctype="multipart/form-data"' in answer.content.decode()
    assert form_of(client.post("/envoi", {"text": "Voici"}, **OURS)).files == []


@pytest.mark.parametrize(
    ("sent", "options"),
    [
        ({"email": "a@demo.example", "password": "correct horse"}, OURS),
        ({"text": "x"}, {"headers": {"sec-fetch-site": "cross-site"}}),
        ({"text": "x"}, {"headers": {"origin": "https://elsewhere.example"}}),
        ({"text": "x" * (away.MOST_SIGNS + 1)}, OURS),
        ({f"f{n}": "x" for n in range(away.MOST_FIELDS + 1)}, OURS),
        ({}, OURS),
    ],
    ids=["password", "other site", "other origin", "too long", "too many", "nothing"],
)
def test_some_forms_do_not_come_back(client, sent, options):
    answer = client.post("/envoi", sent, **options)
    assert answer.status_code == 503
    assert "<form" not in answer.content.decode()
    assert "Revenez en arrière" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"--x\r\n", "multipart/form-data; boundary=x"), (b"x" * 1_000_001, "text/plain"), (b"", "")],
)
def test_what_cannot_be_read_is_not_kept(body, kind):
    request = RequestFactory().generic("POST", "/", body, content_type=kind)
    assert away.kept(request) is None


def test_a_form_cut_on_the_way_is_not_kept():
    request = RequestFactory().post("/", {"text": "x"})
    request.read(3)
    assert away.kept(request) is None


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (None, True),
        ("08006", True),
        ("57P01", True),
        ("53300", True),
        ("57014", False),
        ("55P03", False),
        ("40P01", False),
    ],
)
def test_a_slow_statement_is_no_absence(code, answer):
    assert away.is_away(lost(code)) is answer
    assert away.is_away(InterfaceError("the connection is closed"))
    assert not away.is_away(ValueError("x"))


def record(error=None, request=None):
    made = logging.LogRecord("django.request", logging.ERROR, "f", 1, "Trace: %s", ("/x",), None)
    if error:
        made.exc_info = (type(error), error, None)
    made.request = request
    return made


def test_the_journal_has_one_line_a_minute_without_a_trace(monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(away.time, "monotonic", lambda: clock[0])
    once = away.OnceAMinute()
    marked = RequestFactory().get("/")
    marked.database_error = lost()
    first = record(lost())
    assert once.filter(first)
    assert first.exc_info is None
    assert first.getMessage() == (
        "The database does not answer (connection refused)."
        " Requests answered 503 since it was said: 1"
    )
    assert [once.filter(record(request=marked)) for _ in range(50)] == [False] * 50
    clock[0] += 60
    last = record(lost())
    assert once.filter(last)
    assert last.getMessage().endswith(": 51")


def test_other_lines_of_the_journal_are_left_alone():
    once = away.OnceAMinute()
    for one in (record(), record(ValueError("x")), record(lost("57014"))):
        assert once.filter(one)
        assert once.filter(one)
        assert one.getMessage() == "Trace: /x"


def test_a_flood_of_requests_writes_one_line(client, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "filters", [away.OnceAMinute()])
    for _ in range(10):
        client.get("/bon")
        client.get("/envoi")
    said = [one for one in caplog.records if one.name == "django.request"]
    assert len(said) == 1
    assert said[0].exc_info is None


def test_the_settings_put_the_filter_on_the_journal():
    assert settings.LOGGING["loggers"]["django.request"]["filters"] == ["away"]
    assert settings.LOGGING["filters"]["away"]["()"] == "riverain.web.ui.away.OnceAMinute"


def test_a_form_whose_token_has_ended_comes_back_with_a_fresh_one():
    """The token of the page that comes back passes: what was typed is sent by pressing again."""
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        browser = Client(enforce_csrf_checks=True)
        sent = {"text": "Bonjour", "csrfmiddlewaretoken": "ended"}
        answer = browser.post("/bon", sent, **OURS)
        form = form_of(answer)
        assert answer.status_code == 403
        assert "Rien n’est perdu" in answer.content.decode()
        assert form.sent["text"] == ["Bonjour"]
        assert len(form.sent["csrfmiddlewaretoken"]) == 1
        assert browser.post("/bon", form.sent, **OURS).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}])
def test_a_form_that_the_browser_does_not_call_ours_gets_no_token(headers):
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        browser = Client(enforce_csrf_checks=True)
        answer = browser.post("/bon", {"text": "Bonjour"}, headers=headers)
    assert answer.status_code == 403
    assert "<form" not in answer.content.decode()
    assert not answer.cookies


def test_a_form_sent_after_the_session_s_end_stays_on_the_page():
    request = RequestFactory().post("/agents/", {"text": "Vu sur place."}, **OURS)
    answer = errors.signed_out(request, "/agents/connexion/")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert form_of(answer).sent == {"text": ["Vu sur place."]}
    assert 'href="/agents/connexion/" target="_blank"' in html
    with pytest.raises(Forbidden, match="session a pris fin"):
        errors.signed_out(RequestFactory().post("/agents/", {}, **OURS), "/agents/connexion/")
