"""From a report or a step to the facts that a sentence needs."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from riverain.catalogue.facts import Nature, Outcome
from riverain.core.typography import french
from riverain.organisation import queries as organisation
from riverain.reports import names, wording
from riverain.reports.answers import Answer, Times, answer, closed
from riverain.reports.lifecycle import CLOSED, PAUSED, RUNNING, ClaimReason, Reason, Status
from riverain.reports.listed import Listed
from riverain.reports.models import Report
from riverain.reports.timeline import Step, Story
from riverain.reports.wording import State
from riverain.territory.facts import CollectivityFacts


def state_of(report: Report | Listed, text: str = "") -> State:
    """Where the report stands now; `text` is what its last move told."""
    return State(
        status=Status(report.status),
        service=_service(report.service_id),
        nature=Nature(report.nature),
        outcome=Outcome(report.outcome) if report.outcome else None,
        reason=Reason(report.reason) if report.reason else None,
        resume_on=report.resume_on,
        planned_for=report.planned_for,
        due_at=running_deadline(report),
        body=_partner(report.partner_id),
        text=text,
    )


def known_to_reporter(report: Report, story: Story) -> State:
    """Where the report stands as far as its reporter was told: after a proposed rejection, or one
    that was refused, it stands for them where it stood before (S0-43)."""
    moves = [step for step in story.steps if step.kind == "report.moved"]
    told = [step for step in moves if step.told]
    if not moves:
        return state_of(report)
    if moves[-1].told:
        last = moves[-1]
        return replace(state_of(report, words(last)), reopened=_reopens(last))
    now = state_of(report)
    if not told:
        return replace(now, status=Status.TO_PROCESS, outcome=None, reason=None)
    before = state_after(told[-1])
    due_at = None if before.status in PAUSED | CLOSED else now.due_at
    return replace(before, service=now.service, nature=now.nature, due_at=due_at)


def words(step: Step) -> str:
    """What was written with a step: by the town, set as French is printed, whatever the language
    of the page; by the reporter, as they wrote it."""
    said = step.words.get("text", "")
    return french(said) if by_town(step) else said


def by_town(step: Step) -> bool:
    """Whether what was written with a step is the town's; else its reporter wrote it."""
    if step.kind == "report.message":
        return bool(step.said.get("from") == "service")
    return step.kind != "report.thanked" and step.said.get("to") != Status.CLAIMED


def running_deadline(report: Report | Listed) -> datetime | None:
    """By when the town committed to act; None where no deadline runs, and for what is no report of
    a problem: agents answer a suggestion in time too, but nobody was promised it."""
    if report.status not in RUNNING or report.nature != Nature.REPORT:
        return None
    return report.due_at


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
        due_at=_instant(said.get("due_at")),
        body=_partner(said.get("partner")),
        text=words(step),
        reopened=_reopens(step),
    )


def sentence(step: Step, town: CollectivityFacts) -> str:
    """What a resident reads of a step that is told."""
    match step.kind:
        case "report.submitted":
            return _("Reçu, transmis %(to_service)s") % {
                "to_service": names.to_service(_service(step.said["service"]))
            }
        case "report.moved":
            return wording.for_residents(state_after(step))
        case "report.handed_over":
            return _("Confié %(to_service)s") % {"to_service": _holder(step)}
        case "report.type_changed":
            return _("Votre demande a été reclassée et confiée %(to_service)s") % {
                "to_service": names.to_service(_service(step.said["service"]))
            }
        case "report.message" if step.said.get("from") == "service":
            return _("%(town)s vous écrit") % {"town": capfirst(names.body(town.name))}
        case "report.message":
            return _("Vous avez écrit au service")
        case "report.thanked":
            return _("Vous avez confirmé que c’est réglé. Merci !")
    raise ValueError(f"residents are told nothing of {step.kind}")


def answered(step: Step, town: CollectivityFacts, times: Times) -> Answer:
    """What a told step says to its reporter, the answer first."""
    said = step.said
    if step.kind == "report.moved":
        return answer(state_after(step), times)
    if step.kind == "report.submitted":
        return answer(
            State(
                status=Status.TO_PROCESS,
                service=_service(said["service"]),
                nature=Nature(said["nature"]),
                due_at=_instant(said.get("due_at")) if said["nature"] == Nature.REPORT else None,
            ),
            times,
        )
    return Answer(closed(sentence(step, town)), words(step))


def happened(step: Step) -> str:
    """A move in the history's words, without the text that came with it."""
    state = replace(state_after(step), text="")
    if state.status is Status.CLAIMED and step.said.get("claim"):
        return _("Vous avez dit que ce n’était pas réglé : %(claim)s") % {
            "claim": str(wording.CLAIMS[ClaimReason(step.said["claim"])]).lower()
        }
    return wording.for_residents(state)


def _holder(step: Step) -> str:
    partner = _partner(step.said.get("partner"))
    return names.to(partner) if partner else names.to_service(_service(step.said["service"]))


def _reopens(step: Step) -> bool:
    return step.said["to"] == Status.TO_PROCESS and step.said["from"] in CLOSED


def _service(service_id: Any) -> str:
    found = organisation.directory().service(service_id) if service_id else None
    return french(found.name) if found else ""


def _partner(partner_id: Any) -> str:
    found = organisation.directory().partner(partner_id) if partner_id else None
    return french(found.name) if found else ""


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
