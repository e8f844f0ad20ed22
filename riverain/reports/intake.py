"""Who may send a report, and how many: the gate before `submission.submit`.

A sender with a proof of work passes under wide limits; without one (no JavaScript) under
stricter ones, and the report is looked at before anything of it is public. The limits are spent
before the submission's transaction, so that a refused report counts too.
"""

from django.utils.translation import gettext as _

from riverain.core.refusals import Forbidden
from riverain.guard import blocking, limits
from riverain.guard import pow as proof_of_work
from riverain.reports.rules import Contact

HOUR = 3_600
DAY = 86_400

# Reports of one sender (a client address; a whole /64 in IPv6): an angry morning, not a flood.
PROVED = ((30, HOUR), (120, DAY))
UNPROVED = ((6, HOUR), (20, DAY))
LOOKUPS = 300


def admit(*, collectivity_id: int, address: str, contact: Contact, proof: str) -> bool:
    """Whether the proof holds. Raises TooMany past the limits and Forbidden for a blocked sender
    (CRPA L112-11: abusive sends)."""
    proved = proof_of_work.verify(proof)
    name = "submit" if proved else "submit-unproved"
    limits.spend_all(
        [
            (f"{name}-{seconds}", address, limit, seconds)
            for limit, seconds in (PROVED if proved else UNPROVED)
        ]
    )
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


def spend_lookup(address: str) -> None:
    """One look at a tracking page. A reporter reloads theirs; who tries codes stops here, long
    before one of 10^17 could be guessed."""
    limits.spend("tracking-code", address, limit=LOOKUPS, per_seconds=HOUR)


def spend_message(address: str, report_id: int) -> None:
    """One message, claim or thank-you on a report."""
    limits.spend_all(
        [
            ("message", address, 20, HOUR),
            ("message-report", str(report_id), 30, DAY),
        ]
    )
