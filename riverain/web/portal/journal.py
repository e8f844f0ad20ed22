"""What the journal must not hold of the residents' addresses."""

import logging
import re

_TRACKED = re.compile(r"(/suivi/)[^/]+")


class WithoutCodes(logging.Filter):
    """Django writes the path of each refusal; under /suivi/ it is the right to a report. What
    follows is left out, so that who reads the journal cannot open one."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _TRACKED.sub(r"\1…", said)
        if masked != said:
            record.msg, record.args = masked, None
        return True
