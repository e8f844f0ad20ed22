"""What a step is: its address, its words, its form, its action.

Whether it is possible, the lifecycle and the member's rights say; its action asks again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from riverain.accounts.permissions import Permission
from riverain.notifications.rules import goes_at_once
from riverain.reports import door
from riverain.reports.lifecycle import Actor, Status, Transition, transition
from riverain.reports.models import Report
from riverain.web.desk.case import Case
from riverain.web.desk.step_forms import NothingForm, StepForm

# Answers the report as it stands after the step.
Act = Callable[[Case, StepForm, tuple[UUID, ...]], Report]


class Group(StrEnum):
    """Where the page shows a step."""

    WORK = "work"
    TRANSMIT = "transmit"
    END = "end"
    SAY = "say"
    NOTE = "note"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`label` is on the button, `title` heads the form, `said` is the message afterwards.
    `does` is the form's button where the label without its dots does not stand alone.

    A `direct` step asks nothing: its button on the report's page does it. `to` makes it a move of
    the lifecycle, `may` names the right that another step needs, `when` tells what else it needs.
    `told` is the event by which the reporter hears of a step that is no move.
    """

    code: str
    label: Any
    does: Any = ""
    title: Any
    said: Any
    group: Group
    form: type[StepForm] = NothingForm
    to: Status | None = None
    may: Permission | None = None
    act: Act
    when: Callable[[Case], bool] = lambda _case: True
    told: str = ""
    direct: bool = False
    key: str = ""
    is_grave: bool = False
    is_rare: bool = False

    @property
    def verb(self) -> str:
        """The label, without the dots that promise a form."""
        return str(self.does or self.label).removesuffix("…")

    @property
    def kind(self) -> str:
        """The kind of the form's button."""
        return "danger" if self.is_grave else "main"

    def permission(self, case: Case) -> Permission | None:
        """What it takes here and now; None when the lifecycle has no such step."""
        if self.to is None:
            return self.may
        line = self._line(case)
        return line.permission if line else None

    def is_offered(self, case: Case) -> bool:
        permission = self.permission(case)
        return (
            permission is not None
            and self.when(case)
            and door.may(case.member, permission, case.report)
        )

    def tells(self, case: Case) -> bool:
        """Whether the reporter hears of it."""
        if self.to is None:
            return bool(self.told)
        line = self._line(case)
        return bool(line and line.told)

    @property
    def tells_at_once(self) -> bool:
        """Whether its mail waits for no step that may follow."""
        return goes_at_once(self.told, self.to)

    def run(self, case: Case, form: StepForm, pictures: tuple[UUID, ...]) -> Report:
        """Takes the step; returns the report as it stands then. Raises what its action refuses."""
        return self.act(case, form, pictures)

    def _line(self, case: Case) -> Transition | None:
        if self.to is None:
            return None
        return transition(case.status, self.to, nature=case.nature, actor=Actor.AGENT)
