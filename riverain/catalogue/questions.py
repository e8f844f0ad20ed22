"""The questions of a type: what a set of them must be, how it is stored. Pure."""

import re
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
)
from riverain.catalogue.words import YES_NO

MAX_QUESTIONS = 20
MIN_CHOICES = 2
MAX_CHOICES = 30
MAX_CODE = 60
MAX_LABEL = 200

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FRENCH = {value: word for word, value in YES_NO.items()}
_WITH_CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI})


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
            found.append(_("seules les réponses « choix » et « plusieurs » ont des choix"))
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
        return _("la condition renvoie à « %(code)s », qui n’est pas une question posée avant") % {
            "code": condition.question
        }
    possible = possible_values(asked)
    if not possible:
        return _("une condition porte sur une question à choix ou à oui-non")
    unknown = [value for value in condition.values if value not in possible]
    if unknown or not condition.values or _repeated(condition.values):
        return _("la condition attend une ou plusieurs de ces réponses : %(known)s") % {
            "known": ", ".join(_FRENCH.get(value, value) for value in possible)
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
