"""From a `CatalogueSpec` to the catalogue's file. Pure; `reading` reads back exactly the same.

Only what differs from the default is written, so that the file stays short enough to read.
"""

from textwrap import indent
from typing import Any, Final

import yaml

from riverain.catalogue import rules, words
from riverain.catalogue.facts import (
    CatalogueSpec,
    FamilySpec,
    Level,
    Nature,
    Priority,
    Question,
    QuestionKind,
    RuleSpec,
    TypeSpec,
)

_WIDTH = 88
_STEP = "  "

_NATURES: Final = {value: word for word, value in words.NATURES.items()}
_PRIORITIES: Final = {value: word for word, value in words.PRIORITIES.items()}
_KINDS: Final = {value: word for word, value in words.QUESTION_KINDS.items()}
_OUTCOMES: Final = {value: word for word, value in words.OUTCOMES.items()}
_AREA_KINDS: Final = {value: word for word, value in words.AREA_KINDS.items()}
_YES_NO: Final = {value: word for word, value in words.YES_NO.items()}
_LEVELS: Final = {Level.TYPE: "type", Level.CATEGORY: "catégorie", Level.FAMILY: "famille"}


def write(spec: CatalogueSpec) -> str:
    """The file's text, ending with a newline, with a blank line between families and types."""
    families = "\n".join(map(_family_text, spec.families))
    rules = "".join(_item(_rule(rule), depth=1) for rule in spec.rules)
    return f"familles:{_under(families)}\nroutage:{_under(rules)}"


def _family_text(family: FamilySpec) -> str:
    types = "\n".join(_item(_type(type_), depth=3) for type_ in family.types)
    return _item(_family(family), depth=1) + (_STEP * 2 + "types:\n" + types if types else "")


def _under(items: str) -> str:
    return f"\n{items}" if items else " []\n"


def _item(tree: dict[str, Any], *, depth: int) -> str:
    """One item of a list, set in."""
    text = yaml.dump([tree], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return indent(text, _STEP * depth)


class _Dumper(yaml.SafeDumper):
    """Lists set in under their key, long texts as blocks, no alias for a value that comes twice."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


class _Words(list[str]):
    """A list of words, written on one line."""


_Dumper.add_representer(
    _Words,
    lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True),
)


def _only_said(**pairs: Any) -> dict[str, Any]:
    """The pairs whose value says something; `_` in a name stands for a blank."""
    return {key.replace("_", " "): value for key, value in pairs.items() if value}


def _family(family: FamilySpec) -> dict[str, Any]:
    return _only_said(
        code=family.code,
        nom=family.name,
        aide=family.hint,
        icône=family.icon,
        catégories=[{"code": one.code, "nom": one.name} for one in family.categories],
    )


def _type(type_: TypeSpec) -> dict[str, Any]:
    return _only_said(
        code=type_.code,
        nom=type_.name,
        catégorie=type_.category,
        nature=type_.nature is not Nature.REPORT and _NATURES[type_.nature],
        aide=type_.hint,
        icône=type_.icon,
        mots=_Words(type_.keywords),
        réservé_aux_agents=type_.agents_only and "oui",
        sans_suite_ici=type_.dead_end,
        organisme_compétent=type_.competent_body,
        danger=type_.dangerous and "oui",
        consigne=type_.emergency,
        foyer_ou_commerce=type_.household and "oui",
        priorité=type_.priority is not Priority.NORMAL and _PRIORITIES[type_.priority],
        délai=type_.deadline and rules.deadline_text(type_.deadline),
        questions=_questions(type_.questions),
        réponses={_OUTCOMES[outcome]: text for outcome, text in type_.answers.items()},
    )


def _questions(questions: tuple[Question, ...]) -> list[dict[str, Any]]:
    kinds = {question.code: question.kind for question in questions}
    return [_question(question, kinds) for question in questions]


def _question(question: Question, kinds: dict[str, QuestionKind]) -> dict[str, Any]:
    when = None
    if question.condition:
        values = question.condition.values
        if kinds[question.condition.question] is QuestionKind.YES_NO:
            values = tuple(_YES_NO[value] for value in values)
        when = {
            "question": question.condition.question,
            "vaut": values[0] if len(values) == 1 else _Words(values),
        }
    return _only_said(
        code=question.code,
        question=question.label,
        aide=question.hint,
        réponse=question.kind is not QuestionKind.TEXT and _KINDS[question.kind],
        obligatoire=question.required and "oui",
        choix={choice.code: choice.label for choice in question.choices},
        si=when,
    )


def _rule(rule: RuleSpec) -> dict[str, str]:
    written: dict[str, str] = {}
    if rule.level is not Level.DEFAULT:
        written[_LEVELS[rule.level]] = rule.target
    if rule.area:
        written[_AREA_KINDS[rule.area.kind]] = rule.area.code
    written["service"] = rule.service
    if rule.partner:
        written["partenaire"] = rule.partner
    return written
