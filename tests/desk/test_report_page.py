"""A report's page: what is known of it, what happened, and what each kind of reader sees."""

from datetime import UTC, datetime, timedelta

import pytest

from riverain.audit.models import Entry
from riverain.catalogue.facts import Outcome, Priority
from riverain.core import clock
from riverain.files.actions import store_picture
from riverain.notifications.models import Notice, NoticeStep
from riverain.notifications.models import State as MailState
from riverain.reports import actions, corrections, erasure, messages
from riverain.reports.acting import Reporter, System
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from tests import town
from tests.desk.reading import next_step, steps, words

ANSWERS = {
    "nature": ["autre"],
    "quoi": ["Un vieux matelas"],
    "genes": ["pietons", "velos"],
    "passage": ["yes"],
    "combien": ["3"],
}


def address(report):
    return f"/agents/signalements/{report.number}"


@pytest.fixture
def known(city):
    """A report with everything a resident may say, in the contractor's hands."""
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    return town.report(
        city,
        type_code="depot",
        at=town.CENTRE,
        answers=ANSWERS,
        name="Camille Martin",
        email="camille@exemple.fr",
        phone="06 12 34 56 78",
        pictures=(picture.id,),
    )


def test_page_says_what_where_when_and_by_which_way(request, page):
    # Fifteen days from here no clock changes, which would make them an hour longer.
    with clock.frozen(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        known = request.getfixturevalue("known")
        text = words(page("coordinator", address(known)))
    for said in (
        "Salissures, dépôts, déjections",
        known.number,
        "reçu à l’instant · site web",
        "À traiter",
        "Le sac déborde devant l’école.",
        "Qu’est-ce qui est déposé ? Autre chose",
        "Quoi donc ? Un vieux matelas",
        "Qui est gêné ? Les piétons, Les vélos",
        "Le passage est-il bloqué ? Oui",
        "Combien de sacs ? 3",
        "12 rue des Postes Ouvrir dans mon GPS",
        "Quartier Lille-Centre, Intra-muros",
        "Confié à Propreté publique, Lilébo",
        "Reçu (site web), confié au service Propreté publique, Lilébo",
        "encore 15 j",
    ):
        assert said in text, said


def test_answers_are_read_with_the_questions_of_the_type_at_the_time(city, known, page):
    corrections.change_type(
        acting=city.member("administrator"), report_id=known.pk, type_code="poubelle-dehors"
    )
    text = words(page("administrator", address(known)))
    assert "Quoi donc ? Un vieux matelas" in text
    assert "Type corrigé : « Salissures, dépôts, déjections » devient" in text


@pytest.mark.row("L-02")
def test_contact_is_read_by_those_who_answer_residents_only(city, known, page):
    contact = ("Camille Martin", "camille@exemple.fr", "+33612345678")
    readers = {"coordinator", "referent", "deputy", "validator", "front_desk", "phone"}
    readers |= {"administrator"}
    others = {"field_agent", "crew_chief", "elected", "contractor"}
    for role in readers | others:
        text = page(role, address(known))
        for secret in contact:
            assert (secret in text) is (role in readers), (role, secret)
        # Whoever holds it is taken for the reporter.
        assert known.tracking_code not in text


@pytest.mark.row("S0-70")
def test_elected_official_reads_no_word_no_place_no_picture_no_name(city, known, page):
    actions.move(
        acting=city.member("coordinator"),
        report_id=known.pk,
        to=Status.IN_PROGRESS,
        given=Given(text="On passe lundi.", note="Chez M. Martin, sonner."),
    )
    text = page("elected", address(known))
    for secret in (
        "Le sac déborde",
        "matelas",
        "rue des Postes",
        "On passe lundi",
        "Chez M. Martin",
        "Camille Coordinator",
        "/photos/",
        str(known.lat),
    ):
        assert secret not in text, secret
    assert "Intervention en cours" in text
    assert "Propreté publique" in text
    assert steps(text) == []


@pytest.mark.row("S0-66", "N-08")
def test_contractor_reads_what_says_what_to_do_never_who_said_it(city, known, page):
    coordinator = city.member("coordinator")
    actions.move(
        acting=coordinator,
        report_id=known.pk,
        to=Status.IN_PROGRESS,
        given=Given(note="Passer par le concierge."),
    )
    messages.note(acting=coordinator, report_id=known.pk, text="La dame appelle du 0612345678.")
    messages.write_to_reporter(acting=coordinator, report_id=known.pk, text="Bonjour Camille,")
    messages.write_to_service(
        acting=Reporter(known.pk), report_id=known.pk, text="Appelez-moi au 0612345678"
    )
    messages.undelivered(acting=System("mail"), report_id=known.pk, reason="refused")
    messages.note(acting=city.member("contractor"), report_id=known.pk, text="Il faut une benne.")
    text = page("contractor", address(known))
    assert "Camille Contractor" in text.split('aria-label="Étapes"')[1]
    for said in (
        "Le sac déborde",
        "Un vieux matelas",
        "12 rue des Postes",
        "/photos/",
        "Passer par le concierge.",
        "Il faut une benne.",
    ):
        assert said in text, said
    for secret in ("0612345678", "Bonjour Camille", "Camille Coordinator", "non remis"):
        assert secret not in text, secret


def test_contractor_does_not_read_notes_of_before_it_had_the_report(city, page):
    made = town.report(city)
    coordinator = city.member("coordinator")
    actions.move(
        acting=coordinator,
        report_id=made.pk,
        to=Status.IN_PROGRESS,
        given=Given(note="Entre nous."),
    )
    actions.hand_over(
        acting=coordinator,
        report_id=made.pk,
        service_id=made.service_id,
        partner_id=city.partners["lilebo"].pk,
        note="Portez des gants.",
    )
    text = page("contractor", address(made))
    assert "Portez des gants." in text
    assert "Entre nous." not in text


def test_agents_are_named_to_agents_with_their_body(city, known, page):
    actions.declare_done(
        acting=city.member("contractor"), report_id=known.pk, text="Nettoyé à l’eau."
    )
    text = words(page("coordinator", address(known)))
    assert "Camille Contractor (Lilébo)" in text
    assert "Note des agents : Nettoyé à l’eau." in text
    assert "Travaux déclarés faits" in text


def test_a_claim_is_told_once_while_it_waits_and_counted_afterwards(city, page):
    made = town.report(city)
    admin = city.member("administrator")
    closed = Given(outcome=Outcome.DONE, text="C’est propre.")
    actions.move(acting=admin, report_id=made.pk, to=Status.DONE, given=closed)
    actions.claim(
        acting=Reporter(made.pk), report_id=made.pk, reason=ClaimReason.PARTLY, text="Un sac."
    )
    assert "1 réclamation" not in words(page("administrator", address(made)))
    actions.move(acting=admin, report_id=made.pk, to=Status.IN_PROGRESS, given=Given())
    assert "1 réclamation" in words(page("administrator", address(made)))


def test_every_kind_of_step_has_its_words(city, page):
    """All that can happen to a report, read by an agent, in order."""
    made = town.report(city)
    admin, reporter = city.member("administrator"), Reporter(made.pk)
    later = (clock.now() + timedelta(days=5)).date()

    def move(to, **given):
        actions.move(acting=admin, report_id=made.pk, to=to, given=Given(**given))

    move(Status.IN_PROGRESS, planned_for=later)
    move(Status.WAITING, reason=Reason.REPORTER, resume_on=later, text="Devant quel porche ?")
    move(Status.TRANSFERRED, partner_id=city.partners["mel"].pk)
    move(Status.IN_PROGRESS)
    move(Status.LANDLORD, partner_id=city.partners["bailleur"].pk)
    move(Status.IN_PROGRESS)
    move(Status.WAITING, reason=Reason.WATCHED, resume_on=later)
    move(Status.IN_PROGRESS)
    actions.hand_over(acting=admin, report_id=made.pk, service_id=city.services["voirie"].pk)
    corrections.prioritise(acting=admin, report_id=made.pk, priority=Priority.HIGH)
    lon, lat = town.CENTRE
    corrections.relocate(acting=admin, report_id=made.pk, lon=lon, lat=lat, address="1 place")
    type(made).objects.filter(pk=made.pk).update(looked_at=False)
    corrections.look_at(acting=admin, report_id=made.pk)
    messages.note(acting=admin, report_id=made.pk, text="Une note.")
    messages.write_to_reporter(acting=admin, report_id=made.pk, text="Un message.")
    messages.write_to_service(acting=reporter, report_id=made.pk, text="Une réponse.")
    move(Status.REJECTION_PROPOSED, outcome=Outcome.NOT_OURS)
    move(Status.TO_PROCESS)
    actions.declare_done(acting=admin, report_id=made.pk)
    move(Status.DONE, outcome=Outcome.DONE, text="C’est propre.")
    actions.claim(acting=reporter, report_id=made.pk, reason=ClaimReason.PARTLY, text="En partie.")
    move(Status.CLOSED_TRANSFERRED, partner_id=city.partners["mel"].pk)
    messages.thank(acting=reporter, report_id=made.pk)
    move(Status.TO_PROCESS)
    move(Status.REJECTED, outcome=Outcome.NOT_PLANNED, text="Pas prévu.")
    messages.undelivered(acting=System("mail"), report_id=made.pk, reason="refused")
    text = words(page("administrator", address(made)))
    position = 0
    for said in (
        "Reçu (site web), confié au service Propreté publique",
        "Intervention en cours, prévue le ",
        "En attente : réponse de l’usager, reprise le ",
        "Transféré à Métropole",
        "Demande bailleur (Habitat du Nord)",
        "En attente : sous surveillance, nouveau point le ",
        "Confié au service Voirie",
        "Priorité : prioritaire",
        "Lieu corrigé",
        "Vérifié",
        "Note ",
        "Message à l’usager",
        "Message de l’usager",
        "Rejet en cours : hors de notre compétence",
        "Proposition de rejet refusée",
        "Travaux déclarés faits",
        "Clôture service fait (fait)",
        "Réclamation : C’est fait en partie",
        "Clôture transféré (Métropole)",
        "L’usager confirme que c’est réglé",
        "Rouvert",
        "Demande rejetée : pas d’intervention prévue",
        "Un mail n’a pas pu être remis à l’usager",
    ):
        found = text.find(said, position)
        assert found >= 0, said
        position = found + 1
    assert "Étape enregistrée" not in text
    assert "Système" in text


def test_mail_to_the_crew_that_failed_is_not_said_to_be_the_residents(city, page):
    made = town.report(city, type_code="bravo-proprete")
    messages.undelivered(
        acting=System("mail"), report_id=made.pk, reason="refused", to_service=True
    )
    text = words(page("administrator", address(made)))
    assert "Le mail de félicitations n’a pas pu être remis au service" in text
    assert "remis à l’usager" not in text


@pytest.mark.parametrize(
    ("state", "attempts", "said"),
    [
        (MailState.PENDING, 0, "Mail prévu dans 9 min"),
        (MailState.PENDING, 2, "Mail pas encore remis, nouvel essai bientôt"),
        (MailState.SENT, 1, "Mail envoyé à l’instant"),
        (MailState.FAILED, 9, "Mail non remis : prévenez l’usager autrement"),
        (MailState.VOID, 0, "Mail annulé : il n’y a plus d’adresse"),
    ],
)
def test_page_says_what_became_of_each_mail(known, page, state, attempts, said):
    entry = Entry.objects.get(stream_kind="report", stream_id=known.pk, seq=1)
    notice = Notice.objects.create(
        report=known,
        recipient="reporter",
        key="k",
        state=state,
        attempts=attempts,
        due_at=clock.now() + timedelta(minutes=10),
        sent_at=clock.now() if state == MailState.SENT else None,
    )
    NoticeStep.objects.create(notice=notice, recipient="reporter", entry_id=entry.pk)
    assert said in words(page("coordinator", address(known)))
    assert said not in words(page("crew_chief", address(known)))


def test_erased_report_says_that_it_is(city, known, page):
    erasure.erase_report(acting=city.member("administrator"), report_id=known.pk)
    text = page("coordinator", address(known))
    assert "Ce que l’usager avait écrit est effacé." in words(text)
    assert "Ses coordonnées sont effacées." in words(text)
    assert "Données personnelles effacées" in words(text)
    for secret in ("camille@exemple.fr", "matelas", "rue des Postes", "/suivi/", "/photos/"):
        assert secret not in text, secret


def test_report_of_another_town_is_not_there(city, sign_in):
    mine, theirs = town.report(city), town.report(city, at=town.CAEN, collectivity_id=city.caen.pk)
    for role, report in (
        ("caen_admin", mine),
        ("administrator", theirs),
        ("technician", mine),
        ("contractor", mine),
        ("landlord", mine),
    ):
        answer = sign_in(role).get(address(report))
        missing = sign_in(role).get("/agents/signalements/LIL-2026-999999")
        assert answer.status_code == missing.status_code == 404, role
        # In the same words: the answer does not say that it exists.
        assert answer.content == missing.content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method_is_refused(known, sign_in, method):
    assert getattr(sign_in("administrator"), method)(address(known)).status_code == 405


def test_anyone_else_is_led_to_the_sign_in_page(known, client):
    answer = client.get(address(known))
    assert answer.status_code == 302
    assert answer["Location"] == f"/agents/connexion/?next={address(known)}"


def test_queries_do_not_grow_with_the_story(city, known, sign_in, django_assert_max_num_queries):
    client = sign_in("coordinator")
    client.get(address(known))
    for _ in range(12):
        messages.note(acting=city.member("coordinator"), report_id=known.pk, text="Encore.")
        messages.note(acting=city.member("contractor"), report_id=known.pk, text="Et encore.")
    with django_assert_max_num_queries(12):
        client.get(address(known))


def test_what_is_offered_follows_the_lifecycle_and_the_role(city, known, page, take):
    assert set(steps(page("contractor", address(known)))) == {"prendre", "fait", "prevoir", "note"}
    assert set(steps(page("front_desk", address(known)))) == {"ecrire", "note"}
    text = page("coordinator", address(known))
    offered = set(steps(text))
    assert next_step(text) == "prendre"
    assert {"confier", "attente", "transmettre", "cloturer", "proposer-rejet"} <= offered
    assert not {"rejeter", "rouvrir", "retenir", "feliciter", "effacer"} & offered
    take("coordinator", known, "prendre")
    assert next_step(page("coordinator", address(known))) == "fait"
    take("contractor", known, "fait", text="Nettoyé.")
    text = page("coordinator", address(known))
    assert next_step(text) == "cloturer"
    assert "prendre" not in steps(text)


def test_suggestions_and_praise_have_their_own_endings(city, page):
    idea = town.report(city, type_code="idee-voirie")
    offered = steps(page("administrator", address(idea)))
    assert {"prendre", "retenir", "etudier", "ne-pas-retenir"} <= set(offered)
    assert not {"cloturer", "rejeter", "proposer-rejet", "transmettre", "fait"} & set(offered)
    praise = town.report(city, type_code="bravo-proprete")
    text = page("administrator", address(praise))
    assert next_step(text) == "feliciter"
    assert not {"prendre", "cloturer", "retenir", "attente", "fait"} & set(steps(text))
