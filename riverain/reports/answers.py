"""The answer: what a resident reads first of a report, in a sentence that a neighbour would say.

The page's title and the mail's subject. Whoever shows it says how times are told (`Times`): a page
is read now and says « demain », a mail is read at any time and says the day. Callers activate the
language.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.catalogue.facts import Nature, Outcome
from riverain.core import clock
from riverain.reports import names, wording
from riverain.reports.lifecycle import Reason, Status
from riverain.reports.wording import State

# A title that a telephone shows without scrolling; the rest of a long answer stands under it.
LONGEST_TITLE = 170
# A greeting alone on the first line is no answer.
_FEWEST_WORDS = 3
_FIRST_SENTENCE = re.compile(r"(.+?[.!?…])(?:\s+|$)(.*)", re.DOTALL)
_CLOSED_SENTENCE = re.compile(r"[.!?…»\")]$")

# What is said of an ending for which nobody wrote a word (another tool's report).
_ENDED: dict[Outcome | None, Any] = {
    None: gettext_lazy("C’est terminé."),
    Outcome.DONE: gettext_lazy("C’est fait."),
    Outcome.NOTHING_FOUND: gettext_lazy("Nous sommes passés et n’avons rien trouvé."),
    Outcome.ALREADY_DONE: gettext_lazy("C’était déjà réglé à notre passage."),
}
_REFUSED: dict[Outcome | None, Any] = {
    Outcome.NOT_PLANNED: gettext_lazy("Nous n’interviendrons pas."),
    Outcome.NOT_OURS: gettext_lazy(
        "Nous ne pouvons pas intervenir : cela ne relève pas de la Ville."
    ),
    Outcome.INCOMPLETE: gettext_lazy(
        "Nous ne pouvons pas intervenir : il nous manque des précisions."
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A title that says it, and what does not go into a title."""

    title: str
    detail: str = ""


class Times(Protocol):
    """How the reader is told of times."""

    def by(self, due: datetime) -> str:
        """« avant mercredi 9 h 12 »"""
        ...

    def on(self, day: date) -> str:
        """« jeudi », « mardi 3 mars »"""
        ...

    def late(self, due: datetime) -> str:
        """« 2 jours » when a deadline is missed; empty when not, or when nobody knows the instant
        at which this is read."""
        ...

    def is_past(self, day: date) -> bool:
        """Whether the day is over; False when nobody knows."""
        ...


@dataclass(frozen=True, slots=True)
class Dated:
    """For what is read at any time: the day and the hour, never « demain », never « en retard »."""

    zone: str

    def by(self, due: datetime) -> str:
        return _("avant le %(moment)s") % {"moment": self.at(due)}

    def at(self, instant: datetime) -> str:
        """« mercredi 25 novembre à 9 h 12 »"""
        local = clock.local(instant, self.zone)
        return _("%(day)s à %(time)s") % {"day": wording.day(local), "time": wording.time_of(local)}

    def on(self, day: date) -> str:
        return wording.day(day)

    def late(self, due: datetime) -> str:  # noqa: ARG002 - the protocol's
        return ""

    def is_past(self, day: date) -> bool:  # noqa: ARG002 - the protocol's
        return False


def answer(state: State, times: Times) -> Answer:  # noqa: PLR0911 - one branch a status
    """What became of it."""
    match state.status:
        case Status.TO_PROCESS | Status.REJECTION_PROPOSED:
            return _received(state, times)
        case Status.IN_PROGRESS:
            return _in_hand(state, times)
        case Status.CLAIMED:
            return _claimed(state, times)
        case Status.WAITING:
            return Answer(_waiting(state, times), state.text)
        case Status.TRANSFERRED | Status.LANDLORD:
            return Answer(closed(wording.transferred(state.body)), state.text)
        case Status.CLOSED_TRANSFERRED:
            return Answer(closed(wording.sent_on(state.body)), state.text)
        case Status.REJECTED:
            refused = _REFUSED.get(state.outcome) or _("Nous ne pouvons pas intervenir.")
            return Answer(str(refused), state.text)
        case Status.DONE:
            return told(state.text, instead=str(_ENDED.get(state.outcome, _ENDED[None])))
        case Status.KEPT | Status.UNDER_STUDY | Status.NOT_KEPT:
            return Answer(closed(str(wording.DECIDED[state.status])), state.text)
        case Status.PASSED_ON:
            return Answer(str(wording.PASSED_ON), state.text)


def told(text: str, *, instead: str) -> Answer:
    """A text of the town as an answer: whole where it makes a title, else its first sentence, the
    rest under it; under `instead` where its beginning is a greeting or too long, and where it is
    one word (« ok »), which says nothing of what became of it."""
    text = text.strip()
    if not text:
        return Answer(instead)
    if len(text.split()) == 1:
        return Answer(instead, text)
    if len(text) <= LONGEST_TITLE and "\n" not in text:
        return Answer(closed(text))
    first, rest = _parted(text)
    if len(first) > LONGEST_TITLE or len(first.split()) < _FEWEST_WORDS:
        return Answer(instead, text)
    return Answer(closed(first), rest)


def _parted(text: str) -> tuple[str, str]:
    line, _end, below = text.partition("\n")
    found = _FIRST_SENTENCE.fullmatch(line.strip())
    first, beside = found.groups() if found else (line.strip(), "")
    return first, f"{beside}\n{below}".strip()


def _received(state: State, times: Times) -> Answer:
    who = capfirst(names.service(state.service))
    if state.nature == Nature.PRAISE:
        return Answer(_("%(service)s a reçu vos félicitations.") % {"service": who})
    if state.nature == Nature.SUGGESTION:
        said = _("%(service)s a reçu votre suggestion et vous répondra.")
        return Answer(said % {"service": who})
    if state.reopened:
        return _promised(
            state,
            times,
            _("Votre demande est rouverte : %(service)s s’en occupe.")
            % {"service": names.service(state.service)},
            _("Votre demande est rouverte : %(service)s s’engage à agir %(by)s."),
            names.service(state.service),
        )
    return _promised(
        state,
        times,
        _("%(service)s a reçu votre demande.") % {"service": who},
        _("%(service)s a reçu votre demande et s’engage à agir %(by)s."),
        who,
    )


def _in_hand(state: State, times: Times) -> Answer:
    service = names.service(state.service)
    if state.planned_for and times.is_past(state.planned_for):
        said = _("Nous devions passer %(day)s et avons pris du retard.")
        return Answer(said % {"day": times.on(state.planned_for)}, state.text)
    if state.planned_for:
        said = _("Nous y serons %(day)s.") % {"day": times.on(state.planned_for)}
        return Answer(said, state.text or _late(state, times))
    taken = _("Pris en charge : %(service)s s’en occupe.") % {"service": service}
    promise = _("Pris en charge : %(service)s s’engage à agir %(by)s.")
    return _promised(state, times, taken, promise, service)


def _claimed(state: State, times: Times) -> Answer:
    service = names.service(state.service)
    return _promised(
        state,
        times,
        _("Réclamation reçue : %(service)s réexamine votre demande.") % {"service": service},
        _("Réclamation reçue : %(service)s réexamine votre demande %(by)s."),
        service,
    )


def _promised(state: State, times: Times, plain: str, promise: str, service: str) -> Answer:
    """With the deadline that runs; a missed one is said first, and never left out (N-01)."""
    if state.due_at is None:
        return Answer(plain)
    late = _late(state, times)
    if late:
        return Answer(late, plain)
    return Answer(promise % {"service": service, "by": times.by(state.due_at)})


def _late(state: State, times: Times) -> str:
    late = times.late(state.due_at) if state.due_at else ""
    if not late:
        return ""
    return _("Nous avons dépassé le délai annoncé de %(length)s.") % {"length": late}


def _waiting(state: State, times: Times) -> str:
    day = times.on(state.resume_on) if state.resume_on else ""
    if state.reason is Reason.REPORTER:
        return _("Nous attendons une précision de votre part pour continuer.")
    if state.resume_on is None:
        return _("Votre demande est en attente.")
    if times.is_past(state.resume_on):
        return _("Nous devions reprendre %(day)s et avons pris du retard.") % {"day": day}
    if state.reason is Reason.WATCHED:
        said = _("Nous surveillons l’évolution sur place et ferons le point %(day)s.")
        return said % {"day": day}
    if state.reason is None:
        return _("Votre demande est en attente : nous reprendrons %(day)s.") % {"day": day}
    return _("Nous attendons %(reason)s et reprendrons %(day)s.") % {
        "reason": wording.REASONS[state.reason],
        "day": day,
    }


def closed(sentence: str) -> str:
    """A sentence with a full stop, unless it ends as a sentence does."""
    return sentence if _CLOSED_SENTENCE.search(sentence) else f"{sentence}."
