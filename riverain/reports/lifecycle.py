"""The lifecycle as a table. Pure: who may move a report where, what must be given, what is told.

Statuses and their grouping are those of S0 (S0-37 to S0-46), the claim that of S2-12, the endings
of suggestions and praise those of S1-01, the outcomes those of P-27.
"""

from dataclasses import dataclass
from enum import StrEnum

from riverain.accounts.permissions import Permission
from riverain.catalogue.facts import Nature, Outcome


class Status(StrEnum):
    TO_PROCESS = "to_process"
    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    TRANSFERRED = "transferred"
    LANDLORD = "landlord"
    REJECTION_PROPOSED = "rejection_proposed"
    CLAIMED = "claimed"
    REJECTED = "rejected"
    DONE = "done"
    CLOSED_TRANSFERRED = "closed_transferred"
    KEPT = "kept"
    UNDER_STUDY = "under_study"
    NOT_KEPT = "not_kept"
    PASSED_ON = "passed_on"


CLOSED = frozenset(
    {
        Status.REJECTED,
        Status.DONE,
        Status.CLOSED_TRANSFERRED,
        Status.KEPT,
        Status.UNDER_STUDY,
        Status.NOT_KEPT,
        Status.PASSED_ON,
    }
)
OPEN = frozenset(Status) - CLOSED
# Another body has it, and the town follows.
ELSEWHERE = frozenset({Status.TRANSFERRED, Status.LANDLORD})
# While someone else has it, or nothing can be done yet.
PAUSED = ELSEWHERE | {Status.WAITING}
# A deadline runs.
RUNNING = OPEN - PAUSED


class Reason(StrEnum):
    """Why a report waits. Residents read it, so there is always one."""

    REPORTER = "reporter"
    MATERIAL = "material"
    WEATHER = "weather"
    WORKS = "works"
    OTHER_BODY = "other_body"
    STUDY = "study"
    WATCHED = "watched"


class ClaimReason(StrEnum):
    """Why a reporter says that it is not settled (S2-12)."""

    TOO_LATE = "too_late"
    PARTLY = "partly"
    BADLY = "badly"
    NOT_DONE = "not_done"


class Need(StrEnum):
    """What a move must be given."""

    REASON = "reason"
    RESUME_ON = "resume_on"
    PLANNED_FOR = "planned_for"
    PARTNER = "partner"
    OUTCOME = "outcome"
    TEXT = "text"
    CLAIM = "claim"


class Actor(StrEnum):
    """Who moves: an agent whose roles hold the permission, or the reporter of this report."""

    AGENT = "agent"
    REPORTER = "reporter"


DONE_OUTCOMES = frozenset({Outcome.DONE, Outcome.NOTHING_FOUND, Outcome.ALREADY_DONE})
REJECTED_OUTCOMES = frozenset({Outcome.NOT_PLANNED, Outcome.NOT_OURS, Outcome.INCOMPLETE})

REPORTS = frozenset({Nature.REPORT})
SUGGESTIONS = frozenset({Nature.SUGGESTION})
PRAISE = frozenset({Nature.PRAISE})
ALL = frozenset(Nature)


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table. `told` says whether the reporter hears of it."""

    origin: Status
    target: Status
    permission: Permission | None
    actor: Actor = Actor.AGENT
    natures: frozenset[Nature] = REPORTS
    needs: frozenset[Need] = frozenset()
    outcomes: frozenset[Outcome] = frozenset()
    told: bool = True


def _from(
    origins: tuple[Status, ...],
    target: Status,
    permission: Permission | None,
    *,
    actor: Actor = Actor.AGENT,
    natures: frozenset[Nature] = REPORTS,
    needs: tuple[Need, ...] = (),
    outcomes: frozenset[Outcome] = frozenset(),
    told: bool = True,
) -> tuple[Transition, ...]:
    return tuple(
        Transition(origin, target, permission, actor, natures, frozenset(needs), outcomes, told)
        for origin in origins
    )


_S = Status
_HERE = (_S.TO_PROCESS, _S.IN_PROGRESS, _S.CLAIMED)
_LIVE = (*_HERE, _S.WAITING, *sorted(ELSEWHERE))
_WORKED = REPORTS | SUGGESTIONS
_ENDED = (_S.DONE, _S.REJECTED, _S.CLOSED_TRANSFERRED)

TABLE: tuple[Transition, ...] = (
    *_from((_S.TO_PROCESS, _S.WAITING), _S.IN_PROGRESS, Permission.TAKE, natures=_WORKED),
    *_from((_S.CLAIMED, *sorted(ELSEWHERE)), _S.IN_PROGRESS, Permission.TAKE),
    # Planned, or planned for another day, once it is in hand (N-12).
    *_from(
        (_S.IN_PROGRESS,),
        _S.IN_PROGRESS,
        Permission.TAKE,
        natures=_WORKED,
        needs=(Need.PLANNED_FOR,),
    ),
    *_from(
        (_S.TO_PROCESS, _S.IN_PROGRESS),
        _S.WAITING,
        Permission.HOLD,
        natures=_WORKED,
        needs=(Need.REASON, Need.RESUME_ON),
    ),
    *_from((_S.CLAIMED,), _S.WAITING, Permission.HOLD, needs=(Need.REASON, Need.RESUME_ON)),
    *_from((*_HERE, _S.WAITING), _S.TRANSFERRED, Permission.TRANSFER, needs=(Need.PARTNER,)),
    *_from((*_HERE, _S.WAITING), _S.LANDLORD, Permission.TRANSFER, needs=(Need.PARTNER,)),
    *_from(_LIVE, _S.CLOSED_TRANSFERRED, Permission.CLOSE, needs=(Need.PARTNER,)),
    *_from(
        _LIVE,
        _S.DONE,
        Permission.CLOSE,
        needs=(Need.OUTCOME, Need.TEXT),
        outcomes=DONE_OUTCOMES,
    ),
    *_from(
        (*_HERE, _S.WAITING),
        _S.REJECTION_PROPOSED,
        Permission.PROPOSE_REJECTION,
        needs=(Need.OUTCOME,),
        outcomes=REJECTED_OUTCOMES,
        told=False,
    ),
    *_from(
        (*_LIVE, _S.REJECTION_PROPOSED),
        _S.REJECTED,
        Permission.REJECT,
        needs=(Need.OUTCOME, Need.TEXT),
        outcomes=REJECTED_OUTCOMES,
    ),
    # A proposal that is not followed: the reporter, who never heard of it, hears nothing.
    *_from((_S.REJECTION_PROPOSED,), _S.TO_PROCESS, Permission.REJECT, told=False),
    *_from(_ENDED, _S.CLAIMED, None, actor=Actor.REPORTER, needs=(Need.CLAIM,)),
    *_from(_ENDED, _S.TO_PROCESS, Permission.REOPEN),
    # Suggestions end with a reason, and one under study may still be decided.
    *_from(
        (_S.TO_PROCESS, _S.IN_PROGRESS, _S.WAITING),
        _S.UNDER_STUDY,
        Permission.CLOSE,
        natures=SUGGESTIONS,
        needs=(Need.TEXT,),
    ),
    *_from(
        (_S.TO_PROCESS, _S.IN_PROGRESS, _S.WAITING, _S.UNDER_STUDY),
        _S.KEPT,
        Permission.CLOSE,
        natures=SUGGESTIONS,
        needs=(Need.TEXT,),
    ),
    *_from(
        (_S.TO_PROCESS, _S.IN_PROGRESS, _S.WAITING, _S.UNDER_STUDY),
        _S.NOT_KEPT,
        Permission.CLOSE,
        natures=SUGGESTIONS,
        needs=(Need.TEXT,),
    ),
    *_from(
        (_S.KEPT, _S.NOT_KEPT, _S.UNDER_STUDY),
        _S.TO_PROCESS,
        Permission.REOPEN,
        natures=SUGGESTIONS,
    ),
    *_from((_S.TO_PROCESS,), _S.PASSED_ON, Permission.CLOSE, natures=PRAISE),
    *_from((_S.PASSED_ON,), _S.TO_PROCESS, Permission.REOPEN, natures=PRAISE, told=False),
)

_BY_PAIR = {
    (line.origin, line.target, nature, line.actor): line
    for line in TABLE
    for nature in line.natures
}


def transition(
    origin: Status, target: Status, *, nature: Nature, actor: Actor
) -> Transition | None:
    """The line for this move, or None where the lifecycle has none."""
    return _BY_PAIR.get((origin, target, nature, actor))


def may_claim(status: Status, *, nature: Nature) -> bool:
    """Whether its reporter may say that it is not settled (S2-12)."""
    claim = transition(status, Status.CLAIMED, nature=nature, actor=Actor.REPORTER)
    return claim is not None


def is_worked(status: Status, *, nature: Nature) -> bool:
    """Whether work on the ground may be declared done: none is done for an idea or for thanks, and
    what is about to be rejected is decided first."""
    return nature in REPORTS and status in OPEN - {Status.REJECTION_PROPOSED}
