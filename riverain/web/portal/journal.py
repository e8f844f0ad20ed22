"""What the journal must not hold of the residents' addresses."""

import logging
import re

_TRACKED = re.compile(r"(/suivi/)[^/]+")
_ASKED = re.compile(r"(?<=\S)\?\S+")


class WithoutCodes(logging.Filter):
    """Django writes the path of each refusal; under /suivi/ it is the right to a report. What
    follows is left out, so that who reads the journal cannot open one.

    So is what follows a question mark in any address that is told (the page that a refused form
    came from, for one): without JavaScript it holds the words, the place and the photo of a report
    that is being made."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _ASKED.sub("?…", _TRACKED.sub(r"\1…", said))
        if masked != said:
            record.msg, record.args = masked, None
        return True
