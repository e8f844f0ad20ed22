"""A report as lists read it: a plain row. Fifty instances of the model took longer to make, and to
ask for their columns, than the database takes to find them."""

from datetime import date, datetime
from typing import NamedTuple

from riverain.reports.lifecycle import OPEN


class Listed(NamedTuple):
    """Columns of `Report`, by their names there. Names of types, services, bodies and areas are in
    memory."""

    id: int
    collectivity_id: int
    number: str
    nature: str
    type_id: int
    channel: str
    status: str
    outcome: str
    reason: str
    resume_on: date | None
    planned_for: date | None
    priority: int
    service_id: int
    partner_id: int | None
    district_id: int | None
    sector_id: int | None
    quadkey: int | None
    address: str
    received_at: datetime
    received_has_time: bool
    due_at: datetime | None

    @property
    def pk(self) -> int:
        return self.id

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_located(self) -> bool:
        return self.quadkey is not None
