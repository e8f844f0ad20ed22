"""Who acts on a report: an agent with their memberships, the reporter, or a part of the system."""

from dataclasses import dataclass

from riverain.accounts.permissions import Permission
from riverain.organisation.members import Member


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whoever submits, or holds the tracking code of this one report; no account is behind it."""

    report_id: int | None = None

    @property
    def label(self) -> str:
        return "reporter"


@dataclass(frozen=True, slots=True)
class System:
    """A command, an import, a periodic job. It may do what its caller may."""

    name: str

    @property
    def label(self) -> str:
        return f"system:{self.name}"


Acting = Member | Reporter | System

# What an agent needs to enter reports (S0-60 to S0-62, S3-08).
ENTER = Permission.ENTER_REPORTS
