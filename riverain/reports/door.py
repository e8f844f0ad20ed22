"""What every action on a report does first and last: lock and authorise, record and announce."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from riverain.accounts.permissions import Permission
from riverain.audit.actions import head_of, record
from riverain.audit.chain import Head, Stream
from riverain.audit.models import Entry
from riverain.core.refusals import Conflict, Forbidden, NotFound, Refused
from riverain.organisation.members import Member
from riverain.reports import events, single
from riverain.reports.acting import Acting, Reporter
from riverain.reports.lifecycle import ELSEWHERE
from riverain.reports.listed import Listed
from riverain.reports.models import Report

STREAM = "report"
# Kinds after which a form drawn before them shows something else than what stands.
CHANGING = frozenset(
    {
        "report.moved",
        "report.handed_over",
        "report.type_changed",
        "report.located",
        "report.prioritised",
        "erased",
    }
)


def locked(report_id: int) -> Report:
    """The report, its row locked until the transaction ends. Raises NotFound."""
    report = single.locked(report_id)
    if report is None:
        raise NotFound(_("Ce signalement n’existe pas."))
    return report


def authorise(acting: Acting, permission: Permission | None, report: Report) -> None:
    """Raises NotFound for what the person may not even know of, Forbidden for a step that is not
    theirs. `permission` None is what only the reporter of this report may do."""
    if isinstance(acting, Reporter):
        # What comes while a report is being erased must not leave words in it afterwards.
        if acting.report_id != report.pk or report.anonymised_at is not None:
            raise NotFound(_("Ce signalement n’existe pas."))
        if permission is not None:
            raise Forbidden(_("Cette étape appartient aux services."))
        return
    if isinstance(acting, Member):
        if not may(acting, Permission.READ_REPORTS, report):
            raise NotFound(_("Ce signalement n’existe pas."))
        if permission is None or not may(acting, permission, report):
            raise Forbidden(_("Votre rôle ne permet pas cette étape sur ce signalement."))


def may(member: Member, permission: Permission, report: Report | Listed) -> bool:
    """Whether a member holds a permission on this report."""
    return member.may(
        permission,
        collectivity_id=report.collectivity_id,
        service_id=report.service_id,
        partner_id=report.partner_id,
        area_ids=[area for area in (report.district_id, report.sector_id) if area],
    )


def is_outside(member: Member, report: Report) -> bool:
    """Whether the member reads this report only as the partner who holds it."""
    inside = Member(member.user_id, tuple(one for one in member.grants if one.partner_id is None))
    return not may(inside, Permission.READ_REPORTS, report)


def unchanged_since(report: Report, seq: int | None) -> None:
    """Raises Conflict when someone changed the report after the entry that the form was drawn
    from. Notes and messages in between are no conflict."""
    if seq is None or seq >= report.seq:
        return
    between = Entry.objects.filter(
        stream_kind=STREAM, stream_id=report.pk, seq__gt=seq, kind__in=CHANGING
    )
    if between.exists():
        raise Conflict(
            _(
                "Quelqu’un a agi sur ce signalement pendant que vous le lisiez."
                " Voyez ce qui a changé, puis recommencez si c’est encore utile."
            ),
            code="changed",
        )


def open_only(report: Report) -> None:
    """Raises Refused for a report that has ended: it is reopened first."""
    if not report.is_open:
        raise Refused(
            _("Ce signalement est terminé : rouvrez-le d’abord."), field="to", code="closed"
        )


def ours_only(report: Report) -> None:
    """Raises Refused for a report that another body has: it is taken back first, or its status
    would go on naming a body that does not hold it any more."""
    if report.status in ELSEWHERE:
        raise Refused(
            _("Un autre organisme a ce signalement : reprenez-le d’abord."),
            field="to",
            code="elsewhere",
        )


def take_head(report: Report, entry: Entry) -> None:
    """Makes the row, not saved yet, hold the end of its stream."""
    head = head_of(entry)
    report.seq, report.head = head.seq, head.hash


def write(
    report: Report,
    *,
    acting: Acting,
    kind: str,
    payload: Mapping[str, Any],
    personal: Mapping[str, str] | None = None,
    changed: tuple[str, ...] = (),
) -> Entry:
    """Records one entry on a locked report, saves its changed columns, and announces the entry.

    An agent's step answers what the reporter wrote before it.
    """
    entry = record(
        stream=Stream(STREAM, report.pk),
        kind=kind,
        acting=acting.label,
        payload=payload,
        personal={name: value for name, value in (personal or {}).items() if value},
        head=Head(seq=report.seq, hash=bytes(report.head)),
    )
    take_head(report, entry)
    fields = {"seq", "head", *changed}
    if isinstance(acting, Member) and report.unanswered:
        report.unanswered = False
        fields.add("unanswered")
    if "search" in fields:  # an expression, which the model alone writes
        report.save(update_fields=sorted(fields))
    else:
        single.save(report, fields)
    events.announce(entry)
    return entry
