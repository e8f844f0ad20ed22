"""The questions of a type as form fields, and their answers in words. What answers are worth,
`catalogue.rules` says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext as _

from riverain.catalogue.facts import NO, YES, Question, QuestionKind, TypeFacts
from riverain.catalogue.rules import MAX_ANSWER
from riverain.web.ui import parts

PREFIX = "q-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page draws it. With `on` (a field's name) and `values` (joined by blanks)
    it is only asked after one of these answers; `after` says so in words."""

    bound: forms.BoundField
    on: str
    values: str
    after: str


class _Answer(forms.Field):
    """An answer as it was posted."""

    def clean(self, value: Any) -> Any:
        return value


def fields_of(type_: TypeFacts) -> dict[str, forms.Field]:
    """A field for each question, by its name in the form."""
    return {PREFIX + question.code: _field(question) for question in type_.questions}


def raw_answers(data: QueryDict) -> dict[str, list[str]]:
    """What was posted for questions: code → values."""
    return {
        name.removeprefix(PREFIX): [str(value) for value in data.getlist(name)]
        for name in data
        if name.startswith(PREFIX)
    }


def asked(form: forms.Form, type_: TypeFacts) -> list[Asked]:
    """The type's questions in their order, bound to the form."""
    known = {question.code: question for question in type_.questions}
    return [_asked(form[PREFIX + code], question, known) for code, question in known.items()]


def answered(type_: TypeFacts, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Question and answer in words, for what was answered of this type's questions."""
    return [
        (question.label, _words(question, given[question.code]))
        for question in type_.questions
        if question.code in given
    ]


def _words(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, int | float):
        return str(localize(value))
    labels = dict(_choices(question))
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)


def _field(question: Question) -> forms.Field:
    match question.kind:
        case QuestionKind.CHOICE:
            widget: forms.Widget = forms.RadioSelect(choices=_tiles(question))
        case QuestionKind.MULTI:
            widget = forms.CheckboxSelectMultiple(choices=_tiles(question))
        case QuestionKind.YES_NO:
            widget = forms.RadioSelect(choices=[(YES, _("Oui")), (NO, _("Non"))])
        case QuestionKind.NUMBER:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        case QuestionKind.TEXT:
            widget = forms.TextInput(attrs={"maxlength": MAX_ANSWER, "autocomplete": "off"})
    return _Answer(
        label=parts.town(question.label),
        help_text=parts.town(question.hint) or _several(question),
        required=question.required,
        widget=widget,
    )


def _several(question: Question) -> str:
    return _("Plusieurs réponses possibles.") if question.kind is QuestionKind.MULTI else ""


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice.code, choice.label) for choice in question.choices]


def _tiles(question: Question) -> list[tuple[str, str]]:
    return [(code, parts.town(label)) for code, label in _choices(question)]


def _asked(bound: forms.BoundField, question: Question, known: Mapping[str, Question]) -> Asked:
    condition = question.condition
    if condition is None:
        return Asked(bound, on="", values="", after="")
    labels = dict(_choices(known[condition.question])) | {YES: _("Oui"), NO: _("Non")}
    answers = _(" » ou « ").join(labels[value] for value in condition.values)
    return Asked(
        bound,
        on=PREFIX + condition.question,
        values=" ".join(condition.values),
        after=_("À remplir si vous avez répondu « %(answers)s ».") % {"answers": answers},
    )
