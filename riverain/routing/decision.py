"""Who receives a report. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from riverain.catalogue.facts import Counts, Deadline, Level, Priority, RuleFacts, TypeFacts, Unit
from riverain.core.refusals import Invalid
from riverain.organisation.facts import Directory, ServiceFacts
from riverain.routing.deadlines import due_at
from riverain.territory.facts import AreaFacts, CollectivityFacts

_SPECIFICITY: Final = (Level.TYPE, Level.CATEGORY, Level.FAMILY, Level.DEFAULT)


@dataclass(frozen=True, slots=True)
class Decision:
    """`committed` is what residents are told ("sous 24 h"), `due_at` the instant that it makes.
    `rule_position` is the rule's line in the catalogue's `routage`."""

    service_id: int
    partner_id: int | None
    priority: Priority
    due_at: datetime
    committed: Deadline
    rule_position: int


def decide(
    type_: TypeFacts,
    *,
    rules: Sequence[RuleFacts],
    areas: Sequence[AreaFacts],
    instant: datetime,
    directory: Directory,
    collectivity: CollectivityFacts,
) -> Decision:
    """The service or partner, the priority and the deadline of a report made at `instant`.

    Of the rules about this type the closest wins: a rule for the type, then for its category, its
    family, then the default; at the same level one that names an area of the place before one that
    names none; between areas of one kind the first in `areas`, which come by precedence (P-24);
    then the order of the file. `areas` is empty for a report without a place.

    A rule that leads to a closed service, or to one that does not serve this collectivity (any
    more), is passed over; a partner that has left gives way to the service alone. Raises Invalid
    for a dead-end type, and when no rule is left.
    """
    if not type_.makes_reports:
        raise Invalid(type_.dead_end, field="type", code="dead-end")
    found: list[tuple[tuple[int, int, int, int], RuleFacts, ServiceFacts]] = []
    for rule in rules:
        service = directory.service(rule.service_id)
        place = _place(rule, areas)
        if (
            place is not None
            and rule.covers(type_)
            and service is not None
            and service.active
            and collectivity.id in service.collectivity_ids
        ):
            order = (_SPECIFICITY.index(rule.level), *place, rule.position)
            found.append((order, rule, service))
    if not found:
        raise Invalid(
            _("Aucun service n’est désigné pour recevoir « %(type)s » à cet endroit.")
            % {"type": type_.name},
            field="type",
            code="unrouted",
        )
    _order, rule, service = min(found, key=lambda one: one[0])
    committed = committed_to(type_, collectivity)
    return Decision(
        service_id=service.id,
        partner_id=_partner(rule, directory, collectivity),
        priority=type_.priority,
        due_at=due_at(
            committed,
            instant=instant,
            timezone=collectivity.timezone,
            holiday_zone=collectivity.holiday_zone,
            calendar=service.calendar,
        ),
        committed=committed,
        rule_position=rule.position,
    )


def committed_to(type_: TypeFacts, collectivity: CollectivityFacts) -> Deadline:
    """What is promised of a type: its own deadline, else that of the collectivity (S2-10)."""
    return type_.deadline or Deadline(collectivity.default_deadline_days, Unit.DAYS, Counts.ELAPSED)


def _place(rule: RuleFacts, areas: Sequence[AreaFacts]) -> tuple[int, int] | None:
    """How close the rule is to the place: (0, rank of its area among those of its kind), (1, 0)
    for a rule about everywhere, None for a rule about elsewhere."""
    if rule.area is None:
        return (1, 0)
    of_kind = [area for area in areas if area.kind == rule.area.kind]
    for rank, area in enumerate(of_kind):
        if area.answers_to(rule.area.code):
            return (0, rank)
    return None


def _partner(rule: RuleFacts, directory: Directory, collectivity: CollectivityFacts) -> int | None:
    partner = directory.partner(rule.partner_id) if rule.partner_id is not None else None
    if partner is None or not partner.active or collectivity.id not in partner.collectivity_ids:
        return None
    return partner.id
