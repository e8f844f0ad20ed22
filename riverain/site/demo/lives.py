"""How the demo's cases go, one function for each way of ending. Pure: each writes the receipt and
the acts of a case.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from riverain.catalogue.facts import Outcome, Priority
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.site.demo.cases import Act, Case, World
from riverain.site.demo.times import PAST, URGENT, ZONE, at_work, length, reported, settle

# The share of deadlines that were kept; and of those still running, one in so many is past.
_KEPT: Final = 0.8
_LATE_EVERY: Final = 4
_DAY: Final = timedelta(days=1)
_ROOM: Final = 5 * _DAY
_WAKES, _SLEEPS = 7, 23

_OUTCOMES: Final = {Outcome.DONE: 88, Outcome.NOTHING_FOUND: 7, Outcome.ALREADY_DONE: 5}
_REFUSALS: Final = (Outcome.NOT_OURS, Outcome.NOT_PLANNED, Outcome.INCOMPLETE)
# Who is competent where routing names nobody.
COMPETENT: Final = {"plaque-egout": "reseau-eau", "cable-a-terre": "reseau-electrique"}


def live(world: World, case: Case) -> None:
    """Gives a case its past."""
    LIVES[case.ending](world, case)
    settle(world, case)


def _done(world: World, case: Case) -> None:
    rng = world.rng
    again = case.speaks and world.happens(0.04)
    span = _span(world, case, kept=world.happens(_KEPT))
    case.received = reported(world, newest=span + _ROOM * (2 if again else 1))
    closed = _work(world, case, span)
    if again:
        claimed = closed + timedelta(hours=rng.uniform(5, 30))
        case.acts.append(_claim(world, claimed))
        taken = at_work(claimed + timedelta(hours=2), rng)
        case.acts.append(Act(taken, "take"))
        closed = at_work(taken + timedelta(hours=rng.uniform(3, 20)), rng)
        case.acts.append(Act(closed, "close", {"outcome": Outcome.DONE}))
    elif case.speaks and world.happens(0.12):
        thanked = closed + timedelta(hours=rng.uniform(1, 20))
        case.acts.append(Act(thanked, "thank", {"text": world.phrase("mercis")}))


def _claimed(world: World, case: Case) -> None:
    span = _span(world, case, kept=True)
    case.received = reported(world, newest=span + _ROOM, oldest=span + 2 * _ROOM)
    _work(world, case, span)
    case.acts.append(_claim(world, world.now - timedelta(hours=world.rng.uniform(2, 40))))


def _in_progress(world: World, case: Case) -> None:
    rng = world.rng
    late = case.number % _LATE_EVERY == 0
    usual = length(world, case.type_)
    case.received = _received_for(world, case, late=late)
    waited = world.now - case.received
    taken = at_work(case.received + min(usual, waited) * rng.uniform(0.1, 0.5), rng)
    if taken >= world.now:  # the offices are closed: a crew on duty took it
        taken = case.received + waited * rng.uniform(0.3, 0.8)
    planned = None
    if not late and world.happens(0.35):
        planned = at_work(world.now + rng.uniform(1, 6) * _DAY, rng).astimezone(ZONE).date()
    case.acts.append(Act(taken, "take", {"planned_for": planned}))
    _while_it_lasts(world, case, since=taken)


def _while_it_lasts(world: World, case: Case, since: datetime) -> None:
    """What happens to a case that is in hand: declared done, asked after, annotated."""
    at = since + (world.now - since) * world.rng.uniform(0.2, 0.8)
    if world.happens(0.12):
        case.acts.append(Act(at, "work_done", _worked(world)))
    elif case.speaks and world.happens(0.2):
        case.acts.append(Act(at, "write", {"text": world.phrase("relances")}))
    elif world.happens(0.15):
        case.acts.append(Act(at, "note", {"text": world.phrase("notes")}))


def _rejected(world: World, case: Case) -> None:
    rng = world.rng
    span = _span(world, case, kept=True)
    case.received = reported(world, newest=span + _ROOM)
    outcome = _refusal(world, case)
    first = at_work(case.received + span * 0.4, rng)
    if outcome is Outcome.INCOMPLETE and case.speaks:
        case.acts.append(Act(first, "ask", {"text": world.phrase("questions")}))
    elif world.happens(0.6):
        case.acts.append(Act(first, "propose", {"outcome": outcome}))
    decided = at_work(max(first, case.received + span) + timedelta(hours=2), rng)
    case.acts.append(Act(decided, "reject", {"outcome": outcome}))


def _rejection_proposed(world: World, case: Case) -> None:
    case.received = reported(world, newest=3 * _DAY, oldest=6 * _DAY)
    proposed = at_work(case.received + 1.5 * _DAY, world.rng)
    case.acts.append(Act(proposed, "propose", {"outcome": _refusal(world, case)}))


def _closed_transferred(world: World, case: Case) -> None:
    case.received = reported(world, newest=_ROOM)
    sent = at_work(case.received + timedelta(hours=world.rng.uniform(1, 20)), world.rng)
    partner = COMPETENT.get(case.type_.code, "metropole")
    case.acts.append(Act(sent, "transfer", {"to": case.ending, "partner": partner}))


def _transferred(world: World, case: Case) -> None:
    partner = "habitat-flandre" if case.ending is Status.LANDLORD else "metropole"
    case.received = reported(world, newest=_ROOM, oldest=3 * _ROOM)
    sent = at_work(case.received + timedelta(hours=world.rng.uniform(2, 30)), world.rng)
    case.acts.append(Act(sent, "transfer", {"to": case.ending, "partner": partner}))


def _waiting(world: World, case: Case) -> None:
    case.received = reported(world, newest=_ROOM, oldest=2 * _ROOM)
    held = at_work(case.received + 2 * _DAY, world.rng)
    resume = at_work(world.now + 8 * _DAY, world.rng).astimezone(ZONE).date()
    case.acts.append(Act(held, "hold", {"reason": Reason.MATERIAL, "resume_on": resume}))


def _to_process(world: World, case: Case) -> None:
    case.received = reported(world, newest=timedelta(hours=5), oldest=2 * _DAY)


def _answered(phrases: str) -> Callable[[World, Case], None]:
    """The life of a suggestion that is decided with a reason."""

    def life(world: World, case: Case) -> None:
        case.received = reported(world, newest=3 * _ROOM)
        decided = at_work(case.received + world.rng.uniform(4, 10) * _DAY, world.rng)
        text = world.phrase(phrases)
        case.acts.append(Act(decided, "decide", {"to": case.ending, "text": text}))

    return life


def _passed_on(world: World, case: Case) -> None:
    case.received = reported(world, newest=_ROOM)
    told = at_work(case.received + timedelta(hours=4), world.rng)
    case.acts.append(Act(told, "decide", {"to": case.ending, "text": ""}))


LIVES: Final[Mapping[Status, Callable[[World, Case], None]]] = {
    Status.TO_PROCESS: _to_process,
    Status.WAITING: _waiting,
    Status.IN_PROGRESS: _in_progress,
    Status.TRANSFERRED: _transferred,
    Status.LANDLORD: _transferred,
    Status.REJECTION_PROPOSED: _rejection_proposed,
    Status.CLAIMED: _claimed,
    Status.REJECTED: _rejected,
    Status.DONE: _done,
    Status.CLOSED_TRANSFERRED: _closed_transferred,
    Status.KEPT: _answered("retenue"),
    Status.UNDER_STUDY: _answered("étude"),
    Status.NOT_KEPT: _answered("non-retenue"),
    Status.PASSED_ON: _passed_on,
}


def _work(world: World, case: Case, span: timedelta) -> datetime:
    """The acts from the receipt to the closing; returns when it closes."""
    rng = world.rng
    urgent = length(world, case.type_) <= URGENT

    def when(instant: datetime) -> datetime:
        return instant if urgent else at_work(instant, rng)

    closed = when(case.received + span)
    taken = when(case.received + span * rng.uniform(0.1, 0.5))
    if case.spot and case.spot.district == "wazemmes" and world.happens(0.2):
        raised = {"priority": Priority.HIGH}
        case.acts.append(Act(min(case.received + span * 0.08, taken), "prioritise", raised))
    if case.speaks and world.happens(0.07):
        asked = case.received + span * 0.12
        case.acts.append(Act(when(asked), "ask", {"text": world.phrase("questions")}))
        answered = when(asked) + span * 0.1
        case.acts.append(Act(answered, "write", {"text": world.phrase("réponses")}))
    if world.happens(0.85):
        planned = closed.astimezone(ZONE).date() if world.happens(0.3) else None
        case.acts.append(Act(min(taken, closed), "take", {"planned_for": planned}))
    if world.happens(0.08):
        case.acts.append(Act(min(taken, closed), "note", {"text": world.phrase("notes")}))
    if case.scene or world.happens(0.3):
        done = closed - timedelta(minutes=rng.uniform(15, 120))
        case.acts.append(Act(done, "work_done", _worked(world)))
    outcome = rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    if case.scene:
        outcome = Outcome.DONE
    case.acts.append(Act(closed, "close", {"outcome": outcome}))
    return closed


def _span(world: World, case: Case, *, kept: bool) -> timedelta:
    """How long the town takes; never longer than what the demo's past has room for."""
    share = world.rng.uniform(0.2, 0.85) if kept else world.rng.uniform(1.1, 1.7)
    return min(length(world, case.type_) * share, PAST - 3 * _ROOM)


def _received_for(world: World, case: Case, *, late: bool) -> datetime:
    """A receipt whose deadline has passed, or not yet."""
    usual = length(world, case.type_)
    for tried in range(100):
        # A week-end or a holiday makes some deadlines longer than usual: look further back.
        longest = 1.5 + tried / 20
        share = world.rng.uniform(1.05, longest) if late else world.rng.uniform(0.15, 0.85)
        ago = min(usual * share, PAST)
        received = world.now - ago
        if ago > 2 * _DAY:
            received = reported(world, newest=ago - _DAY, oldest=ago)
        awake = _WAKES <= received.astimezone(ZONE).hour < _SLEEPS
        if awake and (world.due(case.type_, received) < world.now) == late:
            return received
    raise ValueError(f"no receipt of {case.type_.code} has the deadline that the plan needs")


def _refusal(world: World, case: Case) -> Outcome:
    """A reason for which the type has words of its own (P-27)."""
    own = [outcome for outcome in _REFUSALS if outcome in case.type_.answers]
    return world.rng.choice(own or [Outcome.NOT_PLANNED])


def _claim(world: World, at: datetime) -> Act:
    reason = world.rng.choice([ClaimReason.PARTLY, ClaimReason.NOT_DONE, ClaimReason.BADLY])
    return Act(at, "claim", {"reason": reason, "text": world.phrase("réclamations")})


def _worked(world: World) -> dict[str, str]:
    return {"text": world.phrase("travaux")}
