"""From a report or a step to the facts that a sentence needs."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from riverain.catalogue.facts import Outcome
from riverain.organisation import queries as organisation
from riverain.reports import wording
from riverain.reports.lifecycle import Reason, Status
from riverain.reports.models import Report
from riverain.reports.timeline import Step, Story
from riverain.reports.wording import State
from riverain.territory.facts import CollectivityFacts


def state_of(report: Report, story: Story | None = None) -> State:
    """Where the report stands now; `story` gives the words that its last move told."""
    text = ""
    if story is not None:
        moves = [step for step in story.steps if step.kind == "report.moved"]
        text = moves[-1].words.get("text", "") if moves else ""
    return State(
        status=Status(report.status),
        service=_service(report.service_id),
        outcome=Outcome(report.outcome) if report.outcome else None,
        reason=Reason(report.reason) if report.reason else None,
        resume_on=report.resume_on,
        planned_for=report.planned_for,
        body=_partner(report.partner_id),
        text=text,
    )


def state_after(step: Step) -> State:
    """Where the report stood after a move."""
    said = step.said
    return State(
        status=Status(said["to"]),
        service=_service(said.get("service")),
        outcome=Outcome(said["outcome"]) if said.get("outcome") else None,
        reason=Reason(said["reason"]) if said.get("reason") else None,
        resume_on=_date(said.get("resume_on")),
        planned_for=_date(said.get("planned_for")),
        body=_partner(said.get("partner")),
        text=step.words.get("text", ""),
    )


def sentence(step: Step, town: CollectivityFacts) -> str:
    """What a resident reads of a step that is told."""
    match step.kind:
        case "report.submitted":
            return _("Reçu, transmis à %(service)s") % {"service": _service(step.said["service"])}
        case "report.moved":
            return wording.for_residents(state_after(step))
        case "report.handed_over":
            return _("Confié à %(service)s") % {
                "service": _partner(step.said.get("partner")) or _service(step.said["service"])
            }
        case "report.type_changed":
            return _("Votre demande a été reclassée et confiée à %(service)s") % {
                "service": _service(step.said["service"])
            }
        case "report.message" if step.said.get("from") == "service":
            return _("%(town)s vous écrit") % {"town": town.name}
        case "report.message":
            return _("Vous avez écrit au service")
        case "report.thanked":
            return _("Vous avez confirmé que c’est réglé. Merci !")
    raise ValueError(f"residents are told nothing of {step.kind}")


def shows_text(step: Step) -> bool:
    """Whether a step's words stand beside its sentence, being not part of it already."""
    if step.kind != "report.moved":
        return True
    text = step.words.get("text", "")
    return bool(text) and text not in wording.for_residents(state_after(step))


def _service(service_id: Any) -> str:
    found = organisation.directory().service(service_id) if service_id else None
    return found.name if found else ""


def _partner(partner_id: Any) -> str:
    found = organisation.directory().partner(partner_id) if partner_id else None
    return found.name if found else ""


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
