"""The moves of the desk: where each starts, what is posted, where it leads."""

from datetime import timedelta

from django.db import connection

from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.reports import actions
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from riverain.reports.timeline import story

ADMIN = "administrator"


def day(days):
    return (clock.now() + timedelta(days=days)).date()


def page_of(report, code):
    return f"/agents/signalements/{report.number}/{code}"


def last(report):
    """The last entry of a report with its words."""
    return story(report.pk, contacts=False, notes=True).steps[-1]


def job_count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def arrange(city, report, status):
    """Brings a report where a step starts."""
    given = {
        Status.TO_PROCESS: None,
        Status.IN_PROGRESS: Given(),
        Status.DONE: Given(outcome=Outcome.DONE, text="Fait."),
        Status.REJECTION_PROPOSED: Given(outcome=Outcome.INCOMPLETE),
    }[status]
    if given:
        admin = city.member(ADMIN)
        actions.move(acting=admin, report_id=report.pk, to=status, given=given)


# code -> type of report, status before, what is posted, status after, words of the message.
MOVES = {
    "prendre": ("sac-plein", Status.TO_PROCESS, {}, Status.IN_PROGRESS, "Pris en charge."),
    "prevoir": (
        "sac-plein",
        Status.TO_PROCESS,
        {"planned_for": day(2).isoformat(), "text": "Nous venons avec un camion."},
        Status.IN_PROGRESS,
        "Intervention prévue.",
    ),
    "attente": (
        "sac-plein",
        Status.IN_PROGRESS,
        {"reason": "weather", "resume_on": day(4).strftime("%d/%m/%Y"), "note": "Gel."},
        Status.WAITING,
        "Mis en attente.",
    ),
    "surveiller": (
        "sac-plein",
        Status.TO_PROCESS,
        {"resume_on": day(4).isoformat()},
        Status.WAITING,
        "Mis sous surveillance.",
    ),
    "transmettre": (
        "sac-plein",
        Status.TO_PROCESS,
        {"partner": "mel", "text": "La Métropole s’en charge."},
        Status.TRANSFERRED,
        "Transmis : la Ville suit.",
    ),
    "bailleur": (
        "sac-plein",
        Status.TO_PROCESS,
        {"partner": "bailleur"},
        Status.LANDLORD,
        "Transmis au bailleur : la Ville suit.",
    ),
    "cloturer": (
        "sac-plein",
        Status.IN_PROGRESS,
        {"outcome": "done", "text": "Le sac a été changé à midi."},
        Status.DONE,
        "Clôturé.",
    ),
    "cloturer-transfere": (
        "sac-plein",
        Status.TO_PROCESS,
        {"partner": "mel"},
        Status.CLOSED_TRANSFERRED,
        "Clôturé, transmis.",
    ),
    "proposer-rejet": (
        "sac-plein",
        Status.TO_PROCESS,
        {"outcome": "not_ours", "note": "Domaine privé."},
        Status.REJECTION_PROPOSED,
        "Rejet proposé : un responsable tranche. L’usager n’en sait rien d’ici là.",
    ),
    "rejeter": (
        "sac-plein",
        Status.REJECTION_PROPOSED,
        {"outcome": "incomplete", "text": "Il nous faut l’adresse."},
        Status.REJECTED,
        "Demande rejetée.",
    ),
    "refuser-rejet": (
        "sac-plein",
        Status.REJECTION_PROPOSED,
        {"note": "C’est bien chez nous."},
        Status.TO_PROCESS,
        "Proposition refusée : le signalement est de nouveau à traiter.",
    ),
    "retenir": (
        "idee-voirie",
        Status.TO_PROCESS,
        {"text": "Au programme de 2027."},
        Status.KEPT,
        "Suggestion retenue.",
    ),
    "etudier": (
        "idee-voirie",
        Status.TO_PROCESS,
        {"text": "Le service chiffre."},
        Status.UNDER_STUDY,
        "Suggestion à l’étude.",
    ),
    "ne-pas-retenir": (
        "idee-voirie",
        Status.TO_PROCESS,
        {"text": "Trop étroit."},
        Status.NOT_KEPT,
        "Suggestion non retenue.",
    ),
    "feliciter": (
        "bravo-proprete",
        Status.TO_PROCESS,
        {},
        Status.PASSED_ON,
        "Félicitations transmises à l’équipe.",
    ),
    "rouvrir": (
        "sac-plein",
        Status.DONE,
        {"text": "Nous y retournons."},
        Status.TO_PROCESS,
        "Rouvert, avec un nouveau délai.",
    ),
}
