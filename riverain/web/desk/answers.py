"""What the reporter answered to the questions of the type, in words."""

from typing import Any

from django.utils.translation import gettext as _

from riverain.catalogue.facts import Question
from riverain.web.desk.case import Case


def answered(case: Case) -> list[tuple[str, str]]:
    """Question and answer, in the order of the type under which the report was made."""
    given = case.story.answers
    if not given:
        return []
    first = case.story.steps[0].said.get("type", case.type.code)
    asked = case.catalogue.type(first) or case.type
    known = {question.code: question for question in asked.questions}
    ordered = [*(code for code in known if code in given), *(given.keys() - known.keys())]
    return [
        (known[code].label if code in known else code, _words(known.get(code), given[code]))
        for code in ordered
    ]


def _words(question: Question | None, value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    labels = {choice.code: choice.label for choice in question.choices} if question else {}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)
