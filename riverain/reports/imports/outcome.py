"""What an import of reports did, for people and for programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that could not be taken in: its line in the file, its identifier, the reason."""

    line: int
    external_id: str
    reason: str


@dataclass
class Outcome:
    """Counts of rows. `located` counts the reports that lie in an area of the territory."""

    read: int = 0
    created: int = 0
    known: int = 0
    located: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Counts a row of which nothing could be read, not even its identifier."""
        self.read += 1
        self.refused.append(RefusedRow(line, "", reason))

    def as_dict(self) -> Mapping[str, Any]:
        """For `--json`."""
        return {
            "read": self.read,
            "created": self.created,
            "known": self.known,
            "located": self.located,
            "refused": [
                {"line": one.line, "id": one.external_id, "reason": one.reason}
                for one in self.refused
            ],
        }

    def lines(self) -> list[str]:
        """For a terminal."""
        lines = [
            _(
                "Lignes lues : %(read)d. Signalements créés : %(created)d (dont %(located)d dans"
                " une zone du territoire), déjà là : %(known)d, refusés : %(refused)d."
            )
            % {**self.as_dict(), "refused": len(self.refused)}
        ]
        for one in self.refused[:_SHOWN]:
            named = _("ligne %(line)d") % {"line": one.line}
            named += f", {one.external_id}" if one.external_id else ""
            lines.append("  " + _("%(row)s : %(reason)s") % {"row": named, "reason": one.reason})
        more = len(self.refused) - _SHOWN
        if more > 0:
            said = ngettext(
                "et %(count)d autre (--refused FICHIER les a toutes)",
                "et %(count)d autres (--refused FICHIER les a toutes)",
                more,
            )
            lines.append("  " + said % {"count": more})
        return lines
