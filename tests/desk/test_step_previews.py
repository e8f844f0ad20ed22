"""What the reporter would read of a step, shown before it is taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from riverain.audit.models import Entry
from riverain.reports import actions, states
from riverain.reports.answers import Dated
from riverain.reports.lifecycle import Status
from riverain.reports.timeline import story
from riverain.territory import queries as territory
from tests import town
from tests.desk.moves import ADMIN, MOVES, arrange, day, job_count, page_of
from tests.desk.reading import words


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("prevoir", "Il manque encore : Jour de l’intervention."),
        ("attente", "Il manque encore : Ce que le signalement attend."),
        ("surveiller", "Nous surveillons l’évolution sur place"),
        ("transmettre", "Il manque encore : Organisme."),
        ("cloturer", "Il manque encore : Issue."),
        ("ecrire", "Il manque encore : Votre message à l’usager."),
    ],
)
def test_form_shows_what_the_reporter_will_read(city, page, code, read):
    report = town.report(city)
    text = words(page("administrator", page_of(report, code)))
    assert "Ce que l’usager lira" in text
    assert read in text


def test_contractor_in_charge_is_not_proposed_as_the_body_it_is_passed_on_to(city, page):
    report = town.report(city)
    actions.hand_over(
        acting=city.member(ADMIN),
        report_id=report.pk,
        service_id=report.service_id,
        partner_id=city.partners["lilebo"].pk,
    )
    text = words(page(ADMIN, page_of(report, "transmettre")))
    assert "Il manque encore : Organisme." in text


FORETOLD = [code for code in MOVES if code not in {"proposer-rejet", "refuser-rejet", "prendre"}]


@pytest.mark.parametrize("code", FORETOLD)
def test_words_shown_beforehand_are_those_that_are_told_and_nothing_else_happens(
    city, sign_in, code
):
    type_code, before, data, _after, _said = MOVES[code]
    report = town.report(city, type_code=type_code)
    arrange(city, report, before)
    data = data | ({"partner": city.partners[data["partner"]].pk} if "partner" in data else {})
    client = sign_in(ADMIN)
    report.refresh_from_db()
    sent = {"seq": report.seq, **data}
    entries, jobs = Entry.objects.count(), job_count()
    shown = client.post(page_of(report, code), sent | {"voir": "1"}, headers={"HX-Request": "true"})
    assert shown.status_code == 200
    assert (Entry.objects.count(), job_count()) == (entries, jobs)
    report.refresh_from_db()
    assert report.status == before
    assert client.post(page_of(report, code), sent).status_code == 303
    told = story(report.pk, contacts=False, notes=False).steps[-1]
    town_facts = territory.collectivity(city.lille.pk)
    said = states.answered(told, town_facts, Dated(town_facts.timezone))
    assert words(said.title) in words(shown.content.decode())
    assert words(said.detail) in words(shown.content.decode())


def test_words_are_shown_without_scripts_too_and_what_was_typed_stays(city, sign_in):
    report = town.report(city)
    answer = sign_in(ADMIN).post(
        page_of(report, "cloturer"),
        {
            "seq": report.seq,
            "outcome": "done",
            "text": "La corbeille est vidée.",
            "photos": SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg"),
            "voir": "1",
        },
    )
    assert answer.status_code == 200
    text = words(answer.content.decode())
    assert "Ce que l’usager lira La corbeille est vidée." in text
    assert "Photo 1" in text
    report.refresh_from_db()
    assert report.status == Status.TO_PROCESS


def test_words_to_someone_who_reads_english_are_shown_in_english(city, sign_in):
    report = town.report(city, language="en")
    shown = sign_in(ADMIN).post(
        page_of(report, "prevoir"),
        {"seq": report.seq, "planned_for": day(2).isoformat(), "voir": "1"},
        headers={"HX-Request": "true"},
    )
    assert '<p lang="en">' in shown.content.decode()


@pytest.mark.parametrize("code", ["proposer-rejet", "note", "priorite", "lieu"])
def test_form_of_a_step_that_nobody_hears_of_shows_no_such_words(city, page, code):
    report = town.report(city)
    assert "Ce que l’usager lira" not in page("administrator", page_of(report, code))
