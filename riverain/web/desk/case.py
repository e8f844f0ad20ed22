"""A report opened by a member: fetched, authorised, cut to what they may read, in one place."""

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
    """What every page about one report needs. Its story is read where it is told: a step that is
    sent does without."""

    member: Member
    report: Report
    town: CollectivityFacts

    @cached_property
    def sight(self) -> Sight:
        return sight_of(self.member, self.report)

    @cached_property
    def story(self) -> Story:
        return history(self.member, self.report, self.sight)

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
        return catalogues.type_of(self.town.id, self.report.type_id)

    @property
    def state(self) -> str:
        """Where it stands, in the words of the services."""
        return wording.for_agents(states.state_of(self.report))

    @property
    def partner(self) -> PartnerFacts | None:
        """The outside body that has it, where one does."""
        return organisation.directory().partner(self.report.partner_id or 0)

    @property
    def service(self) -> ServiceFacts | None:
        """Who has the report in the town."""
        return organisation.directory().service(self.report.service_id)

    @property
    def services(self) -> tuple[ServiceFacts, ...]:
        return organisation.directory().services_of(self.town.id)

    @property
    def areas(self) -> str:
        """The district and the sector where it lies."""
        ids = (self.report.district_id, self.report.sector_id)
        return ", ".join(territory.area_name(one) for one in ids if one is not None)

    def partners(self, *kinds: str) -> tuple[PartnerFacts, ...]:
        """The partners of the town that are of these kinds."""
        there = organisation.directory().partners_of(self.town.id)
        return tuple(one for one in there if one.kind in kinds)


def opened(member: Member, number: str) -> Case:
    """Raises NotFound for a report that is not there, and for one that is not theirs."""
    report = queries.readable(member, number)
    return Case(member, report, territory.known_collectivity(report.collectivity_id))
