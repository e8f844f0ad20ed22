"""How statuses read, to agents and to residents ("How statuses read", docs/coverage.md).

Sentences for people, without markup: pages and mails share them. Callers activate the language.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from riverain.catalogue.facts import Nature, Outcome
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.reports.models import Channel

STATUS_FOR_AGENTS: dict[Status, Any] = {
    Status.TO_PROCESS: gettext_lazy("À traiter"),
    Status.WAITING: gettext_lazy("En attente"),
    Status.IN_PROGRESS: gettext_lazy("Intervention en cours"),
    Status.TRANSFERRED: gettext_lazy("Transféré"),
    Status.LANDLORD: gettext_lazy("Demande bailleur"),
    Status.REJECTION_PROPOSED: gettext_lazy("Rejet en cours"),
    Status.CLAIMED: gettext_lazy("Réclamation"),
    Status.REJECTED: gettext_lazy("Demande rejetée"),
    Status.DONE: gettext_lazy("Clôture service fait"),
    Status.CLOSED_TRANSFERRED: gettext_lazy("Clôture transféré"),
    Status.KEPT: gettext_lazy("Suggestion retenue"),
    Status.UNDER_STUDY: gettext_lazy("Suggestion à l’étude"),
    Status.NOT_KEPT: gettext_lazy("Suggestion non retenue"),
    Status.PASSED_ON: gettext_lazy("Félicitation transmise"),
}

REASONS: dict[Reason, Any] = {
    Reason.REPORTER: gettext_lazy("une précision de votre part"),
    Reason.MATERIAL: gettext_lazy("une pièce ou un matériel à recevoir"),
    Reason.WEATHER: gettext_lazy("une météo favorable"),
    Reason.WORKS: gettext_lazy("des travaux prévus à cet endroit"),
    Reason.OTHER_BODY: gettext_lazy("l’intervention d’un autre organisme"),
    Reason.STUDY: gettext_lazy("une étude technique"),
    Reason.WATCHED: gettext_lazy("nous surveillons l’évolution sur place"),
}

OUTCOMES: dict[Outcome, Any] = {
    Outcome.DONE: gettext_lazy("Fait"),
    Outcome.NOTHING_FOUND: gettext_lazy("Rien trouvé sur place"),
    Outcome.ALREADY_DONE: gettext_lazy("Déjà réglé"),
    Outcome.NOT_PLANNED: gettext_lazy("Pas d’intervention prévue"),
    Outcome.NOT_OURS: gettext_lazy("Hors de notre compétence"),
    Outcome.INCOMPLETE: gettext_lazy("Informations insuffisantes"),
}

CLAIMS: dict[ClaimReason, Any] = {
    ClaimReason.TOO_LATE: gettext_lazy("C’est trop long"),
    ClaimReason.PARTLY: gettext_lazy("C’est fait en partie"),
    ClaimReason.BADLY: gettext_lazy("C’est mal fait"),
    ClaimReason.NOT_DONE: gettext_lazy("Ce n’est pas fait"),
}

CHANNELS: dict[Channel, Any] = {
    Channel.WEB: gettext_lazy("site web"),
    Channel.MOBILE: gettext_lazy("téléphone portable"),
    Channel.PHONE: gettext_lazy("appel téléphonique"),
    Channel.DESK: gettext_lazy("accueil"),
    Channel.LETTER: gettext_lazy("courrier"),
    Channel.EMAIL: gettext_lazy("e-mail"),
    Channel.SOCIAL: gettext_lazy("réseau social"),
    Channel.ELECTED: gettext_lazy("élu"),
    Channel.MEETING: gettext_lazy("réunion publique"),
    Channel.FIELD: gettext_lazy("agent de terrain"),
    Channel.CONNECTED: gettext_lazy("système connecté"),
}

NATURES: dict[Nature, Any] = {
    Nature.REPORT: pgettext_lazy("nature", "Signalement"),
    Nature.SUGGESTION: pgettext_lazy("nature", "Suggestion"),
    Nature.PRAISE: pgettext_lazy("nature", "Félicitation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a sentence about a report needs to know. `text` is what the town wrote last, `body`
    the partner's name, `body_replies` whether it answers the reporter itself."""

    status: Status
    service: str
    outcome: Outcome | None = None
    reason: Reason | None = None
    resume_on: date | None = None
    planned_for: date | None = None
    body: str = ""
    text: str = ""


def for_agents(state: State) -> str:
    """One line, in the words of the services."""
    name = str(STATUS_FOR_AGENTS[state.status])
    match state.status:
        case Status.WAITING if state.reason:
            return _("En attente : %(reason)s") % {"reason": _agents_reason(state.reason)}
        case Status.TRANSFERRED if state.body:
            return _("Transféré à %(body)s") % {"body": state.body}
        case Status.REJECTED | Status.REJECTION_PROPOSED if state.outcome:
            return _("%(status)s : %(outcome)s") % {
                "status": name,
                "outcome": str(OUTCOMES[state.outcome]).lower(),
            }
    return name


def for_residents(state: State) -> str:  # noqa: PLR0911 - one branch a status
    """One sentence, the answer first, as a neighbour would say it."""
    match state.status:
        case Status.TO_PROCESS | Status.REJECTION_PROPOSED:
            return _("Reçu")
        case Status.WAITING:
            return _("En attente : %(reason)s, reprise le %(day)s") % {
                "reason": REASONS[state.reason] if state.reason else "",
                "day": day(state.resume_on) if state.resume_on else "",
            }
        case Status.IN_PROGRESS:
            if state.planned_for:
                return _("Intervention prévue le %(day)s") % {"day": day(state.planned_for)}
            return _("Pris en charge")
        case Status.TRANSFERRED | Status.LANDLORD:
            return _("Transmis à %(body)s, compétent ici ; la Ville suit") % {"body": state.body}
        case Status.CLOSED_TRANSFERRED:
            body = state.body or _("un autre organisme")
            return _("Transmis à %(body)s, qui vous répondra") % {"body": body}
        case Status.REJECTED:
            return _rejected(state)
        case Status.DONE:
            return _done(state)
        case Status.CLAIMED:
            return _("Réclamation reçue, réexaminée par %(service)s") % {"service": state.service}
        case Status.KEPT:
            return _("Votre suggestion est retenue : %(text)s") % {"text": state.text}
        case Status.UNDER_STUDY:
            return _("Votre suggestion est à l’étude : %(text)s") % {"text": state.text}
        case Status.NOT_KEPT:
            return _("Votre suggestion n’est pas retenue : %(text)s") % {"text": state.text}
        case Status.PASSED_ON:
            return _("Vos félicitations ont été transmises à l’équipe. Merci pour elle !")


def _rejected(state: State) -> str:
    text = state.text or _outcome(state)
    if not text:  # another tool's, which did not say why
        return _("Nous ne pouvons pas intervenir")
    return _("Nous ne pouvons pas intervenir : %(text)s") % {"text": text}


def _done(state: State) -> str:
    """Never "fixed" for what was not found, or was settled already (P-22, P-27)."""
    if not state.text:  # another tool's, which did not say what was done
        return _("Terminé")
    if state.outcome in {Outcome.NOTHING_FOUND, Outcome.ALREADY_DONE}:
        return _("Terminé, sans intervention : %(text)s") % {"text": state.text}
    return _("Terminé : %(text)s") % {"text": state.text}


def _outcome(state: State) -> str:
    return str(OUTCOMES[state.outcome]).lower() if state.outcome else ""


def day(said: date) -> str:
    """As a day is said: "mardi 3 mars", "dimanche 1er mars", in the active language."""
    if said.day == 1:
        return date_format(said, pgettext("first, without its year", "l 1\\e\\r\u00a0F"))
    return date_format(said, "l j\u00a0F")


def _agents_reason(reason: Reason) -> str:
    if reason is Reason.REPORTER:
        return _("réponse de l’usager")
    if reason is Reason.WATCHED:
        return _("sous surveillance")
    return str(REASONS[reason])
