"""Who was shown the contact of a reporter: a line of the journal, since a reading changes nothing
that the log of a report could tell, and pages are read a hundred times as often as they are acted
on. The CNIL asks for these traces, kept from six months to a year (deliberation 2021-122).
"""

import logging
from functools import lru_cache
from typing import Final

from riverain.core import clock
from riverain.organisation.members import Member
from riverain.reports.models import Report

_HOUR: Final = 3_600
# Reports whose reading is remembered, in each process: past it some are told twice in an hour.
_REMEMBERED: Final = 10_000

logger = logging.getLogger(__name__)


def contact(member: Member, report: Report) -> None:
    """Says that a member was shown the contact of a report: once in each hour of the clock, in each
    process, however often they go back to it. Neither is named otherwise than by number."""
    _tell(member.label, report.number, int(clock.now().timestamp()) // _HOUR)


@lru_cache(maxsize=_REMEMBERED)
def _tell(acting: str, number: str, _hour: int) -> None:
    logger.info("%s was shown the contact of %s", acting, number)
