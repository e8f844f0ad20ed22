"""The questions of a type: what a set of them must be, how it is stored, what a reporter may
answer. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from riverain.catalogue.facts import (
    NO,
    YES,
    Choice,
    Condition,
    Question,
    QuestionKind,
    TypeSpec,
)
from riverain.core.refusals import Invalid

MAX_QUESTIONS = 20
MIN_CHOICES = 2
MAX_CHOICES = 30
MAX_CODE = 60
MAX_LABEL = 200
MAX_ANSWER = 500
# Numbers are quantities that a passer-by can see: a depth, a height, a count.
MAX_NUMBER = 1_000_000

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{1,7}([.,][0-9]{1,3})?")
_WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI})

Answer = str | bool | int | float | list[str]


def is_code(text: str) -> bool:
    """Whether `text` may be a code: lower-case words of ASCII joined by dashes."""
    return len(text) <= MAX_CODE and CODE.fullmatch(text) is not None


def problems(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """What is wrong with a set of questions: (the question's code, a sentence), nothing when it
    can be asked. A condition looks back only, so that no two questions wait for each other.
    """
    found: list[tuple[str, str]] = []
    if len(questions) > MAX_QUESTIONS:
        found.append(("", _("%(most)d questions au plus") % {"most": MAX_QUESTIONS}))
    earlier: dict[str, Question] = {}
    for question in questions:
        if question.code in earlier:
            found.append((question.code, _("deux questions portent ce code")))
        found += [(question.code, sentence) for sentence in _own_problems(question)]
        if question.condition:
            sentence = _condition_problem(question.condition, earlier)
            if sentence:
                found.append((question.code, sentence))
        earlier[question.code] = question
    return found


def _own_problems(question: Question) -> list[str]:
    found = []
    if not is_code(question.code):
        found.append(_("le code s’écrit en minuscules sans accent, avec des tirets"))
    if not 1 <= len(question.label) <= MAX_LABEL or len(question.hint) > MAX_LABEL:
        found.append(_("la question tient en %(most)d caractères") % {"most": MAX_LABEL})
    if question.kind not in _WITH_CHOICES:
        if question.choices:
            found.append(_("seules les réponses « choix » et « plusieurs » ont des choix"))
        return found
    if not MIN_CHOICES <= len(question.choices) <= MAX_CHOICES:
        found.append(
            _("il faut de %(least)d à %(most)d choix") % {"least": MIN_CHOICES, "most": MAX_CHOICES}
        )
    if not all(is_code(one.code) and 1 <= len(one.label) <= MAX_LABEL for one in question.choices):
        found.append(_("chaque choix a un code (minuscules et tirets) et un texte"))
    if _repeated(one.code for one in question.choices) or _repeated(
        one.label for one in question.choices
    ):
        found.append(_("deux choix sont les mêmes"))
    return found


def _condition_problem(condition: Condition, earlier: Mapping[str, Question]) -> str | None:
    asked = earlier.get(condition.question)
    if asked is None:
        return _("la condition renvoie à « %(code)s », qui n’est pas une question posée avant") % {
            "code": condition.question
        }
    possible = possible_values(asked)
    if not possible:
        return _("une condition porte sur une question à choix ou à oui-non")
    unknown = [value for value in condition.values if value not in possible]
    if unknown or not condition.values or _repeated(condition.values):
        return _("la condition attend une ou plusieurs de ces réponses : %(known)s") % {
            "known": ", ".join(possible)
        }
    return None


def possible_values(question: Question) -> tuple[str, ...]:
    """The values that a condition may name; none for a text or a number."""
    if question.kind is QuestionKind.YES_NO:
        return (YES, NO)
    return tuple(choice.code for choice in question.choices)


def _repeated(values: Iterable[str]) -> bool:
    listed = list(values)
    return len(set(listed)) != len(listed)


def to_json(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The stored form: every key present, so that rows compare equal when questions do."""
    return [
        {
            "code": question.code,
            "label": question.label,
            "hint": question.hint,
            "kind": question.kind.value,
            "required": question.required,
            "choices": [{"code": one.code, "label": one.label} for one in question.choices],
            "condition": question.condition
            and {
                "question": question.condition.question,
                "values": list(question.condition.values),
            },
        }
        for question in questions
    ]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions of a row, as `to_json` wrote them. Raises KeyError, TypeError or ValueError for
    another shape: the row was not written by us.
    """
    return tuple(
        Question(
            **{
                **entry,
                "kind": QuestionKind(entry["kind"]),
                "choices": tuple(Choice(**one) for one in entry["choices"]),
                "condition": entry["condition"]
                and Condition(entry["condition"]["question"], tuple(entry["condition"]["values"])),
            }
        )
        for entry in stored
    )


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
                wrong[question.code] = _("Cette réponse est nécessaire.")
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
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if unicodedata.category(one) in {"Cc", "Cs"} else one for one in composed)
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
        raise ValueError(_("Écrivez un nombre, sans unité : 12 ou 2,5."))
    value = float(compact.replace(",", "."))
    if value > MAX_NUMBER:
        raise ValueError(_("Ce nombre est trop grand."))
    return int(value) if value.is_integer() else value
