"""Writing the catalogue: the only way in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from riverain.accounts.labels import SYSTEM, user_id
from riverain.accounts.models import User
from riverain.accounts.permissions import Permission
from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.catalogue import questions as question_rules
from riverain.catalogue import rules
from riverain.catalogue.document import InvalidFile, Problem
from riverain.catalogue.facts import CatalogueSpec, Level, TypeSpec
from riverain.catalogue.models import Category, Family, Item, RoutingRule, Type
from riverain.catalogue.outcome import Changes, ImportReport
from riverain.catalogue.queries import VERSION
from riverain.catalogue.reading import Read
from riverain.core import versions
from riverain.core.refusals import Forbidden, NotFound
from riverain.organisation.members import member_for
from riverain.organisation.models import Partner, Service
from riverain.territory import queries as territory
from riverain.territory.models import Collectivity

STREAM = "catalogue"

ItemRow = TypeVar("ItemRow", bound=Item)


@dataclass(frozen=True, slots=True)
class _Receivers:
    """Who serves the collectivity, closed or not, by code."""

    services: Mapping[str, Service]
    partners: Mapping[str, Partner]


def apply(*, acting: str, collectivity_id: int, read: Read) -> ImportReport:
    """Makes the collectivity's catalogue what the file says, in one transaction.

    Rows are found again by their code, so a second import changes nothing. What the file leaves
    out is retired, never deleted, since reports hang on it; rules are deleted, nothing hangs on
    them. Records counts in the log and bumps the version, unless nothing changed.

    Raises NotFound for an unknown collectivity, Forbidden unless `acting` is the command line or
    an agent who manages the catalogue there, InvalidFile when a rule names a service or partner
    that does not serve it, or when closed services would leave a type without anyone.
    """
    with transaction.atomic():
        # Two imports into one collectivity wait for each other; submissions do not wait for them.
        locked = Collectivity.objects.select_for_update(no_key=True)
        collectivity = locked.filter(pk=collectivity_id).first()
        if collectivity is None:
            raise NotFound(_("Cette collectivité n’existe pas."))
        _check_right(acting, collectivity)
        receivers = _Receivers(
            services={one.code: one for one in collectivity.services.order_by("id")},
            partners={one.code: one for one in collectivity.partners.order_by("id")},
        )
        _check_receivers(read, receivers)
        report = ImportReport(
            collectivity=collectivity.slug,
            warnings=_warnings(read.spec, collectivity.id),
            **_write(read.spec, collectivity, receivers),
        )
        if report.changes:
            record(
                stream=Stream(STREAM, collectivity.id),
                kind="catalogue.imported",
                acting=acting,
                payload=report.recorded(),
            )
            versions.bump(VERSION)
    return report


def _check_right(acting: str, collectivity: Collectivity) -> None:
    if acting == SYSTEM:
        return
    user = User.objects.filter(pk=user_id(acting)).first()
    if user is None or not member_for(user).may(
        Permission.MANAGE_CATALOGUE, collectivity_id=collectivity.id
    ):
        raise Forbidden(_("Vous ne gérez pas le catalogue de cette collectivité."))


def _check_receivers(read: Read, receivers: _Receivers) -> None:
    services, partners = receivers.services, receivers.partners
    problems: list[Problem] = []
    for rule, place in zip(read.spec.rules, read.rule_places, strict=True):
        if rule.service not in services:
            problems.append(place.problem(_unknown(rule.service, services), "service"))
        if rule.partner and rule.partner not in partners:
            problems.append(place.problem(_unknown(rule.partner, partners), "partenaire"))
    if not problems:
        unrouted = rules.unrouted(read.spec, usable=lambda rule: services[rule.service].is_active)
        problems = [
            read.type_places[type_.code].problem(
                _("les services que « routage » donne à ce type sont fermés")
            )
            for type_ in unrouted
        ]
    if problems:
        raise InvalidFile(problems)


def _unknown(code: str, known: Iterable[str]) -> str:
    return _("« %(code)s » n’est pas de cette collectivité, qui a : %(known)s") % {
        "code": code,
        "known": ", ".join(sorted(known)) or "-",
    }


def _warnings(spec: CatalogueSpec, collectivity_id: int) -> tuple[str, ...]:
    """Areas may come after the catalogue, or be retired: a rule for one that is not there waits."""
    areas = {rule.area for rule in spec.rules if rule.area}
    return tuple(
        _("le routage parle de « %(code)s » (%(kind)s), que le territoire ne connaît pas.")
        % {"code": area.code, "kind": area.kind}
        for area in sorted(areas)
        if territory.area(collectivity_id, area.kind, area.code) is None
    )


def _write(
    spec: CatalogueSpec, collectivity: Collectivity, receivers: _Receivers
) -> dict[str, Changes]:
    families, by_family = _sync(
        Family.objects.filter(collectivity=collectivity),
        collectivity,
        {
            family.code: {
                "name": family.name,
                "hint": family.hint,
                "icon": family.icon,
                "position": position,
            }
            for position, family in enumerate(spec.families, start=1)
        },
    )
    categories, by_category = _sync(
        Category.objects.filter(collectivity=collectivity),
        collectivity,
        {
            one.code: {
                "name": one.name,
                "family_id": by_family[family.code].pk,
                "position": position,
            }
            for family in spec.families
            for position, one in enumerate(family.categories, start=1)
        },
    )
    types, by_type = _sync(
        Type.objects.filter(collectivity=collectivity),
        collectivity,
        {
            one.code: {
                **_type_values(one),
                "family_id": by_family[family.code].pk,
                "category_id": by_category[one.category].pk if one.category else None,
                "position": position,
            }
            for family in spec.families
            for position, one in enumerate(family.types, start=1)
        },
    )
    _follow_categories(collectivity)
    ids = {
        Level.TYPE: {code: row.pk for code, row in by_type.items()},
        Level.CATEGORY: {code: row.pk for code, row in by_category.items()},
        Level.FAMILY: {code: row.pk for code, row in by_family.items()},
    }
    return {
        "families": families,
        "categories": categories,
        "types": types,
        "rules": _sync_rules(spec, collectivity, receivers, ids),
    }


def _type_values(spec: TypeSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "hint": spec.hint,
        "icon": spec.icon,
        "nature": spec.nature.value,
        "keywords": list(spec.keywords),
        "agents_only": spec.agents_only,
        "dead_end": spec.dead_end,
        "dangerous": spec.dangerous,
        "emergency": spec.emergency,
        "household": spec.household,
        "priority": spec.priority.value,
        "deadline_amount": spec.deadline.amount if spec.deadline else None,
        "deadline_unit": spec.deadline.unit.value if spec.deadline else "",
        "deadline_counts": spec.deadline.counts.value if spec.deadline else "",
        "questions": question_rules.to_json(spec.questions),
        "answers": {outcome.value: text for outcome, text in spec.answers.items()},
        "competent_body": spec.competent_body,
    }


def _sync(
    rows: QuerySet[ItemRow], collectivity: Collectivity, wanted: Mapping[str, Mapping[str, Any]]
) -> tuple[Changes, dict[str, ItemRow]]:
    """Makes the rows what is wanted, by code. Answers every row, the retired ones too."""
    known = {row.code: row for row in rows.order_by("id")}
    created = [
        rows.model(collectivity=collectivity, code=code, **values)
        for code, values in wanted.items()
        if code not in known
    ]
    restored, updated, retired = [], [], []
    for code, row in known.items():
        values = wanted.get(code)
        if values is None:
            if row.is_active:
                row.is_active = False
                retired.append(row)
            continue
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if not row.is_active:
            row.is_active = True
            restored.append(row)
        elif changed:
            updated.append(row)
    rows.bulk_create(created)
    names = {name for values in wanted.values() for name in values}
    rows.bulk_update([*updated, *restored, *retired], [*sorted(names), "is_active"])
    changes = Changes(
        created=tuple(row.code for row in created),
        updated=tuple(row.code for row in updated),
        restored=tuple(row.code for row in restored),
        retired=tuple(row.code for row in retired),
        unchanged=len(wanted) - len(created) - len(updated) - len(restored),
    )
    return changes, {**known, **{row.code: row for row in created}}


def _follow_categories(collectivity: Collectivity) -> None:
    """A retired type goes where its category goes, else the composite key would break."""
    home = Category.objects.filter(pk=OuterRef("category_id")).values("family_id")
    Type.objects.filter(collectivity=collectivity, is_active=False).exclude(category=None).exclude(
        family_id=F("category__family_id")
    ).update(family_id=Subquery(home))


def _sync_rules(
    spec: CatalogueSpec,
    collectivity: Collectivity,
    receivers: _Receivers,
    ids: Mapping[Level, Mapping[str, int]],
) -> Changes:
    """Rules are found again by what and where they are about."""
    codes = {level: {pk: code for code, pk in known.items()} for level, known in ids.items()}
    rows = RoutingRule.objects.filter(collectivity=collectivity)
    gone = {_label(row, codes): row for row in rows.order_by("id")}
    created, updated = {}, {}
    for position, rule in enumerate(spec.rules, start=1):
        wanted = RoutingRule(
            collectivity=collectivity,
            area_kind=rule.area.kind if rule.area else "",
            area_code=rule.area.code if rule.area else "",
            service=receivers.services[rule.service],
            partner=receivers.partners[rule.partner] if rule.partner else None,
            position=position,
        )
        if rule.level is not Level.DEFAULT:
            setattr(wanted, f"{rule.level}_id", ids[rule.level][rule.target])
        label = _label(wanted, codes)
        known = gone.pop(label, None)
        if known is None:
            created[label] = wanted
        elif _receiver(known) != _receiver(wanted):
            wanted.pk = known.pk
            updated[label] = wanted
    rows.filter(pk__in=[row.pk for row in gone.values()]).delete()
    RoutingRule.objects.bulk_update(updated.values(), ["service", "partner", "position"])
    RoutingRule.objects.bulk_create(created.values())
    return Changes(
        created=tuple(created),
        updated=tuple(updated),
        retired=tuple(gone),
        unchanged=len(spec.rules) - len(created) - len(updated),
    )


def _label(row: RoutingRule, codes: Mapping[Level, Mapping[int, str]]) -> str:
    """What a rule is about, in words that are unique in the collectivity."""
    label = "default"
    for level, known in codes.items():
        target = getattr(row, f"{level}_id")
        if target is not None:
            label = f"{level}:{known[target]}"
    return f"{label}@{row.area_kind}:{row.area_code}" if row.area_kind else label


def _receiver(row: RoutingRule) -> tuple[int, int | None, int]:
    return (row.service_id, row.partner_id, row.position)
