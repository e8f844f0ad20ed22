"""Who may send a report, and how many: the gate before `submission.submit`.

A sender with a proof of work passes under wide limits; without one (no JavaScript) under
stricter ones, and the report is looked at before anything of it is public. The limits are spent
before the submission's transaction, so that a refused report counts too.
"""

from django.utils.translation import gettext as _

from riverain.core.identifiers import normal_code
from riverain.core.refusals import Forbidden, NotFound
from riverain.guard import blocking, limits
from riverain.guard import pow as proof_of_work
from riverain.guard.rules import comparable_email
from riverain.reports import queries
from riverain.reports.acting import Reporter
from riverain.reports.models import Report
from riverain.reports.rules import Contact

HOUR = 3_600
DAY = 86_400

# Reports of one sender (a client address; a whole /64 in IPv6): an angry morning, not a flood.
PROVED = ((30, HOUR), (120, DAY))
UNPROVED = ((6, HOUR), (20, DAY))
# Reports in the name of one e-mail address, a day, from wherever they come: each sends a mail
# there, and nothing proves that it is the sender's own.
MAILED = 60
# Codes that lead nowhere, an hour: someone copies theirs badly, and others share their address.
MISSES = 40
UPLOADS = 60
# Photos of one agent, an hour: a crew that photographs before and after, every minute.
AGENT_UPLOADS = 300


def admit(*, collectivity_id: int, address: str, contact: Contact, proof: str) -> bool:
    """Whether the proof holds. Raises TooMany past the limits and Forbidden for a blocked sender
    (CRPA L112-11: abusive sends)."""
    proved = proof_of_work.verify(proof)
    name = "submit" if proved else "submit-unproved"
    counted = [
        (f"{name}-{seconds}", address, limit, seconds)
        for limit, seconds in (PROVED if proved else UNPROVED)
    ]
    if contact.email:
        counted.append(("submit-mailed", comparable_email(contact.email), MAILED, DAY))
    limits.spend_all(counted)
    if blocking.is_blocked(
        collectivity_id=collectivity_id,
        email=contact.email,
        phone=contact.phone,
        address=address,
    ):
        raise Forbidden(
            _(
                "Vos envois sont suspendus à la suite d’un abus. Pour toute question, appelez ou"
                " écrivez à la mairie."
            ),
            code="blocked",
        )
    return proved


def look_up(*, address: str, code: str) -> tuple[Report, Reporter]:
    """`queries.by_code` for whoever comes from `address`. Raises NotFound, and TooMany once too
    many codes led nowhere: from then on a right one says no more than a wrong one, so that trying
    codes at random teaches nothing. Opening one's own page costs nothing, however often.
    """
    limits.spend("tracking-code", address, limit=MISSES - 1, per_seconds=HOUR, cost=0)
    try:
        return queries.by_code(code)
    except NotFound:
        if normal_code(code):
            limits.spend("tracking-code", address, limit=MISSES, per_seconds=HOUR)
        raise


def spend_upload(address: str) -> None:
    """Photos kept for a form that comes back with errors: no report was counted for them."""
    limits.spend("upload", address, limit=UPLOADS, per_seconds=HOUR)


def spend_agent_uploads(acting: str, count: int) -> None:
    """`count` photos that an agent sends: an account in other hands, or a program that has run
    wild, does not fill the disk."""
    limits.spend("agent-upload", acting, limit=AGENT_UPLOADS, per_seconds=HOUR, cost=count)


def spend_email(address: str, report_id: int, email: str) -> None:
    """An address left after the report: a mail goes there, and nothing proves that it is the
    sender's own."""
    limits.spend_all(
        [
            ("message", address, 20, HOUR),
            ("email-report", str(report_id), 5, DAY),
            ("submit-mailed", comparable_email(email), MAILED, DAY),
        ]
    )


def spend_message(address: str, report_id: int) -> None:
    """One message, claim or thank-you on a report."""
    limits.spend_all(
        [
            ("message", address, 20, HOUR),
            ("message-report", str(report_id), 30, DAY),
        ]
    )
