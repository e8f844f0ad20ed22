"""What a resident is offered to report, suggest or praise: the catalogue, arranged for pages."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import FamilyFacts, Nature, TypeFacts
from riverain.core.refusals import NotFound
from riverain.territory.facts import CollectivityFacts
from riverain.web.ui import speech

# The best answers to a few words; past these the families serve better.
MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A type as a page offers it. `promise` is what the town commits to (« sous 24 h »), empty for
    what no deadline runs for."""

    type: TypeFacts
    family: FamilyFacts
    promise: str


@dataclass(frozen=True, slots=True)
class Group:
    """Types under one heading; the heading is empty where there is nothing to tell apart."""

    title: str
    offers: tuple[Offer, ...]


def families(town: CollectivityFacts, nature: Nature = Nature.REPORT) -> list[FamilyFacts]:
    """The families that hold a type of this nature for residents, each with those alone."""
    every = catalogues.catalogue(town.id).resident_families
    return [family for family in (_only(one, nature) for one in every) if family.types]


def family(town: CollectivityFacts, code: str) -> FamilyFacts:
    """Raises NotFound for a family without anything for residents to report."""
    for one in families(town):
        if one.code == code:
            return one
    raise NotFound(
        _("%(town)s ne propose pas cette famille de signalements.") % {"town": town.name}
    )


def groups(town: CollectivityFacts, one: FamilyFacts) -> list[Group]:
    """The family's types by category, those under none at the end."""
    found = [
        Group(category.name, _offers(town, one, category.types))
        for category in one.categories
        if category.types
    ]
    if one.other_types:
        title = _("Autre chose") if found else ""
        found.append(Group(title, _offers(town, one, one.other_types)))
    return found


def group(town: CollectivityFacts, title: str, one: FamilyFacts) -> Group:
    """All of a family's types under one title."""
    return Group(title, _offers(town, one, one.types))


def type_for_residents(town: CollectivityFacts, code: str) -> TypeFacts:
    """Raises NotFound for a type that is unknown, retired or for agents only, in the same words."""
    found = catalogues.catalogue(town.id).type(code)
    if found is None or not found.active or found.agents_only:
        raise NotFound(
            _("%(town)s ne propose pas, ou plus, ce type de signalement.") % {"town": town.name}
        )
    return found


def found_by_words(town: CollectivityFacts, text: str) -> list[Offer]:
    """The types, of any nature, that answer a few words best."""
    every = catalogues.catalogue(town.id).resident_families
    homes = {type_.id: one for one in every for type_ in one.types}
    found = catalogues.find(town.id, text, for_residents=True)
    return [_offer(town, homes[one.id], one) for one in found if one.id in homes][:MOST_FOUND]


def _offers(
    town: CollectivityFacts, one: FamilyFacts, types: tuple[TypeFacts, ...]
) -> tuple[Offer, ...]:
    return tuple(_offer(town, one, type_) for type_ in types)


def _offer(town: CollectivityFacts, one: FamilyFacts, type_: TypeFacts) -> Offer:
    promised = type_.nature is Nature.REPORT and type_.makes_reports
    return Offer(type_, one, speech.committed(type_, town) if promised else "")


def _only(one: FamilyFacts, nature: Nature) -> FamilyFacts:
    return replace(
        one,
        types=tuple(type_ for type_ in one.types if type_.nature is nature),
        categories=tuple(
            replace(
                category, types=tuple(type_ for type_ in category.types if type_.nature is nature)
            )
            for category in one.categories
        ),
    )
