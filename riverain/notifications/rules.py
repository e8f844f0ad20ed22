"""Which mails wait for the steps that follow. Pure."""

from riverain.reports.lifecycle import CLOSED

# What is answered by an acknowledgement: the report, or an address that came after it.
RECEIPTS = frozenset({"report.submitted", "report.email_left"})


def goes_at_once(kind: str, to: str | None) -> bool:
    """Whether the mail about an event waits for no other: a receipt, a message, an ending (`to` is
    the status that a move leads to). The rest waits for its like ("Steps within ten minutes make
    one message")."""
    return kind in RECEIPTS or kind == "report.message" or to in CLOSED
