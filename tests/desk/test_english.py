"""An agent who chose English meets no sentence of ours in French."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.reports import actions, messages, timeline
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.web.desk.words import VIEWS
from tests import town
from tests.desk.reading import steps, words
from tests.english import french, pieces

# A service and an answer of the catalogue, and by chance sentences of ours too.
CONTENT = {"Accueil", "Autre chose"}


def left(answer):
    """What an answer says in French, but for what towns write."""
    return [text for text in french(pieces(answer.content.decode())) if text not in CONTENT]


@pytest.fixture
def english(sign_in, settings):
    """Reads an address as a role that chose English; answers what is French on it, and the page."""

    def read(role, address, status=200):
        client = sign_in(role)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        answer = client.get(address)
        assert answer.status_code == status, address
        text = answer.content.decode()
        assert '<html lang="en">' in text
        return left(answer), text

    return read


@pytest.mark.parametrize("view", [address for address, _ in VIEWS.values()])
def test_views(city, english, view):
    with clock.frozen(clock.now() - timedelta(days=9)):
        town.report(city, email="camille@exemple.fr")
        town.report(city, type_code="seringues", at=None)
    assert english("administrator", f"/agents/?vue={view}")[0] == []
    assert english("administrator", f"/agents/?vue={view}&q=girafe&canal=web")[0] == []


@pytest.mark.parametrize(
    "address",
    [
        "/agents/saisir",
        "/agents/saisir?q=girafe",
        "/agents/mes-connexions",
        "/agents/saisir/lille/depot",
        "/agents/saisir/lille/seringues",
        "/agents/saisir/lille/encombrants",
    ],
)
def test_entering(city, english, address):
    assert english("front_desk", address)[0] == []


def _nothing(city, made):
    pass


def _move(city, made, to, **given):
    actions.move(acting=city.member("coordinator"), report_id=made.pk, to=to, given=Given(**given))


def _waits(city, made):
    day = clock.local(clock.now(), "Europe/Paris").date() + timedelta(days=3)
    _move(city, made, Status.WAITING, reason=Reason.REPORTER, resume_on=day, text="Où ?")


def _planned(city, made):
    day = clock.local(clock.now(), "Europe/Paris").date() + timedelta(days=3)
    _move(city, made, Status.IN_PROGRESS, planned_for=day)


def _is_claimed(city, made):
    _move(city, made, Status.DONE, outcome=Outcome.DONE, text="Le sac a été remplacé.")
    holder = Reporter(report_id=made.pk)
    claim = Given(claim=ClaimReason.PARTLY, text="Il en reste la moitié.")
    actions.move(acting=holder, report_id=made.pk, to=Status.CLAIMED, given=claim)
    messages.write_to_service(acting=holder, report_id=made.pk, text="Il en reste.")


def _refusal_is_proposed(city, made):
    _move(city, made, Status.REJECTION_PROPOSED, outcome=Outcome.NOT_PLANNED, note="Hors budget")


def _is_transferred(city, made):
    _move(city, made, Status.TRANSFERRED, partner_id=city.partners["mel"].pk)


@pytest.mark.parametrize(
    ("life", "type_code", "role"),
    [
        (_nothing, "sac-plein", "coordinator"),
        (_nothing, "idee-voirie", "administrator"),
        (_nothing, "bravo-proprete", "coordinator"),
        (_waits, "sac-plein", "coordinator"),
        (_planned, "sac-plein", "crew_chief"),
        (_is_claimed, "sac-plein", "coordinator"),
        (_refusal_is_proposed, "sac-plein", "validator"),
        (_is_transferred, "sac-plein", "network"),
    ],
)
def test_report_and_the_forms_of_its_steps(city, english, life, type_code, role):
    # What the resident will read is previewed in the resident's language.
    made = town.report(city, type_code=type_code, email="sam@example.org", language="en")
    life(city, made)
    address = f"/agents/signalements/{made.number}"
    found, text = english(role, address)
    assert found == []
    offered = set(steps(text))
    assert offered
    for code in offered:
        assert english(role, f"{address}/{code}")[0] == [], code


def test_sign_in_and_its_mails(city, settings):
    def browser():
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    for address in ("", "code/", "mot-de-passe/", "comptes/", "compte-ferme/"):
        answer = browser().get(f"/agents/connexion/{address}")
        assert answer.status_code == 200
        assert left(answer) == []
    email = city.people["phone"].email
    wrong = browser().post("/agents/connexion/", {"login": email, "password": "faux"})
    assert "The e-mail address or the password is not the right one." in wrong.content.decode()
    for address, to in (
        ("code/", email),
        ("code/", "personne@lille.example"),
        ("mot-de-passe/", email),
    ):
        answer = browser().post(f"/agents/connexion/{address}", {"email": to}, follow=True)
        assert answer.status_code == 200
        assert left(answer) == []
    assert [one.subject for one in mail.outbox] == [
        "Your sign-in code",
        "This address has no account",
        "Your code to change your password",
    ]
    for one in mail.outbox:
        assert french(one.body.splitlines()) == []


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("fr", "Nos équipes sont passées et ont fait le nécessaire."),
        ("en", "Our crews came by and did what was needed."),
    ],
)
@pytest.mark.parametrize("spoken", ["fr", "en"])
def test_prepared_answer_speaks_the_language_of_the_resident(city, sign_in, language, read, spoken):
    made = town.report(city, type_code="depot", answers={"nature": ["sacs"]}, language=language)
    client = sign_in("coordinator", headers={"accept-language": spoken})
    address = f"/agents/signalements/{made.number}/cloturer"
    assert read in words(client.get(address).content.decode())
    client.post(address, {"seq": made.seq, "outcome": "done"})
    assert timeline.story(made.pk, contacts=False, notes=False).steps[-1].words == {"text": read}
