"""A file of the Base Adresse Nationale, line by line: CSV with `;`, compressed or not. No database.

The columns are those of adresse.data.gouv.fr ("format BAN"); the order does not count, and columns
that we do not read may be missing.
"""

import csv
import gzip
import math
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from django.utils.translation import gettext as _

from riverain.core.boxes import Box
from riverain.core.refusals import Invalid
from riverain.territory import projections
from riverain.territory.rules import one_line

NEEDED: Final = ("id", "numero", "nom_voie", "code_insee", "nom_commune", "lon", "lat")
LONGEST_NAME: Final = 200
LONGEST_COMMUNE: Final = 120
LONGEST_ID: Final = 60
LONGEST_SUFFIX: Final = 20
# Signs of one line, which has some three hundred: a few kilobytes of archive may unfold into one
# line that no memory holds.
LONGEST_LINE: Final = 20_000
# The number of a named place that has no numbers, in the files that communes publish (BAL).
_WITHOUT_NUMBER: Final = 99_999

# "05061_zbnvbw_00002_bis": commune, street, number, suffix.
_ID: Final = re.compile(r"(?P<street>\d[\dAB]\d{3}_[0-9A-Za-z]{1,30})(_[0-9A-Za-z-]+)*", re.ASCII)
_INSEE: Final = re.compile(r"\d[\dAB]\d{3}", re.ASCII)
_POSTCODE: Final = re.compile(r"\d{5}", re.ASCII)
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Line:
    """An address of the file. `number` is None for a named place without numbers."""

    position: int
    ban_id: str
    street_id: str
    street: str
    number: int | None
    suffix: str
    postcode: str
    insee_code: str
    commune: str
    former_insee_code: str
    former_commune: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is not taken. `ban_id` may be empty, or not one of the BAN's keys."""

    position: int
    ban_id: str
    reason: str


class _NotTextError(Exception):
    """A line without end."""


class _LineError(Exception):
    """Why one line is refused."""


@contextmanager
def opened(path: Path) -> Iterator[Iterator[Line | RefusedLine]]:
    """The lines of a file, read as they are asked for. Raises Invalid, also while they are read,
    for what concerns the whole file."""
    try:
        with path.open("rb") as raw:
            compressed = raw.read(2) == _GZIP
        if compressed:
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
                yield _lines(_bounded(text))
        else:
            with path.open(encoding="utf-8-sig", newline="") as text:
                yield _lines(_bounded(text))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Invalid(
            _("%(file)s : l’archive gz est coupée ou abîmée ; téléchargez-la de nouveau.")
            % {"file": path.name},
            field="file",
        ) from error
    except (UnicodeDecodeError, _NotTextError) as error:
        raise Invalid(
            _("%(file)s n’est pas en UTF-8, ou n’est pas du texte.") % {"file": path.name},
            field="file",
        ) from error
    except OSError as error:
        raise Invalid(f"{path} : {error.strerror}", field="file") from error


def _bounded(text: TextIO) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _NotTextError
        yield line


def _lines(text: Iterator[str]) -> Iterator[Line | RefusedLine]:
    rows = csv.DictReader(text, delimiter=";", strict=True)
    try:
        header = [name.strip().lower() for name in rows.fieldnames or []]
    except csv.Error as error:
        raise Invalid(
            _("La première ligne du fichier n’est pas un en-tête lisible."), field="file"
        ) from error
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Invalid(
            _(
                "Ce n’est pas un fichier de la Base Adresse Nationale (CSV séparé par des"
                " points-virgules) : il y manque %(missing)s."
            )
            % {"missing": ", ".join(f"« {name} »" for name in missing)},
            field="file",
        )
    rows.fieldnames = header
    while True:
        begins = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RefusedLine(begins, "", _("ce n’est pas du CSV (%(why)s)") % {"why": error})
            continue
        yield _line(rows.line_num, row)


def _line(position: int, row: Mapping[str, str | None]) -> Line | RefusedLine:
    values = {
        name: one_line(value) for name, value in row.items() if name and isinstance(value, str)
    }
    try:
        return _read(position, values)
    except _LineError as fault:
        return RefusedLine(position, values.get("id", "")[:LONGEST_ID], str(fault))


def _read(position: int, row: Mapping[str, str]) -> Line:
    ban_id = row.get("id", "")
    key = _ID.fullmatch(ban_id)
    if key is None or len(ban_id) > LONGEST_ID:
        raise _LineError(_("son identifiant « %(id)s » n’est pas de la BAN") % {"id": ban_id[:40]})
    name = row.get("nom_voie", "")
    if not name or len(name) > LONGEST_NAME:
        raise _LineError(_("le nom de sa voie manque, est illisible ou trop long"))
    commune = row.get("nom_commune", "")
    insee_code = row.get("code_insee", "").upper()
    if not _INSEE.fullmatch(insee_code) or not commune or len(commune) > LONGEST_COMMUNE:
        raise _LineError(_("sa commune ou son code INSEE manque, ou ne se lit pas"))
    postcode = row.get("code_postal", "")
    if postcode and not _POSTCODE.fullmatch(postcode):
        raise _LineError(_("son code postal « %(code)s » ne se lit pas") % {"code": postcode[:20]})
    suffix = row.get("rep", "").lower()
    if len(suffix) > LONGEST_SUFFIX:
        raise _LineError(_("son indice de répétition est trop long"))
    former = row.get("code_insee_ancienne_commune", "").upper()
    is_former = bool(_INSEE.fullmatch(former)) and former != insee_code
    lon, lat = _point(row.get("lon", ""), row.get("lat", ""))
    return Line(
        position=position,
        ban_id=ban_id,
        street_id=key["street"],
        street=name,
        number=_number(row.get("numero", "")),
        suffix=suffix,
        postcode=postcode,
        insee_code=insee_code,
        commune=commune,
        former_insee_code=former if is_former else "",
        former_commune=row.get("nom_ancienne_commune", "")[:LONGEST_COMMUNE] if is_former else "",
        lon=lon,
        lat=lat,
    )


def _number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII):
        raise _LineError(_("son numéro « %(number)s » ne se lit pas") % {"number": text[:20]})
    number = int(text)
    return None if number == _WITHOUT_NUMBER else number


def _point(lon: str, lat: str) -> tuple[float, float]:
    """Degrees. Outside France the two are exchanged, or metres: no address of the BAN is there."""
    try:
        point = float(lon), float(lat)
    except ValueError:
        raise _LineError(_("sa position (lon, lat) manque ou ne se lit pas")) from None
    if not all(map(math.isfinite, point)) or not projections.in_france(Box(*point, *point)):
        raise _LineError(
            _("sa position (%(lon)s, %(lat)s) est hors de France") % {"lon": lon, "lat": lat}
        )
    return point
