"""Taking in a file of the Base Adresse Nationale: the only writer of communes, streets and houses.

One transaction: searches see the old rows until all of the new are there, and a refusal leaves
nothing behind. The lines go to temporary tables, then a few statements merge them: a second import
changes what changed and never doubles.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.core import clock, versions
from riverain.core.identifiers import quadkey
from riverain.core.refusals import Invalid
from riverain.territory import memory
from riverain.territory.addresses import merging, words
from riverain.territory.addresses.outcome import MOST_REFUSALS, AddressesReport
from riverain.territory.addresses.reading import Line, RefusedLine, opened
from riverain.territory.kinds import CollectivityState
from riverain.territory.memory import Territory

# The version that what is held in memory of addresses is keyed by (`held`, `territory.plan`).
NAME: Final = "addresses"
STREAM: Final = "commune"
BATCH: Final = 5_000
# A commune that would lose more than half of its addresses lost none: the file is cut. Below this
# number of addresses a commune may well be half of what it was.
_MOST_LOST: Final = 0.5
_FEW: Final = 50


@dataclass
class _Run:
    """What one import has read so far."""

    read: int = 0
    taken: int = 0
    outside: int = 0
    refused: int = 0
    refusals: list[RefusedLine] = field(default_factory=list)
    communes: dict[str, str] = field(default_factory=dict)
    elsewhere: Counter[str] = field(default_factory=Counter)
    streets: set[str] = field(default_factory=set)

    def refuse(self, line: RefusedLine) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(line)


def import_file(
    *,
    acting: str,
    path: Path,
    partial: bool = False,
    accept_loss: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _read: None,
) -> AddressesReport:
    """Takes in the addresses of a file that lie where a collectivity of ours receives, or bear its
    INSEE code; the others are counted and left out: a department's file may be given as it is.

    The file is taken for all that there is of the communes it speaks of: what it leaves out is
    deleted, unless `partial`. A refused line keeps the address that it names. `progress` is told
    how many lines are read.

    Raises Invalid, and writes nothing, for a file that is not the BAN's, that speaks of none of
    our communes, most of whose lines are refused, or that would take more than half of the
    addresses of a commune away without `accept_loss`.
    """
    run = _Run()
    with opened(path) as lines, transaction.atomic():
        with connection.cursor() as cursor:
            # One import at a time: each must see the rows of the other.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('territory.addresses'))")
            cursor.execute(merging.TABLES)
            for batch in _batches(_ours(lines, run)):
                _copy(cursor, batch, run)
                progress(run.read)
            progress(run.read)
            run.refusals += _doubles(cursor, run)
        _check(run, path)
        done = merging.merge(run.communes, at=clock.now(), removes=not partial)
        if not accept_loss:
            _check_losses(done)
        report = _report(run, path, done, dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)
        else:
            _record(acting, done, partial=partial)
    return report


def _ours(lines: Iterable[Line | RefusedLine], run: _Run) -> Iterator[Line | RefusedLine]:
    """The lines that are taken, and the refused ones that name an address we may hold. Locates
    by the territory as it stands at the start: while lines are copied no query may be sent."""
    held = memory.territory()
    codes = {
        one.insee_code
        for one in held.collectivities.values()
        if one.insee_code and one.state != CollectivityState.CLOSED
    }
    for line in lines:
        run.read += 1
        if isinstance(line, RefusedLine):
            run.refuse(line)
            if line.ban_id:
                yield line
        elif _is_ours(line, held, codes):
            run.taken += 1
            run.communes.setdefault(line.insee_code, line.commune)
            yield line
        else:
            run.outside += 1
            run.elsewhere[line.commune] += 1


def _is_ours(line: Line, held: Territory, codes: set[str]) -> bool:
    if line.insee_code in codes or line.former_insee_code in codes:
        return True
    return held.index.locate(line.lon, line.lat) is not None


def _batches(lines: Iterator[Line | RefusedLine]) -> Iterator[list[Line | RefusedLine]]:
    while batch := list(islice(lines, BATCH)):
        yield batch


def _copy(cursor: Any, batch: list[Line | RefusedLine], run: _Run) -> None:
    with cursor.copy(merging.COPY_LINES) as copy:
        for line in batch:
            copy.write_row(_row(line))
    with cursor.copy(merging.COPY_STREETS) as copy:
        for line in batch:
            if isinstance(line, Line) and line.street_id not in run.streets:
                run.streets.add(line.street_id)
                copy.write_row(_street(line))


def _row(line: Line | RefusedLine) -> tuple[object, ...]:
    if isinstance(line, RefusedLine):
        return (line.position, line.ban_id, None, None, None, None, None, None, None)
    return (
        line.position,
        line.ban_id,
        line.street_id,
        line.number,
        line.suffix,
        line.postcode,
        line.lon,
        line.lat,
        quadkey(line.lon, line.lat),
    )


def _street(line: Line) -> tuple[object, ...]:
    plain = words.plain(line.street)
    core = words.core(plain.split())
    return (
        line.street_id,
        line.insee_code,
        line.street,
        line.former_commune,
        line.former_insee_code,
        plain,
        " ".join(core),
        words.spellings(core),
    )


def _doubles(cursor: Any, run: _Run) -> list[RefusedLine]:
    """The lines whose identifier stood before in the file: the first one counts."""
    cursor.execute(merging.DOUBLES)
    doubles = [
        RefusedLine(position, ban_id, _("même identifiant que la ligne %(n)d") % {"n": first})
        for position, ban_id, first in cursor.fetchall()
    ]
    run.taken -= len(doubles)
    run.refused += len(doubles)
    return doubles[: MOST_REFUSALS - len(run.refusals)]


def _check(run: _Run, path: Path) -> None:
    if not run.read:
        raise Invalid(_("%(file)s n’a aucune adresse.") % {"file": path.name}, field="file")
    if run.refused > run.read / 2:
        first = run.refusals[0]
        raise Invalid(
            _(
                "%(refused)d lignes sur %(read)d sont refusées, rien n’a été écrit. La première,"
                " ligne %(position)d : %(reason)s."
            )
            % {
                "refused": run.refused,
                "read": run.read,
                "position": first.position,
                "reason": first.reason,
            },
            field="file",
        )
    if not run.taken:
        most = ", ".join(name for name, _count in run.elsewhere.most_common(5))
        raise Invalid(
            _(
                "Aucune adresse de %(file)s n’est dans une collectivité d’ici (le fichier parle de"
                " %(communes)s). Importez d’abord les contours, ou donnez son code INSEE à la"
                " collectivité."
            )
            % {"file": path.name, "communes": most},
            field="file",
        )


def _check_losses(done: merging.Merged) -> None:
    for commune in done.communes:
        if commune.before >= _FEW and commune.removed > commune.before * _MOST_LOST:
            raise Invalid(
                _(
                    "%(commune)s perdrait %(removed)d adresses sur %(before)d : le fichier est"
                    " sans doute coupé, rien n’a été écrit. --partial garde les adresses qui n’y"
                    " sont pas ; --accept-loss les supprime."
                )
                % {
                    "commune": commune.name,
                    "removed": commune.removed,
                    "before": commune.before,
                },
                field="file",
                code="addresses_lost",
            )


def _report(run: _Run, path: Path, done: merging.Merged, *, dry_run: bool) -> AddressesReport:
    return AddressesReport(
        file=path.name,
        dry_run=dry_run,
        read=run.read,
        created=sum(one.created for one in done.communes),
        updated=sum(one.updated for one in done.communes),
        removed=sum(one.removed for one in done.communes),
        held=sum(one.after for one in done.communes),
        streets=done.streets,
        outside=run.outside,
        refused=run.refused,
        refusals=tuple(sorted(run.refusals, key=lambda line: line.position)),
        communes=tuple(f"{one.name} ({one.insee_code})" for one in done.communes),
    )


def _record(acting: str, done: merging.Merged, *, partial: bool) -> None:
    """One entry for each commune that changed."""
    for commune in done.communes:
        if commune.changed:
            record(
                stream=Stream(STREAM, commune.id),
                kind="addresses.imported",
                acting=acting,
                payload={
                    "insee_code": commune.insee_code,
                    "created": commune.created,
                    "updated": commune.updated,
                    "removed": commune.removed,
                    "held": commune.after,
                    "partial": partial,
                },
            )
    versions.bump(NAME)
