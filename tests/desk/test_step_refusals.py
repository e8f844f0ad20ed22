"""Steps that are refused: whose right it is not, who came second, what was not said."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from riverain.audit.models import Entry
from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.files.models import StoredFile
from riverain.reports import actions, messages
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from riverain.web.desk.steps import STEPS
from tests import town
from tests.desk.reading import words

CODES = [step.code for step in STEPS]


def page_of(report, code):
    return f"/agents/signalements/{report.number}/{code}"


def entries(report):
    return Entry.objects.filter(stream_kind="report", stream_id=report.pk).count()


@pytest.mark.parametrize("code", CODES)
def test_step_on_a_report_of_another_town_is_not_there(city, sign_in, code):
    report = town.report(city)
    client = sign_in("caen_admin")
    for answer in (
        client.get(page_of(report, code)),
        client.post(page_of(report, code), {"seq": report.seq}),
    ):
        assert answer.status_code == 404
        assert "rue des Postes" not in answer.content.decode()
    assert entries(report) == 1


@pytest.mark.parametrize("code", CODES)
def test_elected_official_takes_no_step(city, sign_in, code):
    report = town.report(city)
    client = sign_in("elected")
    answer = client.post(page_of(report, code), {"seq": report.seq, "text": "Élu"})
    # A step that this report does not have is refused as such; every other one as not theirs.
    assert answer.status_code in {403, 422}
    assert client.get(page_of(report, code)).status_code in {302, 403}
    assert entries(report) == 1


@pytest.mark.parametrize("code", CODES)
def test_anyone_else_is_led_to_the_sign_in_page_and_posts_nothing(city, client, code):
    report = town.report(city)
    shown = client.get(page_of(report, code))
    assert shown.status_code == 302
    assert shown["Location"].startswith("/agents/connexion/?next=")
    assert client.post(page_of(report, code), {"seq": report.seq}).status_code == 403
    assert entries(report) == 1


@pytest.mark.parametrize("code", CODES)
def test_form_sent_from_another_site_is_refused(city, sign_in, code):
    report = town.report(city)
    client = sign_in("administrator", enforce_csrf_checks=True)
    answer = client.post(page_of(report, code), {"seq": report.seq, "text": "x"})
    assert answer.status_code == 403
    assert entries(report) == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_method_is_refused(city, sign_in, method):
    report = town.report(city)
    assert getattr(sign_in("administrator"), method)(page_of(report, "note")).status_code == 405


@pytest.mark.parametrize("code", ["prendre", "feliciter", "verifie"])
def test_reading_a_step_changes_nothing(city, sign_in, code):
    """State is never changed by a link: robots and previews follow them."""
    report = town.report(city)
    sign_in("administrator").get(page_of(report, code))
    assert entries(report) == 1


def test_step_that_does_not_exist_is_not_found(city, sign_in):
    report = town.report(city)
    client = sign_in("administrator")
    assert client.get(page_of(report, "supprimer")).status_code == 404
    assert client.post(page_of(report, "supprimer"), {"seq": 1}).status_code == 404


def test_step_that_the_lifecycle_does_not_have_now_is_said(city, sign_in):
    report = town.report(city)
    client = sign_in("administrator")
    shown = client.get(page_of(report, "rouvrir"), follow=True)
    assert shown.redirect_chain == [(f"/agents/signalements/{report.number}", 302)]
    assert "Cette étape n’est pas possible" in words(shown.content.decode())
    answer = client.post(page_of(report, "rouvrir"), {"seq": report.seq, "text": "Encore là."})
    assert answer.status_code == 422
    assert "Cette étape n’est pas possible" in words(answer.content.decode())
    assert "Encore là." in answer.content.decode()


@pytest.mark.row("S0-44")
def test_coordinator_proposes_a_rejection_and_does_not_reject(city, take):
    report = town.report(city)
    answer = take("coordinator", report, "rejeter", outcome="not_ours", text="Non.")
    assert answer.status_code == 403
    assert take("coordinator", report, "proposer-rejet", outcome="not_ours").status_code == 303
    assert take("coordinator", report, "refuser-rejet").status_code == 403
    assert take("validator", report, "rejeter", outcome="not_ours", text="Non.").status_code == 303


# What is posted, the words of the refusal, and what must still stand in the form.
BAD = {
    "attente, nothing": ("attente", {}, "Reprise le", ""),
    "attente, yesterday": (
        "attente",
        {"reason": "works", "resume_on": "2020-01-01", "text": "Bientôt."},
        "Donnez une date à venir",
        "Bientôt.",
    ),
    "attente, no date": (
        "attente",
        {"reason": "works", "resume_on": "demain", "note": "Voir Ali."},
        "Écrivez une date",
        "Voir Ali.",
    ),
    "attente, unknown reason": (
        "attente",
        {"reason": "flemme", "resume_on": "2030-01-01"},
        "Ce que le signalement attend",
        "2030-01-01",
    ),
    "prevoir, no day": ("prevoir", {"text": "Bientôt."}, "Jour de l’intervention", "Bientôt."),
    "prevoir, too far": ("prevoir", {"planned_for": "9999-12-31"}, "dans les deux ans", "9999"),
    "confier, nowhere": ("confier", {"service": "", "note": "À vous."}, "Service", "À vous."),
    "confier, unknown": ("confier", {"service": "999999"}, "Service", ""),
    "confier, to a landlord": ("confier", {"service": "1", "partner": "999"}, "Prestataire", ""),
    "transmettre, nobody": ("transmettre", {"text": "Voilà."}, "Organisme", "Voilà."),
    "cloturer, no outcome": ("cloturer", {"text": "Fait."}, "Issue", "Fait."),
    "cloturer, as a rejection": ("cloturer", {"outcome": "not_ours", "text": "Non."}, "", "Non."),
    "rejeter, as done": ("rejeter", {"outcome": "done", "text": "Fait."}, "Issue", "Fait."),
    "cloturer, too long": ("cloturer", {"outcome": "done", "text": "é" * 4_001}, "4000", "é" * 99),
    "type, none": ("type", {"type": ""}, "Nouveau type", ""),
    "type, of another nature": ("type", {"type": "idee-voirie"}, "Nouveau type", ""),
    "type, a dead end": ("type", {"type": "encombrants"}, "Nouveau type", ""),
    "lieu, nowhere": ("lieu", {"address": "Là-bas"}, "Placez le repère", "Là-bas"),
    "lieu, in Paris": ("lieu", {"coordinates": "48.85, 2.35"}, "hors de la collectivité", "48.85"),
    "lieu, no numbers": ("lieu", {"coordinates": "ici"}, "la latitude puis la longitude", "ici"),
    "lieu, no latitude": ("lieu", {"longitude": "3.05"}, "position est incomplète", "3.05"),
    "lieu, no longitude": ("lieu", {"latitude": "50.63"}, "position est incomplète", "50.63"),
    "lieu, broken": ("lieu", {"latitude": "x", "longitude": "nan"}, "position est incomplète", ""),
    "priorite, unknown": ("priorite", {"priority": "9"}, "Priorité", ""),
    "note, empty": ("note", {"text": "  "}, "Votre note", ""),
    "ecrire, empty": ("ecrire", {"text": ""}, "Votre message", ""),
    "ecrire, unseen signs": ("ecrire", {"text": "\u202e\u200b"}, "Écrivez votre message", ""),
    "effacer, unconfirmed": ("effacer", {}, "c’est sans retour", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_beside_its_field_and_what_was_typed_stays(city, take, name):
    code, data, said, kept = BAD[name]
    report = town.report(city)
    answer = take("administrator", report, code, **data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in text
    assert 'aria-invalid="true"' in text
    assert said in words(text)
    assert kept in text
    assert entries(report) == 1


def test_transferred_report_is_taken_back_before_it_is_handed_on(city, take):
    report = town.report(city)
    take("administrator", report, "transmettre", partner=city.partners["mel"].pk)
    answer = take("administrator", report, "confier", service=city.services["voirie"].pk)
    assert answer.status_code == 422
    assert "reprenez-le d’abord" in words(answer.content.decode())


def test_photo_that_is_none_is_said_and_the_good_one_is_kept(city, sign_in):
    report = town.report(city)
    client = sign_in("coordinator")
    good = SimpleUploadedFile("bien.jpg", town.photo(), "image/jpeg")
    bad = SimpleUploadedFile("virus.jpg", b"<?php system('id'); ?>", "image/jpeg")
    data = {"seq": report.seq, "outcome": "done", "text": "Propre."}
    answer = client.post(page_of(report, "cloturer"), data | {"photos": [good, bad]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "« virus.jpg » n’est pas une photo" in words(text)
    assert "Propre." in text
    (token,) = [option.data["value"] for option in answer.context["form"]["kept"].subwidgets]
    assert client.post(page_of(report, "cloturer"), data | {"kept": token}).status_code == 303
    assert report.pictures.count() == 1
    assert StoredFile.objects.count() == 1


def test_photo_named_by_a_forged_token_is_refused(city, take):
    report = town.report(city)
    answer = take("coordinator", report, "cloturer", outcome="done", text="Non", kept="forged")
    assert answer.status_code == 422
    assert "Une photo n’est plus disponible" in words(answer.content.decode())


def test_five_photos_are_one_too_many(city, sign_in):
    report = town.report(city)
    files = [SimpleUploadedFile(f"{name}.jpg", town.photo(), "image/jpeg") for name in "abcde"]
    answer = sign_in("coordinator").post(
        page_of(report, "cloturer"),
        {"seq": report.seq, "outcome": "done", "text": "Propre.", "photos": files},
    )
    assert answer.status_code == 422
    assert "Quatre photos au plus" in words(answer.content.decode())


@pytest.mark.parametrize("seq", ["", "abc", "0", "-3"])
def test_form_without_the_entry_it_was_drawn_from_is_not_taken(city, sign_in, seq):
    """Else it would pass over whatever someone did meanwhile."""
    report = town.report(city)
    answer = sign_in("coordinator").post(page_of(report, "prendre"), {"seq": seq})
    assert answer.status_code == 422
    assert "Cette page n’est plus à jour" in words(answer.content.decode())
    assert entries(report) == 1


def test_second_of_two_agents_sees_what_the_first_did_and_keeps_what_they_wrote(city, sign_in):
    report = town.report(city)
    drawn = report.seq
    actions.move(
        acting=city.member("referent"),
        report_id=report.pk,
        to=Status.IN_PROGRESS,
        given=Given(note="Équipe en route."),
    )
    client = sign_in("coordinator")
    later = (clock.now() + timedelta(days=3)).date().isoformat()
    data = {"reason": "works", "resume_on": later, "text": "Chantier en cours."}
    answer = client.post(page_of(report, "attente"), {"seq": drawn, **data})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Quelqu’un a agi sur ce signalement" in words(text)
    assert "Ce qui a changé depuis" in words(text)
    assert "Camille Referent" in text
    assert "Équipe en route." in text
    assert "Chantier en cours." in text
    assert "Il manque encore" not in words(text)  # what the reporter will read is said again
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS
    # Sent again as the page now stands, it is taken.
    renewed = answer.context["form"]["seq"].value()
    assert int(renewed) == report.seq
    answer = client.post(page_of(report, "attente"), {"seq": renewed, **data})
    assert answer.status_code == 303


def test_step_made_impossible_meanwhile_keeps_the_words_and_offers_no_button(city, sign_in):
    report = town.report(city)
    drawn = report.seq
    actions.move(
        acting=city.member("referent"),
        report_id=report.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text="Fait."),
    )
    answer = sign_in("coordinator").post(
        page_of(report, "transmettre"),
        {"seq": drawn, "partner": city.partners["mel"].pk, "text": "Voyez avec la Métropole."},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Cette étape n’est plus possible." in words(text)
    assert "Voyez avec la Métropole." in text
    assert "Transmettre hors ville</span></button>" not in text


def test_report_handed_elsewhere_meanwhile_is_no_longer_theirs(city, sign_in):
    report = town.report(city)
    drawn = report.seq
    actions.hand_over(
        acting=city.member("administrator"),
        report_id=report.pk,
        service_id=city.services["voirie"].pk,
    )
    answer = sign_in("coordinator").post(page_of(report, "prendre"), {"seq": drawn})
    assert answer.status_code == 404


def test_notes_and_messages_in_between_are_no_conflict(city, sign_in):
    report = town.report(city)
    drawn = report.seq
    messages.note(acting=city.member("referent"), report_id=report.pk, text="Vu.")
    answer = sign_in("coordinator").post(page_of(report, "prendre"), {"seq": drawn})
    assert answer.status_code == 303


def test_button_pressed_twice_acts_once(city, sign_in):
    report = town.report(city)
    client = sign_in("coordinator")
    assert client.post(page_of(report, "prendre"), {"seq": report.seq}).status_code == 303
    assert client.post(page_of(report, "prendre"), {"seq": report.seq}).status_code == 409
    assert entries(report) == 2


def test_member_dismissed_while_the_form_was_open_takes_no_step(city, sign_in):
    from riverain.organisation import memberships

    report = town.report(city)
    client = sign_in("coordinator")
    memberships.end_membership(
        acting=town.CLI, membership=city.people["coordinator"].memberships.get()
    )
    assert client.post(page_of(report, "prendre"), {"seq": report.seq}).status_code == 403
    assert entries(report) == 1


def test_erasing_a_person_stays_in_ones_reach_and_tells_nothing_of_others(city, take):
    mine = town.report(city, email="camille@exemple.fr")
    other = town.report(
        city, email="camille@exemple.fr", at=town.CAEN, collectivity_id=city.caen.pk
    )
    answer = take("administrator", mine, "effacer", scope="person", confirmed="on")
    assert answer.status_code == 303
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.anonymised_at is not None
    assert other.anonymised_at is None
