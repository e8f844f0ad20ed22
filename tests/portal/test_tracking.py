"""Following a report: what its page says, to whoever holds the code."""

from datetime import timedelta

import pytest

from riverain.catalogue.facts import Outcome
from riverain.catalogue.models import Type
from riverain.catalogue.queries import VERSION
from riverain.core import clock, versions
from riverain.files.actions import store_picture
from riverain.reports import actions, erasure, messages
from riverain.reports.acting import System
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Reason, Status
from riverain.reports.models import Report
from riverain.web.portal.following import SAID
from tests.portal.conftest import page, picture_of
from tests.town import photo, report

HOUR = timedelta(hours=1)


def picture(colour="teal"):
    return store_picture(acting="agent:1", content=photo(colour=colour), name="p.jpg").id


@pytest.fixture
def made(city):
    return report(city, email="camille@exemple.fr", phone="0612345678", name="Camille Roy")


@pytest.fixture
def look(client):
    def at(report, part=""):
        return client.get(f"/suivi/{report.tracking_code}{part}")

    return at


@pytest.fixture
def move(city):
    def step(report, to, role="coordinator", **given):
        return actions.move(
            acting=city.member(role), report_id=report.pk, to=to, given=Given(**given)
        )

    return step


@pytest.mark.row("S0-82", "S2-14", "S2-15", "L-03", "N-01")
def test_the_receipt_gives_code_number_service_and_deadline(made, look):
    text = page(look(made, "?recu=1"))
    for words in (
        "Merci, c’est reçu",
        made.tracking_code,
        made.number,
        "Propreté publique",
        "03 20 00 00 01",
        "proprete@lille.example",
        "1 rue du Balai, 59000 Lille",
        "Le service Propreté publique a reçu votre demande et s’engage à agir avant",
        "Nous vous l’envoyons aussi par mail",
    ):
        assert words in text


def test_without_an_address_the_receipt_promises_no_mail(city, look):
    text = page(look(report(city), "?recu=1"))
    assert "Lui seul permet de la retrouver" in text
    assert "par mail" not in text


def test_the_page_is_a_secret_between_its_holder_and_us(made, look):
    answer = look(made)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("typed", ["{}", " {} ", "« {} »", "“{}”.", "lower", "no dashes"])
def test_a_code_is_read_however_it_is_typed(made, client, typed):
    code = {"lower": made.tracking_code.lower(), "no dashes": made.tracking_code.replace("-", "")}
    written = code.get(typed, typed.format(made.tracking_code))
    answer = client.get("/suivi", {"code": written})
    assert answer["Location"] == f"/suivi/{made.tracking_code}"


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "abc", "é" * 12, "0000-0000-0000", "a" * 500])
def test_a_code_that_leads_nowhere_always_gets_the_same_page(city, client, code):
    answer = client.get(f"/suivi/{code}")
    assert answer.status_code == 404
    assert "Aucun signalement ne porte ce code" in page(answer)
    assert answer["Cache-Control"] == "private, no-store"


def test_without_a_code_it_is_asked_and_nothing_is_said_to_be_missing(city, client):
    for typed in ("", "  "):
        answer = client.get("/suivi", {"code": typed})
        assert answer.status_code == 422
        assert "Où en est votre demande ?" in page(answer)
        assert "Tapez votre code de suivi." in page(answer)
        assert "Aucun signalement" not in page(answer)


def test_an_impossible_code_comes_back_to_the_question(city, client):
    for typed in ("xyz", "a\0b"):
        answer = client.get("/suivi", {"code": typed})
        assert answer.status_code == 404
        assert "Aucun signalement ne porte ce code" in page(answer)


def test_a_pasted_link_leads_there_and_a_number_is_called_one(made, client):
    link = f"voir https://lille.example/suivi/{made.tracking_code.lower()}?recu=1"
    answer = client.get("/suivi", {"code": link})
    assert answer["Location"] == f"/suivi/{made.tracking_code}"
    for number in (made.number, made.number.lower().replace("-", " ")):
        answer = client.get("/suivi", {"code": number})
        assert answer.status_code == 404
        assert "C’est le numéro de votre demande" in page(answer)


@pytest.mark.row("S0-43")
def test_a_proposed_rejection_leaves_the_page_as_it_was(city, made, look, move):
    move(made, Status.IN_PROGRESS)
    before = page(look(made))
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.REJECTION_PROPOSED,
        given=Given(outcome=Outcome.NOT_OURS, note="Mur privé"),
    )
    assert page(look(made)) == before
    actions.move(acting=city.member("referent"), report_id=made.pk, to=Status.TO_PROCESS)
    assert page(look(made)) == before


@pytest.mark.row("P-31")
def test_a_refusal_says_who_can_act(city, look):
    one = report(city, type_code="depot", answers={"nature": ["sacs"]})
    Type.objects.filter(pk=one.type_id).update(competent_body="Métropole, 03 20 00 00 99")
    versions.bump(VERSION)
    actions.move(
        acting=city.member("referent"),
        report_id=one.pk,
        to=Status.REJECTED,
        given=Given(outcome=Outcome.NOT_OURS, text="La Métropole s’en charge."),
    )
    text = page(look(one))
    assert "Qui peut agir Métropole, 03 20 00 00 99" in text
    assert "Contester cette réponse" in text
    assert "engagement tenu" not in text


@pytest.mark.row("S0-46", "S2-16", "S2-17", "P-27", "N-05")
def test_the_page_answers_first_and_tells_every_step(city, made, look, move):
    move(made, Status.IN_PROGRESS)
    messages.write_to_reporter(
        acting=city.member("coordinator"), report_id=made.pk, text="Nous passons ce matin."
    )
    move(made, Status.DONE, outcome=Outcome.DONE, text="Le sac a été remplacé.")
    answer = look(made)
    text = page(answer)
    assert "<h1>Le sac a été remplacé.</h1>" in answer.content.decode()
    for words in (
        "engagement tenu",
        "Pris en charge",
        "vous écrit",
        "Nous passons ce matin.",
        "Reçu, transmis au service Propreté publique",
        "Le sac déborde devant l’école.",
        "C’est bien réglé, merci",
        "Ce n’est pas réglé",
    ):
        assert words in text


@pytest.mark.row("N-01")
def test_a_missed_deadline_is_said_open_and_closed(city, look, move):
    with clock.frozen(clock.now() - 40 * HOUR):
        late = report(city)
    text = page(look(late))
    assert "en retard de 16 h" in text
    assert "Nous avons dépassé le délai annoncé de 16 heures." in text
    assert "Relancer le service" in text
    move(late, Status.DONE, outcome=Outcome.DONE, text="Fait.")
    text = page(look(late))
    assert "engagement dépassé de 16 h" in text
    assert "Nous avons dépassé le délai annoncé de 16 heures." in text


def test_while_it_waits_no_deadline_is_held_against_anyone(city, look, move):
    with clock.frozen(clock.now() - 40 * HOUR):
        late = report(city)
    day = (clock.now() + timedelta(days=9)).date()
    move(late, Status.WAITING, reason=Reason.WEATHER, resume_on=day)
    text = page(look(late))
    assert "Nous attendons une météo favorable et reprendrons" in text
    assert "en retard" not in text


def test_a_long_answer_stands_under_a_short_title(made, look, move):
    words = "Nous sommes passés deux fois. " * 20
    move(made, Status.DONE, outcome=Outcome.NOTHING_FOUND, text=words)
    text = look(made).content.decode()
    assert "<h1>Nous sommes passés deux fois.</h1>" in text
    assert words.removeprefix("Nous sommes passés deux fois. ").strip() in text
    assert "Terminé, rien trouvé" in text


def test_what_is_for_agents_is_never_shown(city, made, look, move):
    member = city.member("coordinator")
    messages.note(acting=member, report_id=made.pk, text="Voisin pénible")
    actions.move(
        acting=member,
        report_id=made.pk,
        to=Status.REJECTION_PROPOSED,
        given=Given(outcome=Outcome.NOT_OURS, note="À rejeter"),
    )
    text = page(look(made))
    for words in (
        "Voisin pénible",
        "À rejeter",
        "rejet",
        "Rejet",
        "Camille",
        "camille@",
        "6123456",
    ):
        assert words not in text
    assert "Reçu" in text


def test_a_report_of_another_town_is_signed_by_its_own(city, client):
    elsewhere = report(city, at=None, collectivity_id=city.caen.pk)
    assert "Ville de Caen" in page(client.get(f"/suivi/{elsewhere.tracking_code}"))


def test_a_picture_is_no_before_until_there_is_an_after(city, look):
    text = page(look(report(city, pictures=(picture(),))))
    assert "Votre photo" in text
    assert "Avant" not in text


@pytest.mark.row("N-05")
def test_pictures_stand_before_and_after(city, look, client, move):
    shown = report(city, pictures=(picture(),))
    move(shown, Status.DONE, outcome=Outcome.DONE, text="Fait.", pictures=(picture("white"),))
    text = page(look(shown))
    assert "Avant, votre photo" in text
    assert "Après" in text
    for rank in (1, 2):
        for variant in ("thumb", "full"):
            answer = look(shown, f"/photos/{rank}/{variant}")
            assert answer["Content-Type"] == "image/jpeg"
            assert answer["Cache-Control"].startswith("private")
            assert answer["Referrer-Policy"] == "no-referrer"
            assert picture_of(answer).startswith(b"\xff\xd8")


def test_work_declared_done_is_shown_once_the_report_has_ended(city, made, look, move):
    actions.declare_done(
        acting=city.member("coordinator"), report_id=made.pk, text="", pictures=(picture(),)
    )
    assert look(made, "/photos/1/thumb").status_code == 404
    move(made, Status.DONE, outcome=Outcome.DONE, text="Fait.")
    assert picture_of(look(made, "/photos/1/thumb"))


@pytest.mark.parametrize("part", ["/photos/2/thumb", "/photos/0/thumb", "/photos/1/raw"])
def test_a_picture_that_is_not_there_is_not_found(city, look, part):
    assert look(report(city, pictures=(picture(),)), part).status_code == 404


def test_a_code_opens_the_pictures_of_its_own_report_only(city, look):
    report(city, pictures=(picture(),))
    assert look(report(city), "/photos/1/full").status_code == 404


def test_an_erased_report_is_gone_for_its_code_and_says_nothing_under_another(city, look):
    erased = report(city, pictures=(picture(),), email="camille@exemple.fr")
    after = erasure.erase_report(acting=System("test"), report_id=erased.pk)
    assert look(erased).status_code == 404
    assert look(erased, "/photos/1/full").status_code == 404
    text = page(look(after))
    assert "Le sac déborde" not in text
    assert "rue des Postes" not in text


@pytest.mark.parametrize("steps", [1, 3])
def test_the_page_takes_the_same_queries_however_long_the_story(
    city, made, look, django_assert_num_queries, steps
):
    for number in range(steps):
        messages.write_to_reporter(
            acting=city.member("coordinator"), report_id=made.pk, text=f"Mot {number}"
        )
    # The limit, the report, its steps with their words; none of them brought a picture.
    with django_assert_num_queries(3):
        look(made)


def test_every_status_can_be_read(city, look):
    """A report in any status that its row can hold has a page."""
    one = report(city)
    day = clock.now().date()
    for status in Status:
        Report.objects.filter(pk=one.pk).update(
            status=status, resume_on=day, reason=Reason.WORKS, partner=city.partners["mel"]
        )
        assert look(one).status_code == 200


def test_what_was_just_done_is_the_first_thing_that_is_read(made, client):
    for word, said in SAID.items():
        answer = client.get(f"/suivi/{made.tracking_code}", {"dit": word})
        assert f"<title>{said} – " in answer.content.decode()
        assert page(answer).count(str(said).replace("\u00a0", " ")) == 2


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_itself_takes_nothing(made, client, method):
    assert getattr(client, method)(f"/suivi/{made.tracking_code}").status_code == 405
