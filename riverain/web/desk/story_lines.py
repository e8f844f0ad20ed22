"""The history of a report in the words of the services."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from riverain.catalogue.facts import Priority
from riverain.core import clock
from riverain.notifications.models import State
from riverain.notifications.queries import Mail as Sent
from riverain.notifications.queries import mails_of
from riverain.organisation import queries as organisation
from riverain.reports import names, states, wording
from riverain.reports.contacts import NO_MORE_MAILS
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.reports.models import Channel
from riverain.reports.timeline import Step
from riverain.web.desk.case import Case
from riverain.web.desk.people import People
from riverain.web.desk.words import PRIORITIES
from riverain.web.ui import speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What became of the mail that tells a step; `kind` is a chip's."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step: what, who, when, the words of and for the reporter, the note among agents."""

    title: str
    who: str
    at: datetime
    text: str
    note: str
    mail: Mail | None
    is_last: bool


def lines(case: Case, people: People, *, after: int = 0) -> list[Line]:
    """The steps after the entry `after`, first to last."""
    steps = [step for step in case.story.steps if step.seq > after]
    is_told = case.sight.contacts and case.story.had_email
    mails = mails_of(case.report.pk) if is_told else {}
    return [
        Line(
            title=title_of(step, case),
            who=people.who(step),
            at=step.at,
            text=step.words.get("text", ""),
            note=step.words.get("note", ""),
            mail=_mail(mails[step.id], case) if step.id in mails else None,
            is_last=step is steps[-1],
        )
        for step in steps
    ]


def title_of(step: Step, case: Case) -> str:  # noqa: PLR0911 - one branch a kind
    """What happened, in a few words."""
    said = step.said
    match step.kind:
        case "report.submitted":
            return _("Reçu (%(channel)s), confié %(to_service)s") % {
                "channel": wording.CHANNELS[Channel(said["channel"])],
                "to_service": _to_holder(said),
            }
        case "report.moved":
            return _moved(step)
        case "report.handed_over":
            return _("Confié %(to_service)s") % {"to_service": _to_holder(said)}
        case "report.type_changed":
            return _(
                "Type corrigé : « %(before)s » devient « %(after)s », confié %(to_service)s"
            ) % {
                "before": _type_name(case, said["from"]),
                "after": _type_name(case, said["to"]),
                "to_service": _to_holder(said),
            }
        case "report.prioritised":
            return _("Priorité : %(priority)s") % {
                "priority": str(PRIORITIES[Priority(said["priority"])]).lower()
            }
        case "report.message" if said.get("from") == "service":
            return _("Message à l’usager")
        case "erased" if said.get("reason") == NO_MORE_MAILS:
            return _("L’usager ne veut plus de mails : son adresse est effacée")
        case "report.undelivered" if said.get("to_service"):
            return _("Le mail de félicitations n’a pas pu être remis au service")
        case kind:
            return _others().get(kind, _("Étape enregistrée"))


def _others() -> dict[str, str]:
    return {
        "report.located": _("Lieu corrigé"),
        "report.looked_at": _("Vérifié"),
        "report.noted": _("Note"),
        "report.message": _("Message de l’usager"),
        "report.work_done": _("Travaux déclarés faits"),
        "report.email_left": _("L’usager a laissé une adresse e-mail"),
        "report.thanked": _("L’usager confirme que c’est réglé"),
        "report.undelivered": _("Un mail n’a pas pu être remis à l’usager"),
        "erased": _("Données personnelles effacées"),
    }


def _moved(step: Step) -> str:
    said, state = step.said, states.state_after(step)
    origin = Status(said["from"])
    if origin is Status.REJECTION_PROPOSED and state.status is Status.TO_PROCESS:
        return _("Proposition de rejet refusée")
    if state.status is Status.TO_PROCESS:
        return _("Rouvert")
    if state.status is Status.CLAIMED and said.get("claim"):
        return _("Réclamation : %(reason)s") % {
            "reason": str(wording.CLAIMS[ClaimReason(said["claim"])])
        }
    title = wording.for_agents(state)
    if state.status is Status.DONE and state.outcome:
        return f"{title} ({str(wording.OUTCOMES[state.outcome]).lower()})"
    if state.status in {Status.LANDLORD, Status.CLOSED_TRANSFERRED} and state.body:
        return f"{title} ({state.body})"
    return _dated(title, state)


def _dated(title: str, state: wording.State) -> str:
    if state.resume_on:
        said = {"state": title, "day": wording.day(state.resume_on)}
        if state.reason is Reason.WATCHED:
            return _("%(state)s, nouveau point le %(day)s") % said
        return _("%(state)s, reprise le %(day)s") % said
    if state.planned_for:
        day = wording.day(state.planned_for)
        return _("%(state)s, prévue le %(day)s") % {"state": title, "day": day}
    return title


def _to_holder(said: dict[str, Any]) -> str:
    """« à la Direction de la propreté, Netlys »: to the service, and to whom it works with."""
    directory = organisation.directory()
    service = directory.service(said.get("service") or 0)
    partner = directory.partner(said.get("partner") or 0)
    holder = names.to_service(service.name if service else "")
    return f"{holder}, {partner.name}" if partner else holder


def _type_name(case: Case, code: str) -> str:
    found = case.catalogue.type(code)
    return found.name if found else code


def _mail(notice: Sent, case: Case) -> Mail:
    now, zone = clock.now(), case.town.timezone
    match notice.state:
        case State.SENT if notice.sent_at:
            said = speech.moment(notice.sent_at, now=now, zone=zone)
            return Mail(words=_("Mail envoyé %(when)s") % {"when": said}, kind="done")
        case State.FAILED:
            return Mail(
                words=_("Mail non remis : prévenez l’usager autrement"),
                kind="late",
            )
        case State.VOID:
            return Mail(words=_("Mail annulé : il n’y a plus d’adresse"), kind="plain")
    if notice.attempts:
        return Mail(words=_("Mail pas encore remis, nouvel essai bientôt"), kind="soon")
    left = notice.due_at - now
    if left <= timedelta(0):
        return Mail(words=_("Mail sur le départ"), kind="plain")
    return Mail(
        words=_("Mail prévu %(when)s") % {"when": speech.moment(notice.due_at, now=now, zone=zone)},
        kind="plain",
    )
