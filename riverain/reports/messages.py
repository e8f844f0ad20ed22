"""Words between the reporter and the service, and among agents."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from riverain.accounts.permissions import Permission
from riverain.audit.models import Entry
from riverain.core.refusals import Invalid, Refused
from riverain.organisation.members import Member
from riverain.reports import door
from riverain.reports.acting import Acting, Reporter, System
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.reports.pictures import attach
from riverain.reports.rules import LONGEST_TEXT, clean_text

# Of what a report went through, what tells whether its reporter has said so since it was settled.
_OF_THANKS: Final = frozenset({"report.moved", "report.thanked"})


def note(*, acting: Acting, report_id: int, text: str) -> Report:
    """A note among agents; the reporter never reads it. Where a mail could not be delivered, it
    says how the reporter was told: whoever may write to them ends that wait by it."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.NOTE, report)
        if isinstance(acting, Member) and door.may(acting, Permission.WRITE_TO_REPORTER, report):
            report.undelivered = False
        door.write(
            report,
            acting=acting,
            kind="report.noted",
            payload={"told": False},
            personal={"note": _needed(text)},
            changed=("undelivered",),
        )
    return report


def write_to_reporter(*, acting: Acting, report_id: int, text: str) -> Report:
    """A message from the service, sent to the reporter and shown on the tracking page (S0-06). It
    ends the wait for a mail that failed: should its own fail too, that shows again."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.WRITE_TO_REPORTER, report)
        report.undelivered = False
        door.write(
            report,
            acting=acting,
            kind="report.message",
            payload={"from": "service", "told": True},
            personal={"text": _needed(text)},
            changed=("undelivered",),
        )
    return report


def write_to_service(
    *, acting: Reporter, report_id: int, text: str, pictures: tuple[UUID, ...] = ()
) -> Report:
    """A message from the reporter: an answer, a precision, a reminder (S2-13)."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, None, report)
        report.unanswered = True
        entry = door.write(
            report,
            acting=acting,
            kind="report.message",
            payload={"from": "reporter", "pictures": len(pictures), "told": False},
            personal={"text": _needed(text)},
            changed=("unanswered",),
        )
        attach(report, acting, pictures, seq=entry.seq)
    return report


def thank(*, acting: Reporter, report_id: int, text: str = "") -> Report:
    """The reporter says that it is settled, and may thank (S2-12); the crew reads it. Raises
    Refused for what is not settled, and for what was said already."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, None, report)
        if not _is_settled(report):
            raise Refused(_("Ce signalement n’est pas encore réglé."), code="open")
        past = Entry.objects.filter(stream_kind=door.STREAM, stream_id=report.pk)
        if not may_thank(report, past.order_by("seq").values_list("kind", flat=True)):
            raise Refused(_("Vous l’avez déjà confirmé, merci !"), code="thanked")
        door.write(
            report,
            acting=acting,
            kind="report.thanked",
            payload={"told": False},
            personal={"text": clean_text(text, field_name="text", longest=LONGEST_TEXT)},
        )
    return report


def may_thank(report: Report, kinds: Iterable[str]) -> bool:
    """Once for each time that it was settled. `kinds` are those of the report's entries, in their
    order."""
    last = [kind for kind in kinds if kind in _OF_THANKS][-1:]
    return _is_settled(report) and last != ["report.thanked"]


def undelivered(*, acting: System, report_id: int, reason: str, to_service: bool = False) -> Report:
    """A mail to the reporter, or to the service that is thanked, could not be delivered after all
    its tries: agents see it, and tell whom it was for."""
    with transaction.atomic():
        report = door.locked(report_id)
        report.undelivered = True
        door.write(
            report,
            acting=acting,
            kind="report.undelivered",
            payload={"reason": reason, "told": False, "to_service": to_service},
            changed=("undelivered",),
        )
    return report


def _is_settled(report: Report) -> bool:
    return report.status in {Status.DONE, Status.CLOSED_TRANSFERRED}


def _needed(text: str) -> str:
    clean = clean_text(text, field_name="text", longest=LONGEST_TEXT)
    if not clean:
        raise Invalid(_("Écrivez votre message."), field="text")
    return clean
