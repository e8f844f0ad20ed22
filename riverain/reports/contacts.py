"""How the reporter of a report is told: leaving an address afterwards, and taking it back.

Whoever holds the tracking code does both. An address is never replaced by another through the
code: it is taken back first, so that nobody is written to in silence somewhere else.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from riverain.audit.actions import erase
from riverain.audit.chain import Stream
from riverain.audit.models import EMAIL
from riverain.core.refusals import Invalid, Refused
from riverain.reports import door, events, timeline
from riverain.reports.acting import Reporter
from riverain.reports.models import Report
from riverain.reports.rules import clean_email

# The entry's code for an address that its owner took back (`erased`).
NO_MORE_MAILS = "no-more-mails"


def leave_email(*, acting: Reporter, report_id: int, email: str) -> Report:
    """Adds an address to a report that has none: the acknowledgement goes there, then each step.

    Raises Invalid for what is no address, Refused when the report has one.
    """
    email = clean_email(email)
    if not email:
        raise Invalid(_("Écrivez votre adresse e-mail."), field="email")
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, None, report)
        if timeline.email_of(report_id):
            raise Refused(
                _("Une adresse est déjà enregistrée pour cette demande."),
                field="email",
                code="has_email",
            )
        report.undelivered = False
        door.write(
            report,
            acting=acting,
            kind="report.email_left",
            payload={"told": False},
            personal={EMAIL: email},
            changed=("undelivered",),
        )
    return report


def stop_mails(*, acting: Reporter, report_id: int) -> Report:
    """No more mails about this report: the address is erased, as the law has it for what is no
    longer wanted (GDPR, articles 17 and 21), and the mails that wait go with it. Without an
    address it changes nothing: the link in a mail may be followed twice."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, None, report)
        if not timeline.email_of(report_id):
            return report
        entry = erase(
            stream=Stream(door.STREAM, report_id),
            acting=acting.label,
            reason=NO_MORE_MAILS,
            names=[EMAIL],
        )
        door.take_head(report, entry)
        report.undelivered = False
        report.save(update_fields=["seq", "head", "undelivered"])
        events.announce(entry)
    return report
