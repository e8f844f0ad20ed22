"""A report opened by a member: fetched, authorised, and cut to what they may read, in one call."""

from dataclasses import dataclass
from functools import cached_property

from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import CatalogueFacts, Nature, TypeFacts
from riverain.organisation import queries as organisation
from riverain.organisation.facts import PartnerFacts, ServiceFacts
from riverain.organisation.members import Member
from riverain.reports import queries, states, wording
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.reports.sight import Sight, history, sight_of
from riverain.reports.timeline import Story
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts


@dataclass(frozen=True)
class Case:
    """What every page about one report needs."""

    member: Member
    report: Report
    town: CollectivityFacts
    sight: Sight
    story: Story

    @property
    def status(self) -> Status:
        return Status(self.report.status)

    @property
    def nature(self) -> Nature:
        return Nature(self.report.nature)

    @property
    def catalogue(self) -> CatalogueFacts:
        return catalogues.catalogue(self.town.id)

    @cached_property
    def type(self) -> TypeFacts:
        return self.catalogue.by_id[self.report.type_id]

    @property
    def state(self) -> str:
        """Where it stands, in the words of the services."""
        return wording.for_agents(states.state_of(self.report))

    @property
    def services(self) -> tuple[ServiceFacts, ...]:
        return organisation.directory().services_of(self.town.id)

    def partners(self, *kinds: str) -> tuple[PartnerFacts, ...]:
        """The partners of the town that are of these kinds."""
        there = organisation.directory().partners_of(self.town.id)
        return tuple(one for one in there if one.kind in kinds)


def opened(member: Member, number: str) -> Case:
    """Raises NotFound for a report that is not there, and for one that is not theirs."""
    report = queries.readable(member, number)
    town = territory.collectivity(report.collectivity_id)
    if town is None:
        raise LookupError(f"report {report.pk} belongs to no collectivity")
    sight = sight_of(member, report)
    return Case(member, report, town, sight, history(member, report, sight))
