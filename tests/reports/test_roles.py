"""Every pair of statuses for every role, through the one door."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from riverain.catalogue.facts import Nature, Outcome
from riverain.core import clock
from riverain.core.refusals import Forbidden, NotFound, Refused
from riverain.organisation import memberships
from riverain.organisation.models import Membership
from riverain.reports import actions
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Reason, Status
from riverain.reports.models import Report
from tests.reports.test_lifecycle import MOVES
from tests.town import CAEN, CENTRE, report

# Who may take each step, written by hand from S0 to S4 (T take, W wait, X transfer, C close,
# P propose a rejection, R reject or refuse the proposal, O reopen).
ROLES = {
    "front_desk": "O",
    "phone": "O",
    "field_agent": "T",
    "technician": "TWXP",
    "coordinator": "TWXCPO",
    "crew_chief": "TWCP",
    "referent": "TWXCPRO",
    "deputy": "TWXCPRO",
    "validator": "CRO",
    "district_hall": "O",
    "territory_director": "WXPO",
    "elected": "",
    "contractor": "T",
    "landlord": "T",
    "network": "T",
    "administrator": "TWXCPRO",
}


def letter(origin: Status, target: Status) -> str:
    """The letter of the step from one status to another."""
    if target is Status.TO_PROCESS:
        return "R" if origin is Status.REJECTION_PROPOSED else "O"
    return {
        Status.IN_PROGRESS: "T",
        Status.WAITING: "W",
        Status.TRANSFERRED: "X",
        Status.LANDLORD: "X",
        Status.CLOSED_TRANSFERRED: "C",
        Status.DONE: "C",
        Status.REJECTION_PROPOSED: "P",
        Status.REJECTED: "R",
        Status.KEPT: "C",
        Status.UNDER_STUDY: "C",
        Status.NOT_KEPT: "C",
        Status.PASSED_ON: "C",
    }[target]


# A type of each nature.
TYPES = {
    Nature.REPORT: "sac-plein",
    Nature.SUGGESTION: "idee-voirie",
    Nature.PRAISE: "bravo-proprete",
}


def given(city, target: Status) -> Given:
    partner = {
        Status.TRANSFERRED: "mel",
        Status.CLOSED_TRANSFERRED: "mel",
        Status.LANDLORD: "bailleur",
    }.get(target)
    return Given(
        reason=Reason.MATERIAL if target is Status.WAITING else None,
        resume_on=(clock.now() + timedelta(days=3)).date() if target is Status.WAITING else None,
        planned_for=(clock.now() + timedelta(days=2)).date()
        if target is Status.IN_PROGRESS
        else None,
        partner_id=city.partners[partner].pk if partner else None,
        outcome={
            Status.DONE: Outcome.DONE,
            Status.REJECTED: Outcome.NOT_OURS,
            Status.REJECTION_PROPOSED: Outcome.NOT_OURS,
        }.get(target),
        text="Le sac a été remplacé.",
    )


def handed(city, role: str, made: Report) -> None:
    """Puts the report where the role reaches it: its service, or its partner."""
    changes = {"service": city.services["voirie" if role == "technician" else "proprete"]}
    partner = {"contractor": "lilebo", "landlord": "bailleur", "network": "mel"}.get(role)
    if partner:
        changes["partner"] = city.partners[partner]
    Report.objects.filter(pk=made.pk).update(**changes)


def put_in(made: Report, status: Status) -> None:
    """Tests only: a report in a status, without the way there."""
    resume = date(2030, 1, 1) if status is Status.WAITING else None
    Report.objects.filter(pk=made.pk).update(status=status, resume_on=resume)


@pytest.mark.row("S0-59", "S0-60", "S0-61", "S0-62", "S0-63", "S0-64", "S0-65", "S0-66", "S0-67")
@pytest.mark.parametrize("nature", Nature)
@pytest.mark.parametrize("role", ROLES)
def test_role_takes_its_steps_and_no_other(city, role, nature):
    made = report(city, type_code=TYPES[nature])
    handed(city, role, made)
    member = city.member(role)
    for origin in Status:
        put_in(made, origin)
        for target in Status:
            words = given(city, target)
            happened = outcome_of(made, member, target, words)
            moves = MOVES[nature].get(origin, "").split()
            if target.value not in moves:
                expected = "no such step"
            elif letter(origin, target) in ROLES[role]:
                expected = "moved"
            else:
                expected = "forbidden"
            assert happened == expected, f"{role}: {origin} → {target}"


def outcome_of(made, member, target, words) -> str:
    """Takes the step and takes it back; what happened, in a word."""
    sid = transaction.savepoint()
    try:
        actions.move(acting=member, report_id=made.pk, to=target, given=words)
        assert Report.objects.get(pk=made.pk).status == target
    except Forbidden:
        return "forbidden"
    except NotFound:
        return "not found"
    except Refused as refusal:
        return "no such step" if refusal.code == "no_such_step" else str(refusal)
    else:
        return "moved"
    finally:
        transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("role", ROLES)
def test_report_of_another_collectivity_is_not_there(city, role):
    elsewhere = report(city, at=CAEN)
    with pytest.raises(NotFound):
        actions.move(acting=city.member(role), report_id=elsewhere.pk, to=Status.IN_PROGRESS)


@pytest.mark.parametrize("role", ["contractor", "landlord", "network"])
def test_outside_body_knows_nothing_of_what_it_was_not_handed(city, role):
    with pytest.raises(NotFound):
        actions.move(acting=city.member(role), report_id=report(city).pk, to=Status.IN_PROGRESS)


@pytest.mark.row("S0-54")
def test_district_hall_reaches_its_district_only(city):
    hall = city.member("district_hall")
    with pytest.raises(NotFound):
        actions.move(acting=hall, report_id=report(city, at=CENTRE).pk, to=Status.IN_PROGRESS)
    with pytest.raises(Forbidden):
        actions.move(acting=hall, report_id=report(city).pk, to=Status.IN_PROGRESS)


def test_ended_membership_takes_no_step(city):
    made = report(city)
    user = city.people["coordinator"]
    memberships.end_membership(acting="system:cli", membership=Membership.objects.get(user=user))
    with pytest.raises(NotFound):
        actions.move(acting=city.member("coordinator"), report_id=made.pk, to=Status.IN_PROGRESS)


def test_natures_do_not_mix(city):
    suggestion = report(city, type_code="idee-voirie")
    assert suggestion.nature == Nature.SUGGESTION
    with pytest.raises(Refused, match="pas possible"):
        actions.move(
            acting=city.member("administrator"),
            report_id=suggestion.pk,
            to=Status.DONE,
            given=Given(outcome=Outcome.DONE, text="Fait."),
        )
