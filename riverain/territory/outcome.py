"""What an import did or would do, for people and for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riverain.core.refusals import Invalid
from riverain.territory.reading import Refusal


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of areas; `repaired` names those whose ring was mended."""

    collectivity: str
    kind: str
    dry_run: bool
    created: int
    updated: int
    unchanged: int
    retired: int
    refused: tuple[Refusal, ...]
    repaired: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated or self.retired)

    def as_dict(self) -> Mapping[str, Any]:
        """For `--json`: counts, then the lists that they count."""
        return {
            "collectivity": self.collectivity,
            "kind": self.kind,
            "dry_run": self.dry_run,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "retired": self.retired,
            "refused": len(self.refused),
            "refusals": [
                {"position": item.position, "name": item.name, "reason": item.reason}
                for item in self.refused
            ],
            "repaired": list(self.repaired),
            "warnings": list(self.warnings),
        }

    def lines(self) -> list[str]:
        """For a terminal."""
        lines = [
            _(
                "Zones de %(slug)s (%(kind)s). Créées : %(created)d, mises à jour : %(updated)d,"
                " inchangées : %(unchanged)d, retirées : %(retired)d, refusées : %(refused)d."
            )
            % {**self.as_dict(), "slug": self.collectivity}
        ]
        if self.dry_run:
            lines.append(_("Essai seulement : rien n’a été écrit."))
        lines += [_("Contour réparé : %(name)s.") % {"name": name} for name in self.repaired]
        lines += [
            _("Refusée : « %(name)s » (n° %(position)d), %(reason)s.")
            % {"name": item.name, "position": item.position, "reason": item.reason}
            for item in self.refused
        ]
        lines += [_("Attention : %(warning)s") % {"warning": text} for text in self.warnings]
        return lines


class FeaturesRefused(Invalid):
    """Features cannot be areas, and nothing was written. `report` says which and why."""

    def __init__(self, report: ImportReport) -> None:
        first = report.refused[0]
        count = len(report.refused)
        super().__init__(
            ngettext(
                "%(count)d zone est refusée et rien n’a été écrit : « %(name)s », %(reason)s.",
                "%(count)d zones sont refusées et rien n’a été écrit. La première :"
                " « %(name)s », %(reason)s.",
                count,
            )
            % {"count": count, "name": first.name, "reason": first.reason},
            field="file",
            code="features_refused",
        )
        self.report = report
