"""The reporter answers: a message, thanks, a claim. The code in the address is the right."""

import pytest

from riverain.catalogue.facts import Outcome
from riverain.reports import actions, intake, messages, timeline
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Status
from riverain.reports.models import Report
from tests.portal.conftest import page
from tests.portal.test_photos import upload
from tests.town import report


@pytest.fixture
def made(city):
    return report(city)


@pytest.fixture
def ended(city, made):
    return actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text="Le sac a été remplacé."),
    )


@pytest.fixture
def answer(client):
    def post(report, what, data=None, **options):
        return client.post(f"/suivi/{report.tracking_code}/{what}", data or {}, **options)

    return post


def kinds(report):
    return [step.kind for step in timeline.story(report.pk, contacts=False, notes=False).steps]


@pytest.mark.row("S0-06", "S2-13", "S2-27")
def test_a_message_reaches_the_service_with_its_photos(made, answer, client):
    done = answer(made, "message", {"text": "C’est au n° 14.", "photos": [upload()]})
    assert (done.status_code, done["Location"]) == (
        303,
        f"/suivi/{made.tracking_code}?dit=message",
    )
    made.refresh_from_db()
    assert made.unanswered
    assert made.pictures.get().from_reporter
    text = page(client.get(done["Location"]))
    assert "Votre message est parti" in text
    assert "Vous avez écrit au service" in text
    assert "C’est au n° 14." in text


def test_a_question_of_the_service_is_answered(city, made, answer, client):
    tracking = f"/suivi/{made.tracking_code}"
    assert "Écrire au service" in page(client.get(tracking))
    messages.write_to_reporter(
        acting=city.member("coordinator"), report_id=made.pk, text="De quel côté ?"
    )
    assert "La question du service De quel côté ?" in page(client.get(tracking))
    answer(made, "message", {"text": "Côté pair."})
    assert "Écrire au service" in page(client.get(tracking))


@pytest.mark.parametrize("text", ["", "  ", "\0", "\u202e"])
def test_an_empty_message_comes_back_with_its_photos(made, answer, text):
    again = answer(made, "message", {"text": text, "photos": [upload()]})
    assert again.status_code == 422
    assert "Écrivez votre message" in page(again)
    assert 'name="kept"' in again.content.decode()
    assert kinds(made) == ["report.submitted"]


@pytest.mark.row("S2-12", "P-12", "P-22")
@pytest.mark.parametrize("reason", list(ClaimReason))
def test_a_claim_opens_the_report_again_with_a_new_deadline(ended, answer, client, reason):
    before = ended.due_at
    done = answer(ended, "pas-regle", {"claim": reason, "text": "Le sac est déchiré."})
    assert done["Location"].endswith("?dit=reclamation")
    ended.refresh_from_db()
    assert (ended.status, ended.claims, ended.unanswered) == (Status.CLAIMED, 1, True)
    assert ended.due_at > before
    text = page(client.get(done["Location"]))
    assert "Réclamation reçue : le service Propreté publique réexamine votre demande" in text
    assert "Le sac est déchiré." in text


@pytest.mark.parametrize("claim", ["", "zinc", "<b>"])
def test_a_claim_without_a_reason_comes_back_with_its_text(ended, answer, claim):
    again = answer(ended, "pas-regle", {"claim": claim, "text": "Le sac est déchiré."})
    assert again.status_code == 422
    assert "Le sac est déchiré." in again.content.decode()
    ended.refresh_from_db()
    assert ended.status == Status.DONE


def test_what_has_not_ended_cannot_be_claimed(made, answer, client):
    assert client.get(f"/suivi/{made.tracking_code}/pas-regle").status_code == 302
    again = answer(made, "pas-regle", {"claim": ClaimReason.NOT_DONE})
    assert again.status_code == 422
    assert kinds(made) == ["report.submitted"]


@pytest.mark.row("S2-12", "P-38")
def test_thanks_reach_the_crew_and_are_asked_once(ended, answer, client):
    assert answer(ended, "merci")["Location"].endswith("?dit=merci")
    text = page(client.get(f"/suivi/{ended.tracking_code}?dit=merci"))
    assert "L’équipe le lira" in text
    assert "C’est bien réglé, merci" not in text
    assert kinds(ended)[-1] == "report.thanked"


def test_what_has_not_ended_gets_no_thanks(made, answer):
    assert answer(made, "merci").status_code == 422
    assert kinds(made) == ["report.submitted"]


@pytest.mark.parametrize("what", ["message", "pas-regle", "merci"])
def test_an_unknown_code_answers_nothing(city, client, what):
    sent = client.post(f"/suivi/AAAA-AAAA-AAAA/{what}", {"text": "x", "claim": "badly"})
    assert sent.status_code == 404
    assert "Aucun signalement ne porte ce code" in page(sent)


def test_reading_changes_nothing(ended, client):
    for part in ("", "/message", "/pas-regle", "?recu=1", "?dit=merci"):
        assert client.get(f"/suivi/{ended.tracking_code}{part}").status_code == 200
    assert client.get(f"/suivi/{ended.tracking_code}/merci").status_code == 405
    assert kinds(ended) == ["report.submitted", "report.moved"]


@pytest.mark.parametrize("what", ["message", "pas-regle"])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_forms_take_reading_and_sending_only(made, client, what, method):
    sent = getattr(client, method)(f"/suivi/{made.tracking_code}/{what}")
    assert sent.status_code == 405


def test_messages_are_limited_and_what_was_typed_stays(made, answer, monkeypatch):
    for number in range(20):
        assert answer(made, "message", {"text": f"Mot {number}"}).status_code == 303
    again = answer(made, "message", {"text": "Encore"})
    assert again.status_code == 429
    assert "Encore" in again.content.decode()
    assert Report.objects.get().seq == 21


def test_a_claim_past_the_limit_says_so(ended, answer, monkeypatch):
    def refuse(*_):
        raise intake.limits.TooMany("Trop de demandes", retry_after=60)

    monkeypatch.setattr(intake, "spend_message", refuse)
    assert answer(ended, "pas-regle", {"claim": "badly"}).status_code == 429
    assert answer(ended, "merci").status_code == 429
    ended.refresh_from_db()
    assert ended.status == Status.DONE


@pytest.mark.parametrize("what", ["message", "pas-regle", "merci"])
def test_every_answer_of_a_code_is_secret(ended, answer, what):
    sent = answer(ended, what, {"text": "x", "claim": "badly"})
    assert sent["Referrer-Policy"] == "no-referrer"
    assert "no-store" in sent["Cache-Control"]
