"""From the catalogue's file to a `CatalogueSpec`. Pure: what needs the database (services,
partners, areas) is checked by `actions`.

Every problem is noted with its line and path, and reading goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from riverain.catalogue import questions as question_rules
from riverain.catalogue import rules, words
from riverain.catalogue.document import Cursor, InvalidFile, Problem, parse
from riverain.catalogue.facts import (
    AreaKey,
    CatalogueSpec,
    CategorySpec,
    Choice,
    Condition,
    Deadline,
    FamilySpec,
    Level,
    Nature,
    Outcome,
    Priority,
    Question,
    QuestionKind,
    RuleSpec,
    TypeSpec,
)

MAX_NAME = 120
MAX_TEXT = 2000
MAX_KEYWORD = 60
MAX_KEYWORDS = 60
MAX_AREA_CODE = 100

T = TypeVar("T")

_TARGETS = {"type": Level.TYPE, "catégorie": Level.CATEGORY, "famille": Level.FAMILY}


@dataclass(frozen=True, slots=True)
class Read:
    """A catalogue that holds together, and where its rules and types stand in the file, for what
    only the database can refuse. `rule_places` is in the order of `spec.rules`.
    """

    spec: CatalogueSpec
    rule_places: tuple[Cursor, ...]
    type_places: dict[str, Cursor]


def read(content: bytes) -> Read:
    """The catalogue that a file describes. Raises InvalidFile with every problem found."""
    problems: list[Problem] = []
    top = Cursor(parse(content), (), problems).fields(*words.FILE_KEYS)
    reading = _Reading()
    families = tuple(reading.family(item) for item in _items(top, "familles", "nom", "code"))
    if "familles" not in top:
        # An empty list is said on purpose, and retires everything; a file without one is a slip.
        problems.append(Problem(0, (), _("le fichier n’a pas de liste « familles »")))
    rule_places = tuple(_items(top, "routage", "type", "categorie", "famille"))
    rule_specs = tuple(_rule(item) for item in rule_places)
    spec = CatalogueSpec(families=families, rules=rule_specs)
    _check_targets(spec, rule_places)
    if not problems:
        for type_ in rules.unrouted(spec, usable=lambda _rule: True):
            reading.types[type_.code].refuse(
                _("aucune règle de « routage » sans secteur ne mène ce type à un service")
            )
    if problems:
        raise InvalidFile(problems)
    return Read(spec, rule_places, dict(reading.types))


class _Reading:
    """What was met so far: codes, to refuse the second use of one, and where each type stands."""

    def __init__(self) -> None:
        self.types: dict[str, Cursor] = {}
        self._met: set[tuple[str, str]] = set()

    def _code(self, kind: str, place: Cursor, fields: dict[str, Cursor]) -> str:
        code = _needed(place, fields, "code", question_rules.MAX_CODE)
        if code and not question_rules.is_code(code):
            fields["code"].refuse(_("un code s’écrit en minuscules sans accent, avec des tirets"))
        elif code and (kind, code) in self._met:
            fields["code"].refuse(
                _("le code « %(code)s » est déjà pris plus haut") % {"code": code}
            )
        self._met.add((kind, code))
        return code

    def family(self, place: Cursor) -> FamilySpec:
        fields = place.fields(*words.FAMILY_KEYS)
        categories = tuple(self._category(one) for one in _items(fields, "catégories", "code"))
        known = {one.code for one in categories}
        return FamilySpec(
            code=self._code("family", place, fields),
            name=_needed(place, fields, "nom", MAX_NAME),
            hint=_text(fields, "aide", MAX_TEXT),
            icon=_icon(fields),
            categories=categories,
            types=tuple(self._type(one, known) for one in _items(fields, "types", "code", "nom")),
        )

    def _category(self, place: Cursor) -> CategorySpec:
        fields = place.fields(*words.CATEGORY_KEYS)
        return CategorySpec(
            code=self._code("category", place, fields),
            name=_needed(place, fields, "nom", MAX_NAME),
        )

    def _type(self, place: Cursor, categories: set[str]) -> TypeSpec:
        fields = place.fields(*words.TYPE_KEYS)
        code = self._code("type", place, fields)
        self.types.setdefault(code, place)
        category = _line(fields, "catégorie", question_rules.MAX_CODE) or None
        if category and category not in categories:
            fields["catégorie"].refuse(
                _("« %(code)s » n’est pas une catégorie de cette famille") % {"code": category}
            )
        spec = TypeSpec(
            code=code,
            name=_needed(place, fields, "nom", MAX_NAME),
            category=category,
            nature=_word(fields, "nature", words.NATURES, Nature.REPORT),
            hint=_text(fields, "aide", MAX_TEXT),
            icon=_icon(fields),
            keywords=_keywords(fields),
            agents_only=_flag(fields, "réservé aux agents"),
            dead_end=_text(fields, "sans suite ici", MAX_TEXT),
            competent_body=_text(fields, "organisme compétent", MAX_TEXT),
            dangerous=_flag(fields, "danger"),
            emergency=_text(fields, "consigne", MAX_TEXT),
            household=_flag(fields, "foyer ou commerce"),
            priority=_word(fields, "priorité", words.PRIORITIES, Priority.NORMAL),
            deadline=_deadline(fields),
            questions=_questions(fields),
            answers=_answers(fields),
        )
        if spec.emergency and not spec.dangerous:
            fields["consigne"].refuse(_("une consigne ne se montre qu’avec « danger : oui »"))
        if spec.dead_end and (spec.deadline or spec.questions or spec.answers):
            fields["sans suite ici"].refuse(
                _(
                    "un type sans suite ne fait pas de signalement : ni délai, ni questions, ni"
                    " réponses"
                )
            )
        return spec


def _items(fields: dict[str, Cursor], name: str, *labels: str) -> list[Cursor]:
    return fields[name].items(*labels) if name in fields else []


def _text(fields: dict[str, Cursor], name: str, longest: int) -> str:
    return fields[name].text(longest) if name in fields else ""


def _line(fields: dict[str, Cursor], name: str, longest: int) -> str:
    return fields[name].line_of_text(longest) if name in fields else ""


def _icon(fields: dict[str, Cursor]) -> str:
    """The name of an icon. One that the pages do not have draws a flag: what they have is theirs
    to know."""
    name = _line(fields, "icône", MAX_KEYWORD)
    if name and not question_rules.is_code(name):
        fields["icône"].refuse(_("le nom d’une icône s’écrit en minuscules avec des tirets"))
    return name


def _word(fields: dict[str, Cursor], name: str, known: Mapping[str, T], otherwise: T) -> T:
    return fields[name].one_of(known, otherwise) if name in fields else otherwise


def _flag(fields: dict[str, Cursor], name: str) -> bool:
    return _word(fields, name, words.FLAGS, otherwise=False)


def _needed(place: Cursor, fields: dict[str, Cursor], name: str, longest: int) -> str:
    if name in fields:
        before = len(place.problems)
        text = fields[name].line_of_text(longest)
        if not text and len(place.problems) == before:
            fields[name].refuse(_("ce texte est vide"))
        return text
    place.refuse(_("« %(key)s » manque") % {"key": name})
    return ""


def _keywords(fields: dict[str, Cursor]) -> tuple[str, ...]:
    places = _items(fields, "mots")
    found = [text for text in (place.line_of_text(MAX_KEYWORD) for place in places) if text]
    if len(found) > MAX_KEYWORDS:
        fields["mots"].refuse(_("%(most)d mots au plus") % {"most": MAX_KEYWORDS})
    for word in rules.repeated(found):
        fields["mots"].refuse(_("« %(word)s » est donné deux fois") % {"word": word})
    return tuple(found)


def _deadline(fields: dict[str, Cursor]) -> Deadline | None:
    typed = _line(fields, "délai", MAX_NAME)
    if not typed:
        return None
    try:
        return rules.deadline_from(typed)
    except ValueError:
        fields["délai"].refuse(
            _(
                "« %(typed)s » n’est pas un délai : écrivez « 24 h », « 5 jours ouvrés » ou"
                " « 15 jours »"
            )
            % {"typed": typed}
        )
        return None


def _answers(fields: dict[str, Cursor]) -> dict[Outcome, str]:
    if "réponses" not in fields:
        return {}
    given = fields["réponses"].fields(*words.OUTCOMES)
    texts = {words.OUTCOMES[name]: place.text(MAX_TEXT) for name, place in given.items()}
    # in the order of the outcomes, so that two files that say the same compare equal
    return {outcome: texts[outcome] for outcome in Outcome if texts.get(outcome)}


def _questions(fields: dict[str, Cursor]) -> tuple[Question, ...]:
    if "questions" not in fields:
        return ()
    whole = fields["questions"]
    before = len(whole.problems)
    places = whole.items("code")
    found = tuple(map(_question, places))
    kinds = {question.code: question.kind for question in found}
    found = tuple(_in_our_words(question, kinds) for question in found)
    if len(whole.problems) == before:
        by_code = {question.code: place for question, place in zip(found, places, strict=True)}
        for code, sentence in question_rules.problems(found):
            by_code.get(code, whole).refuse(sentence)
    return found


def _question(place: Cursor) -> Question:
    fields = place.fields(*words.QUESTION_KEYS)
    choices = fields["choix"].entries() if "choix" in fields else []
    return Question(
        code=_needed(place, fields, "code", question_rules.MAX_CODE),
        label=_needed(place, fields, "question", question_rules.MAX_LABEL),
        kind=_word(fields, "réponse", words.QUESTION_KINDS, QuestionKind.TEXT),
        hint=_line(fields, "aide", question_rules.MAX_LABEL),
        required=_flag(fields, "obligatoire"),
        choices=tuple(
            Choice(code, one.line_of_text(question_rules.MAX_LABEL)) for code, one in choices
        ),
        condition=_condition(fields["si"]) if "si" in fields else None,
    )


def _condition(place: Cursor) -> Condition:
    """`vaut` is one value or a list of them."""
    fields = place.fields(*words.CONDITION_KEYS)
    asked = _needed(place, fields, "question", question_rules.MAX_CODE)
    if "vaut" not in fields:
        place.refuse(_("« %(key)s » manque") % {"key": "vaut"})
        return Condition(asked, ())
    values = (one.line_of_text(question_rules.MAX_CODE) for one in fields["vaut"].each())
    return Condition(asked, tuple(values))


def _in_our_words(question: Question, kinds: Mapping[str, QuestionKind]) -> Question:
    """A condition on a yes-no question says oui or non in the file, yes or no here."""
    condition = question.condition
    if condition is None or kinds.get(condition.question) is not QuestionKind.YES_NO:
        return question
    values = tuple(words.YES_NO.get(value, value) for value in condition.values)
    return replace(question, condition=replace(condition, values=values))


def _rule(place: Cursor) -> RuleSpec:
    fields = place.fields(*words.RULE_KEYS)
    targets = [(level, fields[key]) for key, level in _TARGETS.items() if key in fields]
    areas = [(kind, fields[key]) for key, kind in words.AREA_KINDS.items() if key in fields]
    if len(targets) > 1:
        place.refuse(_("une règle porte sur un type, une catégorie ou une famille, pas plusieurs"))
    if len(areas) > 1:
        place.refuse(_("une règle porte sur un seul lieu (secteur, quartier…)"))
    level, target = Level.DEFAULT, ""
    if targets:
        level, target = targets[0][0], targets[0][1].line_of_text(question_rules.MAX_CODE)
    area = AreaKey(areas[0][0], areas[0][1].line_of_text(MAX_AREA_CODE)) if areas else None
    return RuleSpec(
        level=level,
        target=target,
        area=area if area and area.code else None,
        service=_needed(place, fields, "service", question_rules.MAX_CODE),
        partner=_line(fields, "partenaire", question_rules.MAX_CODE) or None,
    )


def _check_targets(spec: CatalogueSpec, places: tuple[Cursor, ...]) -> None:
    known = {
        Level.TYPE: {one.code for one in spec.types},
        Level.CATEGORY: {one.code for family in spec.families for one in family.categories},
        Level.FAMILY: {family.code for family in spec.families},
        Level.DEFAULT: {""},
    }
    met: set[tuple[Level, str, AreaKey | None]] = set()
    for rule, place in zip(spec.rules, places, strict=True):
        if rule.target not in known[rule.level]:
            place.refuse(_("« %(code)s » n’est pas dans ce fichier") % {"code": rule.target})
        if (rule.level, rule.target, rule.area) in met:
            place.refuse(_("une autre règle porte déjà sur la même chose au même endroit"))
        met.add((rule.level, rule.target, rule.area))
