"""How the demo's cases go, one function for each way of ending. Pure: each writes the receipt and
the acts of a case.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from riverain.catalogue.facts import Outcome, Priority
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.site.demo.cases import Act, Case, World
from riverain.site.demo.days import PAST, ZONE
from riverain.site.demo.times import URGENT, at_work, length, may_come, on_duty, reported, settle

_DAY: Final = timedelta(days=1)
_ROOM: Final = 5 * _DAY
# The share of deadlines that were kept, by how long they are at most: what is urgent is done.
_KEPT: Final = (
    (URGENT, 0.95),
    (2 * _DAY, 0.88),
    (7 * _DAY, 0.83),
    (25 * _DAY, 0.76),
    (PAST, 0.64),
)
# Before that the service was younger, and many were closed without a step in between.
_REMEMBERED: Final = 120 * _DAY
# At or under this, crews on duty come at week-ends too, by day.
_DUTY: Final = 2 * _DAY
# Of those still in hand, one in so many is past its deadline.
_LATE_EVERY: Final = 3
_TRIES, _PATIENCE = 200, 140

_OUTCOMES: Final = {Outcome.DONE: 88, Outcome.NOTHING_FOUND: 7, Outcome.ALREADY_DONE: 5}
_REFUSALS: Final = (Outcome.NOT_OURS, Outcome.NOT_PLANNED, Outcome.INCOMPLETE)
# Why work waits, now and on the way.
_WAITS: Final = (Reason.MATERIAL, Reason.WEATHER, Reason.WORKS, Reason.OTHER_BODY, Reason.WATCHED)
# Who is competent where routing names nobody.
COMPETENT: Final = {"plaque-egout": "reseau-eau", "cable-a-terre": "reseau-electrique"}


def live(world: World, case: Case) -> None:
    """Gives a case its past."""
    LIVES[case.ending](world, case)
    settle(world, case)


def _done(world: World, case: Case) -> None:
    rng = world.rng
    again = case.speaks and world.happens(0.04)
    span = _span(world, case, kept=world.happens(_share_kept(world, case)))
    case.received = reported(world, case, newest=span + (2 * _ROOM if again else 2 * _DAY))
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
    case.received = reported(world, case, newest=span + _ROOM, oldest=span + 2 * _ROOM)
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
        answered = at_work(at + timedelta(hours=3), world.rng)
        if answered < world.now and world.happens(0.6):
            case.acts.append(Act(answered, "ask", {"text": world.phrase("suites")}))
    elif world.happens(0.15):
        case.acts.append(Act(at, "note", {"text": world.phrase("notes")}))
    elif case.speaks and world.happens(0.05):
        case.acts.append(Act(at, "undelivered"))


def _rejected(world: World, case: Case) -> None:
    rng = world.rng
    span = _span(world, case, kept=True)
    case.received = reported(world, case, newest=span + _ROOM)
    outcome = _refusal(world, case)
    first = at_work(case.received + span * 0.4, rng)
    if outcome is Outcome.INCOMPLETE and case.speaks:
        case.acts.append(Act(first, "ask", {"text": world.phrase("questions")}))
    elif world.happens(0.6):
        case.acts.append(Act(first, "propose", {"outcome": outcome}))
    decided = at_work(max(first, case.received + span) + timedelta(hours=2), rng)
    case.acts.append(Act(decided, "reject", {"outcome": outcome}))


def _rejection_proposed(world: World, case: Case) -> None:
    case.received = reported(world, case, newest=3 * _DAY, oldest=6 * _DAY)
    proposed = at_work(case.received + 1.5 * _DAY, world.rng)
    case.acts.append(Act(proposed, "propose", {"outcome": _refusal(world, case)}))


def _closed_transferred(world: World, case: Case) -> None:
    case.received = reported(world, case, newest=_ROOM)
    sent = at_work(case.received + timedelta(hours=world.rng.uniform(1, 20)), world.rng)
    partner = COMPETENT.get(case.type_.code, "metropole")
    case.acts.append(Act(sent, "transfer", {"to": case.ending, "partner": partner}))


def _transferred(world: World, case: Case) -> None:
    partner = "habitat-flandre" if case.ending is Status.LANDLORD else "metropole"
    case.received = reported(world, case, newest=_ROOM, oldest=3 * _ROOM)
    sent = at_work(case.received + timedelta(hours=world.rng.uniform(2, 30)), world.rng)
    case.acts.append(Act(sent, "transfer", {"to": case.ending, "partner": partner}))


def _waiting(world: World, case: Case) -> None:
    rng = world.rng
    case.received = reported(world, case, newest=_ROOM, oldest=4 * _ROOM)
    held = at_work(case.received + 2 * _DAY, rng)
    resume = at_work(world.now + rng.uniform(1, 20) * _DAY, rng).astimezone(ZONE).date()
    case.acts.append(Act(held, "hold", {"reason": rng.choice(_WAITS), "resume_on": resume}))


def _to_process(world: World, case: Case) -> None:
    case.received = reported(world, case, newest=timedelta(hours=5), oldest=2 * _DAY)
    if case.enters and world.happens(0.4):
        case.spot = None  # said on the telephone, without a number: someone has to find it


def _answered(phrases: str) -> Callable[[World, Case], None]:
    """The life of a suggestion that is decided with a reason."""

    def life(world: World, case: Case) -> None:
        case.received = reported(world, case, newest=3 * _ROOM)
        decided = at_work(case.received + world.rng.uniform(4, 10) * _DAY, world.rng)
        text = world.phrase(phrases)
        case.acts.append(Act(decided, "decide", {"to": case.ending, "text": text}))

    return life


def _passed_on(world: World, case: Case) -> None:
    case.received = reported(world, case, newest=_ROOM)
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
    usual = length(world, case.type_)

    def when(instant: datetime) -> datetime:
        if usual <= URGENT:
            return instant
        return on_duty(instant, rng) if usual <= _DUTY else at_work(instant, rng)

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
    recent = case.received > world.now - _REMEMBERED
    if world.happens(0.85 if recent else 0.4):
        planned = closed.astimezone(ZONE).date() if world.happens(0.3) else None
        case.acts.append(Act(min(taken, closed), "take", {"planned_for": planned}))
    if world.happens(0.08):
        case.acts.append(Act(min(taken, closed), "note", {"text": world.phrase("notes")}))
    if span > 5 * _DAY and world.happens(0.12):
        _interrupt(world, case, min(taken, closed), closed)
    if world.happens((0.6 if case.shown else 0.3) if recent else (0.45 if case.shown else 0.05)):
        done = closed - timedelta(minutes=rng.uniform(15, 120))
        case.acts.append(Act(done, "work_done", _worked(world)))
    outcome = rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    if case.shown:
        outcome = Outcome.DONE
    case.acts.append(Act(closed, "close", {"outcome": outcome}))
    return closed


def _interrupt(world: World, case: Case, taken: datetime, closed: datetime) -> None:
    """The work waits for something, then goes on."""
    held = at_work(taken + (closed - taken) * 0.25, world.rng)
    again = at_work(taken + (closed - taken) * 0.7, world.rng)
    resume = again.astimezone(ZONE).date()
    if held.astimezone(ZONE).date() < resume and again < closed:
        waits = {"reason": world.rng.choice(_WAITS), "resume_on": resume}
        case.acts.append(Act(held, "hold", waits))
        case.acts.append(Act(again, "take"))


def _share_kept(world: World, case: Case) -> float:
    usual = length(world, case.type_)
    return next(share for longest, share in _KEPT if usual <= longest)


def _span(world: World, case: Case, *, kept: bool) -> timedelta:
    """How long the town takes; never longer than what the demo's past has room for."""
    share = world.rng.uniform(0.12, 0.72) if kept else world.rng.uniform(1.1, 1.7)
    return min(length(world, case.type_) * share, PAST - 3 * _ROOM)


def _received_for(world: World, case: Case, *, late: bool) -> datetime:
    """A receipt whose deadline has passed, or not yet."""
    if case.pinned is not None:
        return case.pinned
    usual = length(world, case.type_)
    for tried in range(_TRIES):
        # A week-end or a holiday makes some deadlines longer than usual: look further back.
        longest = 1.5 + tried / 40
        share = world.rng.uniform(1.05, longest) if late else world.rng.uniform(0.15, 0.85)
        ago = min(usual * share, PAST)
        received = world.now - ago
        if ago > 2 * _DAY:
            received = reported(world, case, newest=ago - _DAY, oldest=ago)
        # What is due in a day cannot have come in on Friday, on a Sunday evening: then at any hour.
        comes = may_come(case, received) or tried > _PATIENCE
        if comes and (world.due(case.type_, received) < world.now) == late:
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
