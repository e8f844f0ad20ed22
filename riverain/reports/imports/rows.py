"""The rows of a CSV file, one at a time, each with the line that it ends on."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid
from riverain.reports.imports.mapping import ImportMapping

# Characters. Ten times a report at its longest: past it the file is no export of reports, and a
# line that never ends would take all the memory there is.
LONGEST_LINE = 200_000
_DELIMITERS = (";", "\t", ",", "|")

Cells = Mapping[Any, Any]


def opened(mapping: ImportMapping, stream: TextIO) -> "csv.DictReader[str]":
    """The reader of the file, its header read. Raises Invalid for one that is empty or in another
    encoding, and for a header that lacks a column of the mapping or has one of them twice."""
    rows = csv.DictReader(_lines(stream), delimiter=mapping.delimiter, strict=True)
    try:
        header = list(rows.fieldnames or [])
    except csv.Error as error:
        raise Invalid(_("La première ligne du fichier n’est pas un en-tête lisible.")) from error
    except UnicodeError as error:
        raise Invalid(
            _(
                "L’encodage du fichier n’est pas celui de la correspondance (%(encoding)s) :"
                " dites le sien, par exemple « %(written)s »."
            )
            % {"encoding": mapping.encoding, "written": "encodage: cp1252"}
        ) from error
    _check_header(mapping, header)
    return rows


def numbered(
    rows: "csv.DictReader[str]", refuse: Callable[[int, str], None]
) -> Iterator[tuple[int, Cells]]:
    """Each row with the line that it ends on. One that is no CSV (a quotation mark left open) is
    given to `refuse` with the line where it begins and the reason, and the reading goes on."""
    while True:
        begins = rows.reader.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            reason = _("De la ligne %(first)d à la ligne %(last)d : ce n’est pas du CSV (%(why)s).")
            said = {"first": begins, "last": rows.reader.line_num, "why": error}
            refuse(begins, reason % said)
            continue
        except UnicodeError as error:
            raise Invalid(
                _("Après la ligne %(line)d : l’encodage n’est pas celui de la correspondance.")
                % {"line": rows.reader.line_num}
            ) from error
        yield rows.reader.line_num, row


def cells(row: Cells, number: int) -> dict[str, str]:
    """A row of `csv.DictReader` with text in each column. Raises Invalid for a ragged one."""
    if None in row or None in row.values():
        raise Invalid(
            _("La ligne %(number)d n’a pas le même nombre de cellules que l’en-tête.")
            % {"number": number}
        )
    return {str(name): str(value) for name, value in row.items()}


def _lines(stream: TextIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Invalid(
                _(
                    "La ligne %(number)d a plus de %(most)d caractères : ce fichier n’est pas un"
                    " CSV de signalements."
                )
                % {"number": number, "most": LONGEST_LINE}
            )
        yield line


def _check_header(mapping: ImportMapping, header: list[str]) -> None:
    if not header:
        raise Invalid(_("Le fichier est vide."))
    missing = sorted(mapping.columns - set(header))
    if missing:
        reason = _("Colonnes absentes du fichier : %(missing)s. Il contient : %(there)s.") % {
            "missing": ", ".join(missing),
            "there": ", ".join(header)[:500],
        }
        other = next((sign for sign in _DELIMITERS if sign in header[0]), None)
        if len(header) == 1 and other:
            reason += " " + _("Son séparateur semble être %(sign)s : dites-le dans %(key)s.") % {
                "sign": _("la tabulation") if other == "\t" else f"« {other} »",
                "key": "« séparateur »",
            }
        raise Invalid(reason)
    twice = sorted(name for name, count in Counter(header).items() if count > 1)
    unclear = [name for name in twice if name in mapping.columns]
    if unclear:
        raise Invalid(
            _("Le fichier a plusieurs colonnes « %(name)s » : n’en gardez qu’une de ce nom.")
            % {"name": unclear[0]}
        )
