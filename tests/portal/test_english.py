"""An English reader meets no sentence of ours in French, from the first page to the answer."""

from datetime import timedelta

import pytest

from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.files.actions import store_picture
from riverain.reports import actions, messages
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Reason, Status
from tests import town
from tests.english import french, pieces

# Of the catalogue, and by chance a sentence of ours too.
CONTENT = {"Autre chose"}


def left(answer):
    """What an answer says in French, but for what towns write."""
    return [text for text in french(pieces(answer.content.decode())) if text not in CONTENT]


@pytest.fixture
def english(client, settings):
    """Reads an address as a browser that chose English, and answers what is French on it."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    def read(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status, address
        assert '<html lang="en">' in answer.content.decode()
        return left(answer)

    return read


def test_what_is_french_is_seen(city, client):
    seen = french(pieces(client.get("/").content.decode()))
    assert {"Un problème dans votre quartier ?", "Suivre un signalement"} <= set(seen)
    # With a name in the sentence, and in an attribute.
    (typed,) = french(pieces('<input aria-label="Retirer la photo {n}"><p>Lille vous écrit</p>'))[
        1:
    ]
    assert typed == "Retirer la photo {n}"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/signaler",
        "/signaler?q=poubelle",
        "/signaler?q=girafe",
        "/signaler/proprete",
        "/signaler/type/depot",
        "/signaler/type/seringues",
        "/signaler/type/seringues?vu=1",
        "/signaler/type/encombrants",
        "/signaler/type/poubelle-dehors",
        "/signaler/type/idee-voirie",
        "/signaler/type/bravo-proprete",
        "/suivi",
        "/accessibilite",
        "/donnees-personnelles",
    ],
)
def test_page_before_reporting(city, english, address):
    assert english(address) == []


def test_pages_that_refuse(city, client, english, send):
    assert english("/nulle-part", status=404) == []
    assert english("/suivi/K7QX-92MP-4TFC", status=404) == []
    for answer in (
        send("depot", description="", email="camille", phone="12"),
        send("sac-plein", at=town.NOWHERE),
        send("sac-plein", at=town.LOMME),
        client.post("/suivi", {"code": "?"}),
    ):
        assert left(answer) == []


def test_form_says_its_refusals(city, english, send):
    english("/")
    text = send("depot", description="", email="camille").content.decode()
    assert "This e-mail address does not look complete." in text
    assert "We need this answer." in text


STORIES = {
    "waiting": [(Status.WAITING, {"reason": Reason.WEATHER, "days": 3})],
    "planned": [(Status.IN_PROGRESS, {"days": 2})],
    "transferred": [(Status.TRANSFERRED, {"partner": "mel"})],
    "landlord": [(Status.LANDLORD, {"partner": "bailleur"})],
    "done": [(Status.DONE, {"outcome": Outcome.DONE, "text": "Le sac a été remplacé."})],
}


@pytest.mark.parametrize("story", sorted(STORIES))
def test_tracking_page(city, english, story):
    made = town.report(city, email="sam@example.org", language="en")
    address = f"/suivi/{made.tracking_code}"
    assert english(f"{address}?recu=1") == []
    picture = store_picture(acting="agent:1", content=town.photo(), name="p.jpg").id
    holder = Reporter(report_id=made.pk)
    messages.write_to_service(
        acting=holder, report_id=made.pk, text="Still there.", pictures=(picture,)
    )
    today = clock.local(clock.now(), "Europe/Paris").date()
    for to, told in STORIES[story]:
        given = dict(told)
        if "days" in given:
            day = today + timedelta(days=given.pop("days"))
            given["planned_for" if to is Status.IN_PROGRESS else "resume_on"] = day
        if "partner" in given:
            given["partner_id"] = city.partners[given.pop("partner")].pk
        actions.move(
            acting=city.member("coordinator"), report_id=made.pk, to=to, given=Given(**given)
        )
    for part in ("", "/message") + (("/pas-regle",) if story == "done" else ()):
        assert english(address + part) == [], part
