"""What an import did, for people and for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Changes:
    """Codes of what was made, changed, brought back and retired, among items of one kind."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.restored or self.retired)

    def counts(self) -> dict[str, int]:
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "restored": len(self.restored),
            "retired": len(self.retired),
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`warnings` are what may be meant but is worth a look: a rule for an area nobody brought."""

    collectivity: str
    families: Changes
    categories: Changes
    types: Changes
    rules: Changes
    warnings: tuple[str, ...]

    @property
    def changes(self) -> bool:
        return any((self.families, self.categories, self.types, self.rules))

    def as_dict(self) -> Mapping[str, Any]:
        """For `--json`: counts, and the codes of what was retired."""
        return {
            "collectivity": self.collectivity,
            **self.recorded(),
            "warnings": list(self.warnings),
        }

    def recorded(self) -> dict[str, Any]:
        """For the log."""
        return {
            kind: {**changes.counts(), "retired_codes": list(changes.retired)}
            for kind, changes in self._kinds().items()
        }

    def lines(self) -> list[str]:
        """For a terminal."""
        titles = {
            "families": _("Familles"),
            "categories": _("Catégories"),
            "types": _("Types"),
            "rules": _("Règles de routage"),
        }
        lines = [_("Catalogue de %(slug)s :") % {"slug": self.collectivity}]
        for kind, changes in self._kinds().items():
            counts = (
                _(
                    "%(created)d en plus, %(updated)d modifiés, %(restored)d repris,"
                    " %(retired)d retirés, %(unchanged)d inchangés"
                )
                % changes.counts()
            )
            lines.append(f"  {titles[kind]} : {counts}")
            if changes.retired:
                lines.append(
                    "    " + _("Retirés : %(codes)s") % {"codes": ", ".join(changes.retired)}
                )
        if not self.changes:
            lines.append(_("Rien n’a changé."))
        lines += [_("Attention : %(warning)s") % {"warning": text} for text in self.warnings]
        return lines

    def _kinds(self) -> dict[str, Changes]:
        return {
            "families": self.families,
            "categories": self.categories,
            "types": self.types,
            "rules": self.rules,
        }
