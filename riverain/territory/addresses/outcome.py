"""What an import of addresses did or would do, for people and for programs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riverain.territory.addresses.reading import RefusedLine

# A file may hold millions of lines: past this the reasons are only counted.
MOST_REFUSALS: Final = 1_000
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class AddressesReport:
    """Counts of lines (`read`, `outside`, `refused`) and of addresses (the others). `held` is
    what the communes of the file have afterwards; `outside` lies where nobody here receives."""

    file: str
    dry_run: bool
    read: int
    created: int
    updated: int
    removed: int
    held: int
    streets: int
    outside: int
    refused: int
    refusals: tuple[RefusedLine, ...]
    communes: tuple[str, ...]

    def as_dict(self) -> Mapping[str, Any]:
        """For `--json`."""
        said = asdict(self)
        said["refusals"] = [
            {"line": one.position, "id": one.ban_id, "reason": one.reason} for one in self.refusals
        ]
        said["communes"] = list(self.communes)
        return said

    def lines(self) -> list[str]:
        """For a terminal."""
        lines = [
            _(
                "Lignes lues : %(read)d. Adresses créées : %(created)d, mises à jour :"
                " %(updated)d, supprimées : %(removed)d ; en tout %(held)d, dans %(streets)d voies."
            )
            % self.as_dict(),
            _("Communes : %(communes)s.") % {"communes": ", ".join(self.communes)},
        ]
        if self.dry_run:
            lines.append(_("Essai seulement : rien n’a été écrit."))
        if self.outside:
            lines.append(
                ngettext(
                    "%(count)d ligne est hors des collectivités d’ici et n’est pas prise.",
                    "%(count)d lignes sont hors des collectivités d’ici et ne sont pas prises.",
                    self.outside,
                )
                % {"count": self.outside}
            )
        if self.refused:
            lines.append(_("Lignes refusées : %(count)d.") % {"count": self.refused})
        lines += [
            _("  ligne %(line)d, %(reason)s") % {"line": one.position, "reason": one.reason}
            for one in self.refusals[:_SHOWN]
        ]
        if self.refused > _SHOWN:
            lines.append(_("  … et %(count)d autres") % {"count": self.refused - _SHOWN})
        return lines
