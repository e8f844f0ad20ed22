"""What the other rooms may know of services and partners: frozen copies, read from memory.

Nothing here touches the database, so `routing` decides on these alone.
"""

from dataclasses import dataclass, field
from datetime import time


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a service works, in its town's local time.

    `weekdays` counts as `datetime.weekday()` does (0 is Monday). Public holidays are not here:
    they belong to the collectivity's holiday zone.
    """

    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    opens: time = time(8)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if not self.weekdays:
            raise ValueError("a calendar needs a working day: no deadline could ever fall due")
        if not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays are 0 (Monday) to 6 (Sunday)")
        if self.opens >= self.closes:
            raise ValueError("a calendar opens before it closes")


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A department or team. Its contact is what the law has the acknowledgement state
    (CRPA R112-11-1).
    """

    id: int
    code: str
    name: str
    team_name: str
    phone: str
    email: str
    address: str
    hours: str
    collectivity_ids: frozenset[int]
    parent_id: int | None
    active: bool
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """An outside body that takes work. `replies_itself` decides between "la Ville suit" and
    "qui vous répondra" in what the reporter reads.
    """

    id: int
    code: str
    kind: str
    name: str
    phone: str
    email: str
    address: str
    replies_itself: bool
    collectivity_ids: frozenset[int]
    active: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """Every service and partner of the instance, at one version of the organisation."""

    version: int
    services: dict[int, ServiceFacts]
    partners: dict[int, PartnerFacts]
    # service id -> the ids of its subtree, itself among them
    subtrees: dict[int, frozenset[int]] = field(default_factory=dict)

    def service(self, service_id: int) -> ServiceFacts | None:
        return self.services.get(service_id)

    def partner(self, partner_id: int) -> PartnerFacts | None:
        return self.partners.get(partner_id)

    def services_of(self, collectivity_id: int) -> tuple[ServiceFacts, ...]:
        """The active services that serve this collectivity, by name."""
        return tuple(
            service
            for service in sorted(self.services.values(), key=lambda one: (one.name, one.id))
            if service.active and collectivity_id in service.collectivity_ids
        )

    def partners_of(self, collectivity_id: int) -> tuple[PartnerFacts, ...]:
        """The active partners of this collectivity, by name."""
        return tuple(
            partner
            for partner in sorted(self.partners.values(), key=lambda one: (one.name, one.id))
            if partner.active and collectivity_id in partner.collectivity_ids
        )

    def subtree(self, service_id: int) -> frozenset[int]:
        """The service and everything under it; nothing for an unknown service."""
        return self.subtrees.get(service_id, frozenset())
