"""Steps on a report. `move` is the only code that writes a status."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from riverain.accounts.permissions import Permission
from riverain.catalogue.facts import Nature, Outcome
from riverain.core import clock
from riverain.core.refusals import Invalid, Refused
from riverain.organisation import queries as organisation
from riverain.organisation.facts import PartnerFacts
from riverain.organisation.members import Member
from riverain.organisation.models import PartnerKind
from riverain.reports import door, rerouting
from riverain.reports.acting import Acting, Reporter
from riverain.reports.lifecycle import (
    CLOSED,
    ELSEWHERE,
    Actor,
    ClaimReason,
    Need,
    Reason,
    Status,
    Transition,
    is_worked,
    transition,
)
from riverain.reports.models import Report
from riverain.reports.pictures import attach
from riverain.reports.rules import LONGEST_TEXT, clean_text
from riverain.territory import queries as territory

# The furthest date that a waiting report may be put off to: two years.
FURTHEST = timedelta(days=731)
_NOT_OURS = frozenset(PartnerKind) - {PartnerKind.CONTRACTOR, PartnerKind.LANDLORD}
# Whom a report is passed on to. A contractor works for the town: it is handed over (`hand_over`).
RECEIVERS: Final[dict[Status, frozenset[PartnerKind]]] = {
    Status.TRANSFERRED: _NOT_OURS,
    Status.LANDLORD: frozenset({PartnerKind.LANDLORD}),
    Status.CLOSED_TRANSFERRED: _NOT_OURS | {PartnerKind.LANDLORD},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What comes with a move; which of it is needed, the lifecycle says.

    `text` is what the reporter reads, `note` stays among agents.
    """

    reason: Reason | None = None
    resume_on: date | None = None
    planned_for: date | None = None
    partner_id: int | None = None
    outcome: Outcome | None = None
    claim: ClaimReason | None = None
    text: str = ""
    note: str = ""
    pictures: tuple[UUID, ...] = ()


def move(
    *,
    acting: Acting,
    report_id: int,
    to: Status,
    given: Given | None = None,
    seq: int | None = None,
) -> Report:
    """Moves a report to another status, by the table of `lifecycle`.

    `seq` is the entry that the person's page was drawn from: raises Conflict if someone changed
    the report since. Raises Refused for a move that the lifecycle has not, NotFound and
    Forbidden by the person's rights, Invalid for something missing.
    """
    given = given or Given()
    with transaction.atomic():
        report = door.locked(report_id)
        reporter = isinstance(acting, Reporter)
        line = transition(
            Status(report.status),
            to,
            nature=Nature(report.nature),
            actor=Actor.REPORTER if reporter else Actor.AGENT,
        )
        door.authorise(acting, line.permission if line else _any_step(acting), report)
        door.unchanged_since(report, seq)
        if line is None:
            raise _no_such_step()
        given = _checked(line, given, report)
        changed = _apply(line, given, report, acting)
        entry = door.write(
            report,
            acting=acting,
            kind="report.moved",
            payload=_said(line, given, report),
            personal={"text": given.text, "note": given.note},
            changed=changed,
        )
        attach(report, acting, given.pictures, seq=entry.seq)
    return report


def hand_over(
    *,
    acting: Acting,
    report_id: int,
    service_id: int,
    partner_id: int | None = None,
    note: str = "",
    seq: int | None = None,
) -> Report:
    """Gives the report to a service and, where one is named, to a contractor of the town."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.HAND_OVER, report)
        door.unchanged_since(report, seq)
        door.open_only(report)
        door.ours_only(report)
        directory = organisation.directory()
        if service_id not in {one.id for one in directory.services_of(report.collectivity_id)}:
            raise Invalid(_("Choisissez un service de la collectivité."), field="service")
        if partner_id is not None:
            partner = _partner(partner_id, report)
            if partner.kind != PartnerKind.CONTRACTOR:
                raise Invalid(
                    _("Ce partenaire n’est pas un prestataire : utilisez « Transmettre »."),
                    field="partner",
                )
        if (report.service_id, report.partner_id) == (service_id, partner_id):
            raise Invalid(_("Ce signalement est déjà confié à ce service."), field="service")
        report.service_id, report.partner_id, report.agent_id = service_id, partner_id, None
        door.write(
            report,
            acting=acting,
            kind="report.handed_over",
            payload={"service": service_id, "partner": partner_id, "told": True},
            personal={"note": _words(note, "note")},
            changed=("service_id", "partner_id", "agent_id"),
        )
    return report


def declare_done(
    *,
    acting: Acting,
    report_id: int,
    text: str = "",
    pictures: tuple[UUID, ...] = (),
    seq: int | None = None,
) -> Report:
    """The crew or the contractor says that the work is done (S0-48, S4-11); someone who may
    close then closes (S0-49). The reporter is told at the closing."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.DECLARE_DONE, report)
        door.unchanged_since(report, seq)
        door.open_only(report)
        if not is_worked(Status(report.status), nature=Nature(report.nature)):
            raise _no_such_step()
        report.work_done_at = clock.now()
        entry = door.write(
            report,
            acting=acting,
            kind="report.work_done",
            payload={"pictures": len(pictures), "told": False},
            personal={"note": _words(text, "text")},
            changed=("work_done_at",),
        )
        attach(report, acting, pictures, seq=entry.seq)
    return report


def claim(
    *,
    acting: Reporter,
    report_id: int,
    reason: ClaimReason,
    text: str = "",
    pictures: tuple[UUID, ...] = (),
) -> Report:
    """The reporter says that it is not settled: the report opens again, with a new deadline."""
    return move(
        acting=acting,
        report_id=report_id,
        to=Status.CLAIMED,
        given=Given(claim=reason, text=text, pictures=pictures),
    )


def _no_such_step() -> Refused:
    return Refused(
        _("Cette étape n’est pas possible depuis l’état actuel du signalement."),
        field="to",
        code="no_such_step",
    )


def _any_step(acting: Acting) -> Permission | None:
    """What an impossible move asks of a person before it says so: to see the report."""
    return Permission.READ_REPORTS if isinstance(acting, Member) else None


def _checked(line: Transition, given: Given, report: Report) -> Given:
    """The same, clean. Raises Invalid for what is missing or cannot be."""
    if Need.REASON in line.needs and given.reason is None:
        raise Invalid(_("Dites pourquoi le signalement attend."), field="reason")
    if Need.RESUME_ON in line.needs:
        _check_date(given.resume_on, report)
    if given.planned_for is not None or Need.PLANNED_FOR in line.needs:
        _check_date(given.planned_for, report, field="planned_for", today_is_fine=True)
    if Need.OUTCOME in line.needs and given.outcome not in line.outcomes:
        raise Invalid(_("Choisissez l’issue dans la liste."), field="outcome")
    if Need.CLAIM in line.needs and given.claim is None:
        raise Invalid(_("Dites ce qui n’est pas réglé."), field="claim")
    text = _words(given.text, "text")
    if Need.TEXT in line.needs and not _says_something(text):
        raise Invalid(
            _("Écrivez à l’usager ce qui a été fait, ou pourquoi ce n’est pas possible."),
            field="text",
        )
    if Need.REASON in line.needs and given.reason is Reason.REPORTER and not _says_something(text):
        raise Invalid(_("Écrivez à l’usager ce que vous lui demandez."), field="text")
    if Need.PARTNER in line.needs:
        _check_partner(line, given, report)
    return replace(given, text=text, note=_words(given.note, "note"))


def _says_something(text: str) -> bool:
    """A dot that was typed to pass is no answer, and no question."""
    return any(map(str.isalnum, text))


def _check_date(
    day: date | None, report: Report, *, field: str = "resume_on", today_is_fine: bool = False
) -> None:
    zone = territory.time_zone([report.collectivity_id])
    today = clock.local(clock.now(), zone).date()
    first = today if today_is_fine else today + timedelta(days=1)
    if day is None or not first <= day <= today + FURTHEST:
        raise Invalid(
            _("Donnez une date à venir, dans les deux ans."),
            field=field,
        )


def _check_partner(line: Transition, given: Given, report: Report) -> None:
    """A report that is closed by the body that has it already need not name it again."""
    wanted = RECEIVERS[line.target]
    if given.partner_id is None:
        holder = organisation.directory().partner(report.partner_id or 0)
        if line.target in CLOSED and holder is not None and holder.kind in wanted:
            return
        raise Invalid(_("Choisissez à qui transmettre."), field="partner")
    if _partner(given.partner_id, report).kind not in wanted:
        raise Invalid(
            _("Choisissez un bailleur.")
            if line.target is Status.LANDLORD
            else _("Choisissez un organisme extérieur à la Ville."),
            field="partner",
        )


def _partner(partner_id: int, report: Report) -> PartnerFacts:
    for partner in organisation.directory().partners_of(report.collectivity_id):
        if partner.id == partner_id:
            return partner
    raise Invalid(_("Choisissez un partenaire de la collectivité."), field="partner")


def _apply(line: Transition, given: Given, report: Report, acting: Acting) -> tuple[str, ...]:
    """Writes the move on the row; returns the columns it touched."""
    to = line.target
    report.status = to
    report.outcome = given.outcome or ""
    report.reason = given.reason or ""
    report.resume_on = given.resume_on if to is Status.WAITING else None
    report.planned_for = given.planned_for if to is Status.IN_PROGRESS else None
    if given.partner_id is not None:
        report.partner_id = given.partner_id
    elif _taken_back(line, report, acting):
        report.partner_id = None
    if to is Status.IN_PROGRESS and line.origin is not to and isinstance(acting, Member):
        report.agent_id = acting.user_id
    report.closed_at = clock.now() if to in CLOSED else None
    columns = [
        "status",
        "outcome",
        "reason",
        "resume_on",
        "planned_for",
        "partner_id",
        "agent_id",
        "closed_at",
    ]
    if to is Status.CLAIMED:
        report.claims += 1
        report.unanswered = True
        columns += ["claims", "unanswered"]
    if line.origin in CLOSED and to not in CLOSED:
        report.work_done_at = None
        report.due_at = rerouting.deadline_from(report, clock.now())
        columns += ["work_done_at", "due_at"]
    return tuple(columns)


def _taken_back(line: Transition, report: Report, acting: Acting) -> bool:
    """Whether the town takes the report back from the body that had it. That body keeps what it
    takes in charge itself."""
    if line.origin not in ELSEWHERE or line.target in CLOSED:
        return False
    return not (isinstance(acting, Member) and door.is_outside(acting, report))


def _said(line: Transition, given: Given, report: Report) -> dict[str, object]:
    said: dict[str, object] = {
        "from": line.origin.value,
        "to": line.target.value,
        "told": line.told,
        "service": report.service_id,
    }
    optional = {
        "outcome": given.outcome.value if given.outcome else None,
        "reason": given.reason.value if given.reason else None,
        "resume_on": report.resume_on.isoformat() if report.resume_on else None,
        "planned_for": report.planned_for.isoformat() if report.planned_for else None,
        "claim": given.claim.value if given.claim else None,
        "partner": report.partner_id,
        "pictures": len(given.pictures) or None,
        "due_at": report.due_at.isoformat()
        if report.due_at and line.origin in CLOSED and line.target not in CLOSED
        else None,
    }
    return said | {name: value for name, value in optional.items() if value is not None}


def _words(text: str, field: str) -> str:
    return clean_text(text, field_name=field, longest=LONGEST_TEXT)
