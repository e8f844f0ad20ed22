"""The table itself: what it allows, and that nobody is left without a way on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.accounts.permissions import Permission
from riverain.catalogue.facts import Nature, Outcome
from riverain.reports.lifecycle import (
    CLOSED,
    DONE_OUTCOMES,
    OPEN,
    REJECTED_OUTCOMES,
    TABLE,
    Actor,
    Need,
    Status,
    transition,
)

# Every move of the lifecycle, by hand: from → to, for a report (S0-37 to S0-47).
REPORT_MOVES = {
    Status.TO_PROCESS: "in_progress waiting transferred landlord closed_transferred done rejection_proposed rejected",
    Status.IN_PROGRESS: "in_progress waiting transferred landlord closed_transferred done rejection_proposed rejected",
    Status.CLAIMED: "in_progress waiting transferred landlord closed_transferred done rejection_proposed rejected",
    Status.WAITING: "in_progress transferred landlord closed_transferred done rejection_proposed rejected",
    Status.TRANSFERRED: "in_progress closed_transferred done rejected",
    Status.LANDLORD: "in_progress closed_transferred done rejected",
    Status.REJECTION_PROPOSED: "rejected to_process",
    Status.DONE: "to_process",
    Status.REJECTED: "to_process",
    Status.CLOSED_TRANSFERRED: "to_process",
}
SUGGESTION_MOVES = {
    Status.TO_PROCESS: "in_progress waiting under_study kept not_kept",
    Status.IN_PROGRESS: "in_progress waiting under_study kept not_kept",
    Status.WAITING: "in_progress under_study kept not_kept",
    Status.UNDER_STUDY: "kept not_kept to_process",
    Status.KEPT: "to_process",
    Status.NOT_KEPT: "to_process",
}
PRAISE_MOVES = {Status.TO_PROCESS: "passed_on", Status.PASSED_ON: "to_process"}
MOVES = {
    Nature.REPORT: REPORT_MOVES,
    Nature.SUGGESTION: SUGGESTION_MOVES,
    Nature.PRAISE: PRAISE_MOVES,
}


@pytest.mark.row(
    "S0-37", "S0-38", "S0-39", "S0-40", "S0-41", "S0-42", "S0-43", "S0-44", "S0-45", "S0-47"
)
@pytest.mark.parametrize("nature", Nature)
@pytest.mark.parametrize("origin", Status)
@pytest.mark.parametrize("target", Status)
def test_pair_of_statuses_is_a_move_or_not(nature, origin, target):
    allowed = target.value in MOVES[nature].get(origin, "").split()
    found = transition(origin, target, nature=nature, actor=Actor.AGENT)
    assert (found is not None) is allowed


@pytest.mark.row("S2-12")
@pytest.mark.parametrize("origin", Status)
@pytest.mark.parametrize("target", Status)
@pytest.mark.parametrize("nature", Nature)
def test_reporter_only_claims_what_has_ended(nature, origin, target):
    found = transition(origin, target, nature=nature, actor=Actor.REPORTER)
    ended = origin in {Status.DONE, Status.REJECTED, Status.CLOSED_TRANSFERRED}
    assert (found is not None) is (nature is Nature.REPORT and ended and target is Status.CLAIMED)


@pytest.mark.row("S0-46")
def test_every_status_is_open_or_closed():
    still = "to_process waiting in_progress transferred landlord rejection_proposed claimed"
    ended = "rejected done closed_transferred kept under_study not_kept passed_on"
    assert (set(still.split()), set(ended.split())) == (OPEN, CLOSED)


def test_no_pair_stands_twice():
    pairs = [(t.origin, t.target, nature, t.actor) for t in TABLE for nature in t.natures]
    assert len(pairs) == len(set(pairs))


def agents_moves(origin, nature):
    """What an agent may do next, in the table's order."""
    return [
        line
        for line in TABLE
        if line.origin == origin and nature in line.natures and line.actor is Actor.AGENT
    ]


@pytest.mark.parametrize("status", sorted(OPEN))
def test_open_report_can_always_be_ended(status):
    """From any open status some steps lead to an end: no report can be stuck (55 reports open for
    six months with no reason given)."""
    reached, todo = set(), [status]
    while todo:
        here = todo.pop()
        for line in agents_moves(here, Nature.REPORT):
            if line.target not in reached:
                reached.add(line.target)
                todo.append(line.target)
    assert reached & CLOSED


@pytest.mark.row("P-27")
def test_every_ending_of_a_report_says_which():
    for line in TABLE:
        if Nature.REPORT not in line.natures or line.target not in {Status.DONE, Status.REJECTED}:
            continue
        assert line.needs >= {Need.OUTCOME, Need.TEXT}
        assert line.outcomes == (DONE_OUTCOMES if line.target is Status.DONE else REJECTED_OUTCOMES)


def test_outcomes_are_all_told_apart():
    assert set(Outcome) == DONE_OUTCOMES | REJECTED_OUTCOMES


@pytest.mark.row("S2-16")
def test_reporter_is_told_of_every_end_and_of_no_proposal():
    for line in TABLE:
        if line.target in CLOSED:
            assert line.told
        if Status.REJECTION_PROPOSED in {line.origin, line.target} and line.target not in CLOSED:
            assert not line.told


def test_waiting_always_has_a_reason_and_a_date():
    for line in TABLE:
        if line.target is Status.WAITING:
            assert line.needs >= {Need.REASON, Need.RESUME_ON}


def test_every_agent_move_asks_a_permission_and_no_reporter_move_does():
    for line in TABLE:
        assert (line.permission is None) is (line.actor is Actor.REPORTER)


@given(st.lists(st.integers(0, 30), max_size=30))
def test_any_walk_stays_in_the_nature_of_the_case(choices):
    for nature in Nature:
        here = Status.TO_PROCESS
        for choice in choices:
            lines = agents_moves(here, nature)
            assert lines, f"{nature} is stuck in {here}"
            line = lines[choice % len(lines)]
            assert isinstance(line.permission, Permission)
            here = line.target
