"""What residents, contractors and administrators write shows as text in the agents' pages.

Stored scripts that fire only in the back office are an attack class of their own (FixMyStreet 2.6,
Mark-a-Spot): each text field is tried, on each page where it is shown.
"""

from html.parser import HTMLParser

import pytest

from riverain.accounts.models import User
from riverain.catalogue.facts import Outcome
from riverain.catalogue.models import Family, Type
from riverain.core import versions
from riverain.files.actions import store_picture
from riverain.organisation.models import Partner, Service
from riverain.reports import actions, messages
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Status
from riverain.territory.models import Area, Collectivity
from tests import town

# It closes an attribute, a tag, and tries a script, a handler and a template's braces.
EVIL = "\"'><script>alert({0})</script><img src=x onerror=alert({0})>{{{{7*7}}}}"
SHORT = "\"'><script>alert({0})</script>"


def evil(mark):
    return EVIL.format(mark)


HTMX = "/static/vendor/htmx/htmx.min.js"


class _Tags(HTMLParser):
    """What a browser would make of a page: its scripts, and attributes that run something."""

    def __init__(self, html):
        super().__init__()
        self.running = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        ours = given.get("type") in {"importmap", "module"} or given.get("src") == HTMX
        if tag == "script" and not ours:
            self.running.append(tag)
        self.running += [name for name in given if name.startswith("on")]
        self.running += [
            name
            for name in ("href", "src", "action", "formaction")
            if (given.get(name) or "").lower().startswith("javascript:")
        ]


def check(text, *marks):
    """Every mark is shown as it was written, and nothing of it runs."""
    for mark in marks:
        assert f"&lt;script&gt;alert({mark})&lt;/script&gt;" in text, mark
    assert _Tags(text).running == []
    if "onerror" in text:
        assert "&gt;{{7*7}}" in text


@pytest.fixture
def written(city):
    """A report each of whose texts is an attack."""
    picture = store_picture(acting="reporter", content=town.photo(), name=evil("file"))
    made = town.report(
        city,
        type_code="depot",
        at=town.CENTRE,
        description=evil("description"),
        address=evil("address"),
        name=evil("name"),
        phone="0612345678",
        answers={"nature": ["autre"], "quoi": [evil("answer")]},
        pictures=(picture.id,),
    )
    reporter, admin = Reporter(made.pk), city.member("administrator")
    messages.write_to_service(acting=reporter, report_id=made.pk, text=evil("message"))
    actions.declare_done(
        acting=city.member("contractor"), report_id=made.pk, text=evil("contractor")
    )
    actions.move(
        acting=admin,
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text=evil("closing"), note=evil("note")),
    )
    actions.claim(acting=reporter, report_id=made.pk, reason=ClaimReason.BADLY, text=evil("claim"))
    return made


def test_what_residents_and_contractors_write_is_text_on_the_reports_page(written, page):
    text = page("administrator", f"/agents/signalements/{written.number}")
    check(
        text,
        *("description", "address", "name", "answer", "message"),
        *("contractor", "closing", "note", "claim"),
    )


@pytest.mark.parametrize("code", ["cloturer", "attente", "confier", "lieu", "note", "effacer"])
def test_it_is_text_on_the_pages_of_steps(written, page, code):
    text = page("administrator", f"/agents/signalements/{written.number}/{code}")
    check(text, "description", "address", "answer")


def test_it_is_text_in_the_list_and_in_what_was_searched(written, page):
    check(page("administrator", "/agents/"), "address")
    check(page("administrator", f"/agents/?q={EVIL.format('query')}"), "query")
    check(page("administrator", f"/agents/?vue={EVIL.format('view')}"))
    check(page("administrator", f"/agents/?page={EVIL.format('page')}"))


def test_it_is_text_when_types_are_proposed(city, sign_in):
    said = {"description": evil("said"), "name": evil("name"), "proposer": "1"}
    answer = sign_in("front_desk").post("/agents/saisir/lille", said)
    check(answer.content.decode(), "said", "name")


def test_it_is_text_when_a_form_comes_back(written, take):
    answer = take("administrator", written, "note", text="x" * 4_001 + evil("note"))
    assert answer.status_code == 422
    check(answer.content.decode(), "note")


def test_it_is_text_when_someone_acted_in_between(city, sign_in):
    made = town.report(city)
    actions.move(
        acting=city.member("referent"),
        report_id=made.pk,
        to=Status.IN_PROGRESS,
        given=Given(note=evil("since"), text=evil("told")),
    )
    answer = sign_in("coordinator").post(
        f"/agents/signalements/{made.number}/transmettre",
        {"seq": 1, "partner": city.partners["mel"].pk, "text": evil("typed")},
    )
    assert answer.status_code == 409
    check(answer.content.decode(), "since", "told", "typed")


def test_what_administrators_set_is_text_too(city, page):
    """Names of the catalogue, of services, partners, places and people."""
    made = town.report(city, at=town.CENTRE)
    for model, mark in (
        (Type, "type"),
        (Family, "family"),
        (Service, "service"),
        (Partner, "partner"),
        (Area, "area"),
        (User, "person"),
    ):
        model.objects.update(name=SHORT.format(mark))
    Collectivity.objects.filter(pk=city.lille.pk).update(
        name=SHORT.format("town"), short_name=SHORT.format("short")
    )
    for name in ("territory", "organisation", "catalogue"):
        versions.bump(name)
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)
    report = f"/agents/signalements/{made.number}"
    check(page("administrator", report), "type", "service", "partner", "area", "person")
    check(page("administrator", f"{report}/confier"), "service", "partner")
    check(page("administrator", f"{report}/type"), "family", "type")
    check(page("administrator", "/agents/?vue=en-cours&filtrer=1"), "type", "area", "family")
    check(page("administrator", "/agents/saisir"), "type", "family")
    check(page("administrator", "/agents/saisir/lille/sac-plein"), "type", "short")


def test_stored_script_would_not_run_either(written, sign_in):
    """The content policy is the second wall: nothing inline runs but the import map."""
    answer = sign_in("administrator").get(f"/agents/signalements/{written.number}")
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
