"""The attack classes that hit such platforms, tried on the residents' pages."""

import re

import pytest
from django.test import Client

from riverain.catalogue.facts import Outcome
from riverain.catalogue.models import Type
from riverain.core import versions
from riverain.organisation.models import Service
from riverain.reports import actions, intake, timeline
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from tests.portal.conftest import page
from tests.town import report

XSS = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
BARE = re.compile(r"<script>alert|<img src=x|onerror=alert\(1\)>")


def clean(answer):
    return not BARE.search(answer.content.decode())


@pytest.mark.parametrize(
    "path",
    [
        "/signaler?q={}",
        "/suivi?code={}",
        "/suivi/{}",
        "/signaler/{}",
        "/signaler/type/{}",
        "/signaler/type/sac-plein?vu={}",
        "/photos-en-attente?jeton={}",
        "/c/{}/",
        "/?q={}&{}={}",
    ],
)
def test_nothing_of_an_address_comes_back_as_markup(city, client, path):
    from urllib.parse import quote

    assert clean(client.get(path.format(*[quote(XSS, safe="")] * 3)))


def test_nothing_that_was_typed_comes_back_as_markup(city, send):
    fields = ("description", "address", "name", "email", "phone", "lon", "submission", "proof")
    answer = send(**dict.fromkeys(fields, XSS), kept=[XSS])
    assert answer.status_code == 422
    assert clean(answer)


def test_what_a_resident_wrote_is_shown_as_text(city, client):
    made = report(city, description=XSS, address=XSS)
    answer = client.get(f"/suivi/{made.tracking_code}")
    assert clean(answer)
    assert "<script>alert(1)</script>" in page_text(answer)


def page_text(answer):
    import html

    return html.unescape(answer.content.decode())


def test_what_an_agent_wrote_is_shown_as_text(city, client):
    made = report(city)
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text=XSS),
    )
    assert clean(client.get(f"/suivi/{made.tracking_code}"))


def test_what_an_administrator_set_is_shown_as_text(city, client):
    """XSS from the catalogue, the organisation and the town's own texts."""
    Type.objects.update(name=XSS, hint=XSS)
    Type.objects.filter(code="encombrants").update(dead_end=XSS, competent_body=XSS)
    Type.objects.filter(code="seringues").update(emergency=XSS)
    Service.objects.update(name=XSS, phone=XSS[:30], email=XSS, address=XSS, hours=XSS)
    versions.bump("catalogue")
    versions.bump("organisation")
    made = report(city)
    for path in (
        "/signaler/proprete",
        "/signaler?q=script",
        "/signaler/type/sac-plein",
        "/signaler/type/encombrants",
        "/signaler/type/seringues",
        f"/suivi/{made.tracking_code}",
        f"/suivi/{made.tracking_code}/message",
    ):
        assert clean(client.get(path)), path


@pytest.mark.row("L-06")
def test_no_page_allows_a_script_of_its_own(city, client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy


def test_a_repeated_parameter_sends_nothing_to_a_second_address(city, client, said):
    """One address is checked, stored and written to: the last one, never a mix."""
    data = said()
    data["email"] = ["a@exemple.fr", "b@exemple.fr"]
    client.post("/signaler/type/sac-plein", data)
    assert timeline.email_of(Report.objects.get().pk) == "b@exemple.fr"


def test_codes_cannot_be_tried_one_after_another(city, client, monkeypatch):
    """Past the limit a right code says no more than a wrong one."""
    monkeypatch.setattr(intake, "MISSES", 5)
    made = report(city)
    wrong = [client.get(f"/suivi/AAAA-AAAA-AAA{sign}").status_code for sign in "ACDEFG"]
    assert wrong == [404] * 5 + [429]
    assert client.get(f"/suivi/{made.tracking_code}").status_code == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(f"/suivi/{made.tracking_code}").status_code == 200


def test_a_person_who_reloads_their_page_is_not_stopped(city, client, monkeypatch):
    monkeypatch.setattr(intake, "MISSES", 5)
    made = report(city)
    for _ in range(12):
        assert client.get(f"/suivi/{made.tracking_code}").status_code == 200


def test_every_door_of_a_code_counts_as_a_try(city, client, monkeypatch):
    monkeypatch.setattr(intake, "MISSES", 4)
    code = "AAAA-AAAA-AAAA"
    client.post(f"/suivi/{code}/message", {"text": "x"})
    client.post(f"/suivi/{code}/pas-regle", {"claim": "badly"})
    client.post(f"/suivi/{code}/merci")
    client.get(f"/suivi/{code}/photos/1/full")
    assert client.get(f"/suivi/{code}").status_code == 429


@pytest.mark.parametrize("path", ["/suivi/{number}", "/suivi/{id}", "/suivi/LIL-2026-000001"])
def test_a_number_opens_nothing(city, client, path):
    made = report(city)
    assert client.get(path.format(number=made.number, id=made.pk)).status_code == 404


def test_a_household_s_report_has_no_other_address(city, client):
    made = report(city, type_code="poubelle-dehors")
    paths = ("/signalements/{0}", "/carte/{0}", "/donnees/{0}", "/suivi/{0}", "/{0}")
    for path in paths:
        for key in (made.number, made.pk, made.submission_id):
            assert client.get(path.format(key)).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "198.51.100.{}"},
        {"forwarded": "for=198.51.100.{}"},
        {"x-real-ip": "198.51.100.{}"},
        {"x-forwarded-for": "127.0.0.1:{}"},
    ],
)
def test_a_limit_is_not_passed_by_a_header(city, client, send, headers):
    codes = [
        send(
            description=f"Sac {number}",
            headers={name: value.format(number) for name, value in headers.items()},
        ).status_code
        for number in range(7)
    ]
    assert codes == [303] * 6 + [429]


def test_a_limit_is_not_passed_by_a_port(city, said):
    codes = [
        Client(REMOTE_ADDR="203.0.113.7", REMOTE_PORT=str(40_000 + number))
        .post("/signaler/type/sac-plein", said(description=f"Sac {number}"))
        .status_code
        for number in range(7)
    ]
    assert codes == [303] * 6 + [429]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
    ],
)
def test_another_site_cannot_make_its_visitors_send(city, send, client, headers):
    assert send(headers=headers).status_code == 403
    assert not Report.objects.exists()
    made = report(city)
    for what in ("message", "pas-regle", "merci"):
        answer = client.post(f"/suivi/{made.tracking_code}/{what}", {"text": "x"}, headers=headers)
        assert answer.status_code == 403
    made.refresh_from_db()
    assert made.seq == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "http://testserver"},
        {"origin": "null"},
        {},
    ],
)
def test_our_own_pages_and_programs_send_without_a_token(city, said, headers):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/signaler/type/sac-plein", said(), headers=headers)
    assert answer.status_code == 303


def test_an_anonymous_form_never_reads_who_is_signed_in(city, said, client):
    """An agent's session gives a resident's form nothing, and is not even looked up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(city.people["administrator"])
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/signaler/type/constat", said())
        made = client.post("/signaler/type/sac-plein", said())
        tracking = made["Location"].split("?")[0]
        client.post(f"{tracking}/message", {"text": "Bonjour"})
        page_of = client.get(tracking)
    assert answer.status_code == 404
    assert page_of.status_code == 200
    sql = " ".join(query["sql"] for query in asked.captured_queries)
    assert "accounts_session" not in sql
    assert "accounts_user" not in sql
    assert Report.objects.get().channel == "web"


def test_a_resident_cannot_call_themselves_another_channel(city, client, said):
    client.post("/signaler/type/sac-plein", said() | {"channel": "elected"})
    assert Report.objects.get().channel == "web"


def test_the_thanks_page_says_only_its_own_words(city, client):
    made = report(city)
    for word in (XSS, "message ", "autre"):
        text = page(client.get(f"/suivi/{made.tracking_code}", {"dit": word}))
        assert "Votre message est parti" not in text
        assert "alert" not in text
