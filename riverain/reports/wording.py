"""How statuses read, to agents and to residents ("How statuses read", docs/coverage.md).

Sentences for people, without markup: pages and mails share them. Callers activate the language.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.dateformat import format as formatted
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from riverain.catalogue.facts import Nature, Outcome
from riverain.reports import names
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

# A word or two, for a chip; the sentence stands beside it.
STATUS_FOR_RESIDENTS: dict[Status, Any] = {
    Status.TO_PROCESS: gettext_lazy("Reçu"),
    Status.WAITING: gettext_lazy("En attente"),
    Status.IN_PROGRESS: gettext_lazy("En cours"),
    Status.TRANSFERRED: gettext_lazy("Transmis"),
    Status.LANDLORD: gettext_lazy("Transmis"),
    Status.REJECTION_PROPOSED: gettext_lazy("Reçu"),
    Status.CLAIMED: gettext_lazy("Rouvert"),
    Status.REJECTED: gettext_lazy("Sans intervention"),
    Status.DONE: gettext_lazy("Terminé"),
    Status.CLOSED_TRANSFERRED: gettext_lazy("Transmis"),
    Status.KEPT: gettext_lazy("Retenue"),
    Status.UNDER_STUDY: gettext_lazy("À l’étude"),
    Status.NOT_KEPT: gettext_lazy("Non retenue"),
    Status.PASSED_ON: gettext_lazy("Transmises"),
}
# Endings that are not "done": nothing may read as fixed that was not found (P-22, P-27).
ENDED_OTHERWISE: dict[Outcome, Any] = {
    Outcome.NOTHING_FOUND: gettext_lazy("Terminé, rien trouvé"),
    Outcome.ALREADY_DONE: gettext_lazy("Terminé, déjà réglé"),
}

# The endings of a suggestion, and of praise.
DECIDED: dict[Status, Any] = {
    Status.KEPT: gettext_lazy("Votre suggestion est retenue"),
    Status.UNDER_STUDY: gettext_lazy("Votre suggestion est à l’étude"),
    Status.NOT_KEPT: gettext_lazy("Votre suggestion n’est pas retenue"),
}
PASSED_ON = gettext_lazy("Vos félicitations ont été transmises à l’équipe. Merci pour elle !")

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
    the partner's name; `due_at` is None where no deadline runs; `reopened` says that the town
    took up again what had ended."""

    status: Status
    service: str
    nature: Nature = Nature.REPORT
    outcome: Outcome | None = None
    reason: Reason | None = None
    resume_on: date | None = None
    planned_for: date | None = None
    due_at: datetime | None = None
    body: str = ""
    text: str = ""
    reopened: bool = False


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


def in_a_word(state: State) -> str:
    """« Reçu », « Terminé, rien trouvé »."""
    if state.status is Status.DONE and state.outcome in ENDED_OTHERWISE:
        return str(ENDED_OTHERWISE[state.outcome])
    if state.status is Status.IN_PROGRESS and state.planned_for:
        return _("Prévu")
    return str(STATUS_FOR_RESIDENTS[state.status])


def for_residents(state: State) -> str:  # noqa: PLR0911 - one branch a status
    """Where it stands, in a few words: the line of a history. What the page and the mail say
    first is in `answers`."""
    match state.status:
        case Status.TO_PROCESS if state.reopened:
            return _("Rouvert par la Ville")
        case Status.TO_PROCESS | Status.REJECTION_PROPOSED:
            return _("Reçu")
        case Status.WAITING:
            return _waiting(state)
        case Status.IN_PROGRESS:
            return _in_hand(state)
        case Status.TRANSFERRED | Status.LANDLORD:
            return transferred(state.body)
        case Status.CLOSED_TRANSFERRED:
            return sent_on(state.body)
        case Status.REJECTED:
            return _rejected(state)
        case Status.DONE:
            return _done(state)
        case Status.CLAIMED:
            said = _("Réclamation reçue, réexaminée par %(service)s")
            return said % {"service": names.service(state.service)}
        case Status.KEPT | Status.UNDER_STUDY | Status.NOT_KEPT:
            return _decided(state)
        case Status.PASSED_ON:
            return str(PASSED_ON)


def _waiting(state: State) -> str:
    resumes = day(state.resume_on) if state.resume_on else ""
    if state.reason is Reason.WATCHED:
        return _("Sous surveillance : nouveau point le %(day)s") % {"day": resumes}
    return _("En attente : %(reason)s, reprise le %(day)s") % {
        "reason": REASONS[state.reason] if state.reason else "",
        "day": resumes,
    }


def _in_hand(state: State) -> str:
    if state.planned_for:
        return _("Intervention prévue le %(day)s") % {"day": day(state.planned_for)}
    return _("Pris en charge")


def transferred(body: str) -> str:
    """Another body has it, and the town follows."""
    if not body:  # another tool's, which did not say whom
        return _("Transmis à l’organisme compétent ici ; la Ville suit")
    if names.is_feminine(body):
        return _("Transmis %(to_body)s, compétente ici ; la Ville suit") % {
            "to_body": names.to(body)
        }
    return _("Transmis %(to_body)s, compétent ici ; la Ville suit") % {"to_body": names.to(body)}


def sent_on(body: str) -> str:
    """Another body has it, and answers itself."""
    return _("Transmis %(to_body)s, qui vous répondra") % {
        "to_body": names.to(body or _("un autre organisme"))
    }


def _decided(state: State) -> str:
    """A suggestion's ending, which always has a reason."""
    return _with_text(str(DECIDED[state.status]), state.text)


def _with_text(said: str, text: str) -> str:
    return _("%(said)s : %(text)s") % {"said": said, "text": text} if text else said


def _rejected(state: State) -> str:
    return _with_text(_("Nous ne pouvons pas intervenir"), state.text or _outcome(state))


def _done(state: State) -> str:
    """Never "fixed" for what was not found, or was settled already (P-22, P-27)."""
    if state.outcome in {Outcome.NOTHING_FOUND, Outcome.ALREADY_DONE}:
        return _with_text(_("Terminé, sans intervention"), state.text)
    return _with_text(_("Terminé"), state.text)


def _outcome(state: State) -> str:
    return str(OUTCOMES[state.outcome]).lower() if state.outcome else ""


def day(said: date) -> str:
    """As a day is said: "mardi 3 mars", "dimanche 1er mars", in the active language."""
    if said.day == 1:
        return date_format(said, pgettext("first, without its year", "l 1\\e\\r\u00a0F"))
    return date_format(said, "l j\u00a0F")


def dated(said: date) -> str:
    """A day with its year: "3 mars 2026", "1er mars 2026", in the active language."""
    if said.day == 1:
        return date_format(said, pgettext("first, with its year", "1\\e\\r\u00a0F Y"))
    return date_format(said, "j\u00a0F Y")


def in_full(said: date) -> str:
    """A day with its weekday and its year: "mardi 3 mars 2026", in the active language."""
    if said.day == 1:
        return date_format(said, pgettext("first, with weekday", "l 1\\e\\r\u00a0F Y"))
    return date_format(said, "l j\u00a0F Y")


def time_of(said: time | datetime) -> str:
    """« 16 h 40 », « 9 h » on the hour, as the clocks of its zone show it."""
    if said.minute == 0:
        return str(formatted(said, pgettext("whole hour", "G\u00a0\\h")))
    return str(formatted(said, pgettext("hour and minutes", "G\u00a0\\h\u00a0i")))


def _agents_reason(reason: Reason) -> str:
    if reason is Reason.REPORTER:
        return _("réponse de l’usager")
    if reason is Reason.WATCHED:
        return _("sous surveillance")
    return str(REASONS[reason])
