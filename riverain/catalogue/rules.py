"""What a reporter may answer, the words of deadlines and closures, who hears of what. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.catalogue.facts import (
    NO,
    YES,
    CatalogueSpec,
    Condition,
    Counts,
    Deadline,
    Level,
    Outcome,
    Question,
    QuestionKind,
    RuleSpec,
    TypeSpec,
    Unit,
)
from riverain.catalogue.questions import possible_values
from riverain.core.refusals import Invalid
from riverain.core.texts import composed

MAX_ANSWER = 500
# Numbers are quantities that a passer-by can see: a depth, a height, a count.
MAX_NUMBER = 1_000_000
_NUMBER = re.compile(r"[0-9]{1,7}([.,][0-9]{1,3})?")

# Pages say it before a form is sent, too.
NEEDED = gettext_lazy("Cette réponse est nécessaire.")

Answer = str | bool | int | float | list[str]

_DEADLINE = re.compile(
    r"(?P<amount>[0-9]{1,4})\s*(?:(?P<hours>h|heures?)|(?:j|jours?)(?P<working>\s+ouvr[ée]s?)?)",
    re.IGNORECASE,
)

# What residents read when a type has no words of its own for a closure.
_ANSWERS: Final[Mapping[Outcome, Promise]] = {
    Outcome.DONE: gettext_lazy("Nos équipes sont passées et ont fait le nécessaire."),
    Outcome.NOTHING_FOUND: gettext_lazy(
        "Nos équipes sont passées et n’ont rien trouvé à l’endroit indiqué. Si le problème est"
        " toujours là, dites-le-nous avec une photo ou un repère : nous y retournerons."
    ),
    Outcome.ALREADY_DONE: gettext_lazy("C’était déjà réglé à notre arrivée."),
    Outcome.NOT_PLANNED: gettext_lazy(
        "Nous n’interviendrons pas pour l’instant : ces travaux ne sont pas prévus. Votre"
        " signalement compte dans les choix des prochains programmes."
    ),
    Outcome.NOT_OURS: gettext_lazy(
        "Cela ne relève pas de la Ville : nous ne pouvons pas intervenir à cet endroit."
    ),
    Outcome.INCOMPLETE: gettext_lazy(
        "Il nous manque une précision pour intervenir. Avec l’adresse exacte ou une photo, un"
        " nouveau signalement nous permettra d’y aller."
    ),
}


def answer(type_: TypeSpec, outcome: Outcome) -> str:
    """What the reporter is told at closure: the type's own words, else words true of any."""
    return type_.answers.get(outcome) or str(_ANSWERS[outcome])


def deadline_from(text: str) -> Deadline:
    """Reads "24 h", "5 jours ouvrés", "15 jours". Raises ValueError for anything else."""
    found = _DEADLINE.fullmatch(text.strip())
    if not found:
        raise ValueError("not a deadline")
    unit = Unit.HOURS if found["hours"] else Unit.DAYS
    counts = Counts.WORKING if found["working"] else Counts.ELAPSED
    return Deadline(int(found["amount"]), unit, counts)


def deadline_text(deadline: Deadline) -> str:
    """The catalogue file's words for a deadline; `deadline_from` reads them back."""
    if deadline.unit is Unit.HOURS:
        return f"{deadline.amount} h"
    plural = "s" if deadline.amount > 1 else ""
    working = f" ouvré{plural}" if deadline.counts is Counts.WORKING else ""
    return f"{deadline.amount} jour{plural}{working}"


def unrouted(spec: CatalogueSpec, *, usable: Callable[[RuleSpec], bool]) -> Iterator[TypeSpec]:
    """The types whose reports would reach nobody: a report may lack a place, so only rules
    without an area count. `usable` leaves out rules that lead to a closed service.
    """
    targets = {
        (rule.level, rule.target) for rule in spec.rules if rule.area is None and usable(rule)
    }
    for family in spec.families:
        for type_ in family.types:
            leads = {
                (Level.TYPE, type_.code),
                (Level.CATEGORY, type_.category or ""),
                (Level.FAMILY, family.code),
                (Level.DEFAULT, ""),
            }
            if type_.makes_reports and not leads & targets:
                yield type_


def repeated(values: Iterable[str]) -> list[str]:
    """The values that come more than once, each named once."""
    return [value for value, count in Counter(values).items() if count > 1]


def check_answers(type_: TypeSpec, raw: Mapping[str, list[str]]) -> dict[str, Answer]:
    """The answers to a type's questions, ready to be stored as JSON: texts and choices as `str`,
    several choices as a list in the question's order, yes-no as `bool`, numbers as such.

    `raw` is what a form posts: question code → values. Raises Invalid whose `field` is the code of
    the first question at fault; `read_answers` gives them all.
    """
    answers, wrong = read_answers(type_, raw)
    for code, sentence in wrong.items():
        raise Invalid(sentence, field=code, code="answer")
    return answers


def read_answers(
    type_: TypeSpec, raw: Mapping[str, list[str]]
) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answers that hold, and for each other question the sentence to show beside it.

    A question whose condition does not hold is not asked: what was answered to it all the same
    (a page without JavaScript shows every question) is left out. Unknown codes are refused.
    """
    answers: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    known = {question.code for question in type_.questions}
    for code in raw:
        if code not in known:
            wrong[code] = _("Cette question n’est pas posée pour ce type de signalement.")
    for question in type_.questions:
        if question.condition and not _holds(question.condition, answers):
            continue
        values = [value for value in (_clean(one) for one in raw.get(question.code, [])) if value]
        if not values:
            if question.required:
                wrong[question.code] = str(NEEDED)
            continue
        try:
            answers[question.code] = _read(question, values)
        except ValueError as error:
            wrong[question.code] = str(error)
    return answers, wrong


def _holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    given = answers.get(condition.question)
    if isinstance(given, bool):
        return (YES if given else NO) in condition.values
    if isinstance(given, list):
        return any(value in condition.values for value in given)
    return given in condition.values


def _clean(text: str) -> str:
    """One line, its Unicode composed, without what no page could show or no database hold."""
    kept = "".join(
        " " if unicodedata.category(one) in {"Cc", "Cs"} else one for one in composed(text)
    )
    return re.sub(" +", " ", kept).strip()


def _read(question: Question, values: list[str]) -> Answer:
    """One question's answer. Raises ValueError with the sentence to show."""
    possible = possible_values(question)
    if possible and not set(values) <= set(possible):
        raise ValueError(_("Choisissez parmi les réponses proposées."))
    if question.kind is QuestionKind.MULTI:
        return [code for code in possible if code in values]
    if len(values) > 1:
        raise ValueError(_("Une seule réponse est attendue."))
    value = values[0]
    match question.kind:
        case QuestionKind.CHOICE:
            return value
        case QuestionKind.YES_NO:
            return value == YES
        case QuestionKind.NUMBER:
            return _number(value)
        case QuestionKind.TEXT:
            if len(value) > MAX_ANSWER:
                raise ValueError(
                    _("La réponse tient en %(most)d caractères.") % {"most": MAX_ANSWER}
                )
            return value


def _number(text: str) -> int | float:
    """A quantity as people write it: `1 200`, `2,5`."""
    compact = re.sub(r"\s", "", text)
    if not _NUMBER.fullmatch(compact):
        raise ValueError(_("Écrivez un nombre, sans unité : 12 ou 2,5."))
    value = float(compact.replace(",", "."))
    if value > MAX_NUMBER:
        raise ValueError(_("Ce nombre est trop grand."))
    return int(value) if value.is_integer() else value
