"""Who receives a report, how urgent it is and by when: a pure decision, no database.

Everything it needs comes in as the facts of the rooms below, so that a change of the catalogue can
be tried on past reports before it goes live. Main door: `decide`.
"""

from riverain.routing.deadlines import due_at
from riverain.routing.decision import Decision, committed_to, decide

__all__ = ["Decision", "committed_to", "decide", "due_at"]
