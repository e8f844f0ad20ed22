"""Reads: a collectivity's catalogue from memory, or as its file says it."""

import threading
from dataclasses import fields, replace

from riverain.catalogue import glossary
from riverain.catalogue import questions as question_rules
from riverain.catalogue.facts import (
    AreaKey,
    CatalogueFacts,
    CatalogueSpec,
    CategoryFacts,
    CategorySpec,
    Counts,
    Deadline,
    FamilyFacts,
    FamilySpec,
    Level,
    Nature,
    Outcome,
    Priority,
    RuleFacts,
    RuleSpec,
    TypeFacts,
    TypeSpec,
    Unit,
)
from riverain.catalogue.finding import Finder
from riverain.catalogue.models import Category, Family, RoutingRule, Type
from riverain.core import versions
from riverain.core.models import Version

VERSION = "catalogue"

_lock = threading.Lock()
_held: dict[int, CatalogueFacts] = {}
_finders: dict[int, tuple[CatalogueFacts, Finder[TypeFacts]]] = {}


def catalogue(collectivity_id: int) -> CatalogueFacts:
    """The catalogue at the current version: five queries when it has moved, memory otherwise. A
    collectivity without one has an empty one.
    """
    held = _held.get(collectivity_id)
    if held is None or held.version != versions.current(VERSION):
        held = _read(collectivity_id)
        with _lock:
            _held[collectivity_id] = held
    return held


def type_of(collectivity_id: int, type_id: int) -> TypeFacts:
    """A type that something is of, retired or not. One query for what is younger than the
    catalogue that is held. Raises Type.DoesNotExist."""
    held = catalogue(collectivity_id).type_by_id(type_id)
    return held or _type_facts(Type.objects.select_related("family", "category").get(pk=type_id))


def find(collectivity_id: int, text: str, *, for_residents: bool) -> list[TypeFacts]:
    """The types that a person's own words speak of, best first, by the catalogue's words and the
    glossary (`finding`). Nothing for residents that only agents may report.
    """
    facts = catalogue(collectivity_id)
    held = _finders.get(collectivity_id)
    if held is None or held[0] is not facts:
        held = (facts, Finder(facts.types, glossary.shipped()))
        with _lock:
            _finders[collectivity_id] = held
    return held[1].find(text, among=lambda one: not (for_residents and one.agents_only))


def spec(collectivity_id: int) -> CatalogueSpec:
    """What the collectivity's file would say now, from the database: retired items are left out,
    and so are the rules about them.
    """
    facts = _read(collectivity_id)
    codes = {
        Level.TYPE: {one.id: one.code for one in facts.types},
        Level.CATEGORY: {
            one.id: one.code for family in facts.families for one in family.categories
        },
        Level.FAMILY: {family.id: family.code for family in facts.families},
    }
    rows = (
        RoutingRule.objects.filter(collectivity_id=collectivity_id)
        .select_related("service", "partner")
        .order_by("position", "id")
    )
    rules = []
    for row in rows:
        rule = _rule_facts(row)
        target = "" if rule.target_id is None else codes[rule.level].get(rule.target_id)
        if target is not None:
            rules.append(
                RuleSpec(
                    level=rule.level,
                    target=target,
                    area=rule.area,
                    service=row.service.code,
                    partner=row.partner.code if row.partner else None,
                )
            )
    families = tuple(
        FamilySpec(
            code=family.code,
            name=family.name,
            hint=family.hint,
            icon=family.icon,
            categories=tuple(
                CategorySpec(code=one.code, name=one.name) for one in family.categories
            ),
            types=tuple(map(_spec_of, family.types)),
        )
        for family in facts.families
    )
    return CatalogueSpec(families=families, rules=tuple(rules))


def _spec_of(type_: TypeFacts) -> TypeSpec:
    return TypeSpec(**{one.name: getattr(type_, one.name) for one in fields(TypeSpec)})


def _read(collectivity_id: int) -> CatalogueFacts:
    """The version is read first and on this connection: a copy may then be newer than its label,
    which costs one more reading, but never older, which would last.
    """
    version = Version.objects.filter(name=VERSION).values_list("value", flat=True).first() or 0
    rows = Type.objects.filter(collectivity_id=collectivity_id).select_related("family", "category")
    types = [_type_facts(row) for row in rows.order_by("position", "id")]
    categories: dict[int, list[Category]] = {}
    for category in Category.objects.filter(
        collectivity_id=collectivity_id, is_active=True
    ).order_by("position", "id"):
        categories.setdefault(category.family_id, []).append(category)
    families = [
        _family_facts(
            family,
            categories.get(family.id, []),
            [one for one in types if one.active and one.family_id == family.id],
        )
        for family in Family.objects.filter(
            collectivity_id=collectivity_id, is_active=True
        ).order_by("position", "id")
    ]
    rules = RoutingRule.objects.filter(collectivity_id=collectivity_id)
    return CatalogueFacts(
        collectivity_id=collectivity_id,
        version=version,
        families=tuple(families),
        resident_families=tuple(filter(None, map(_for_residents, families))),
        rules=tuple(_rule_facts(row) for row in rules.order_by("position", "id")),
        by_code={one.code: one for one in types},
        by_id={one.id: one for one in types},
    )


def _family_facts(
    family: Family, categories: list[Category], types: list[TypeFacts]
) -> FamilyFacts:
    return FamilyFacts(
        id=family.id,
        code=family.code,
        name=family.name,
        hint=family.hint,
        icon=family.icon,
        categories=tuple(
            CategoryFacts(
                id=row.id,
                code=row.code,
                name=row.name,
                types=tuple(one for one in types if one.category_id == row.id),
            )
            for row in categories
        ),
        types=tuple(types),
    )


def _for_residents(family: FamilyFacts) -> FamilyFacts | None:
    """The family as residents are offered it; None when only agents report in it."""
    types = tuple(one for one in family.types if not one.agents_only)
    if not types:
        return None
    categories = (
        replace(one, types=tuple(type_ for type_ in one.types if not type_.agents_only))
        for one in family.categories
    )
    return replace(family, types=types, categories=tuple(one for one in categories if one.types))


def _type_facts(row: Type) -> TypeFacts:
    return TypeFacts(
        id=row.id,
        collectivity_id=row.collectivity_id,
        family_id=row.family_id,
        family_code=row.family.code,
        family_icon=row.family.icon,
        category_id=row.category_id,
        position=row.position,
        active=row.is_active,
        code=row.code,
        name=row.name,
        category=row.category.code if row.category else None,
        hint=row.hint,
        icon=row.icon,
        nature=Nature(row.nature),
        keywords=tuple(row.keywords),
        agents_only=row.agents_only,
        dead_end=row.dead_end,
        dangerous=row.dangerous,
        emergency=row.emergency,
        household=row.household,
        priority=Priority(row.priority),
        deadline=Deadline(row.deadline_amount, Unit(row.deadline_unit), Counts(row.deadline_counts))
        if row.deadline_amount
        else None,
        questions=question_rules.from_json(row.questions),
        # in the order of the outcomes: JSON objects have none
        answers={one: row.answers[one] for one in Outcome if one in row.answers},
        competent_body=row.competent_body,
    )


def _rule_facts(row: RoutingRule) -> RuleFacts:
    level, target_id = Level.DEFAULT, None
    for candidate, identifier in (
        (Level.TYPE, row.type_id),
        (Level.CATEGORY, row.category_id),
        (Level.FAMILY, row.family_id),
    ):
        if identifier is not None:
            level, target_id = candidate, identifier
    return RuleFacts(
        level=level,
        target_id=target_id,
        area=AreaKey(row.area_kind, row.area_code) if row.area_kind else None,
        service_id=row.service_id,
        partner_id=row.partner_id,
        position=row.position,
    )
