"""Loading the rows of a CSV file as reports.

Unique on (collectivity, source, external id): a second run adds none, and an interrupted one goes
on where it stopped. Each batch is one transaction. Nothing is announced: an import tells nobody.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext as _

from riverain.audit import chain
from riverain.audit.actions import head_of, record
from riverain.audit.chain import Stream
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import Nature, TypeFacts
from riverain.core import clock
from riverain.core.boxes import Box
from riverain.core.identifiers import quadkey, tracking_code
from riverain.core.refusals import Invalid, Refused
from riverain.reports import door, rerouting
from riverain.reports.acting import System
from riverain.reports.imports.mapping import ImportMapping
from riverain.reports.imports.outcome import Outcome, RefusedRow
from riverain.reports.imports.rows import cells, numbered, opened
from riverain.reports.lifecycle import CLOSED, Status
from riverain.reports.models import EXTERNAL_ID_LENGTH, Report
from riverain.reports.rules import LONGEST_ADDRESS, LONGEST_TEXT, clean_text
from riverain.reports.search import vector_of
from riverain.territory.facts import CollectivityFacts, Place
from riverain.territory.locator import locate
from riverain.territory.models import Collectivity
from riverain.territory.projections import in_france

BATCH = 500
# No town's tool is older: a date before this is a slip.
EARLIEST = 1970


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    external_id: str
    type_: TypeFacts
    channel: str
    status: Status
    received: datetime
    received_has_time: bool
    closed: datetime | None
    point: tuple[float, float] | None
    place: Place | None
    address: str
    description: str


def load(
    *,
    acting: System,
    collectivity: CollectivityFacts,
    mapping: ImportMapping,
    lines: TextIO,
    progress: Callable[[Outcome], None] = lambda _outcome: None,
) -> Outcome:
    """Takes in the rows of a CSV file. Raises Invalid when the file itself cannot be read; a row
    that cannot be taken in is refused alone, with its line and the reason."""
    rows = opened(mapping, lines)
    run = _Run(acting, collectivity, mapping)
    outcome = run.outcome
    batch: dict[str, _Row] = {}
    for line, raw in numbered(rows, outcome.refuse):
        outcome.read += 1
        external_id = ""
        try:
            row = cells(raw, line)
            external_id = row[mapping.external_id].strip()
            if external_id in batch:
                raise _repeated()
            batch[external_id] = _read(line, row, external_id, mapping, collectivity)
        except Refused as refusal:
            outcome.refused.append(RefusedRow(line, external_id, str(refusal)))
        if len(batch) >= BATCH:
            run.write(batch)
            batch = {}
            progress(outcome)
    run.write(batch)
    outcome.refused.sort(key=lambda one: one.line)
    progress(outcome)
    return outcome


def _repeated() -> Invalid:
    return Invalid(_("Cet identifiant est déjà plus haut dans le fichier."))


def _read(
    line: int,
    row: dict[str, str],
    external_id: str,
    mapping: ImportMapping,
    collectivity: CollectivityFacts,
) -> _Row:
    if not 0 < len(external_id) <= EXTERNAL_ID_LENGTH or not external_id.isprintable():
        raise Invalid(
            _("L’identifiant manque, dépasse cent caractères, ou contient un signe invisible.")
        )
    code = mapping.type_code(row)
    type_ = catalogues.catalogue(collectivity.id).type(code)
    if type_ is None or not type_.makes_reports:
        raise Invalid(_("Le catalogue n’a pas de type « %(code)s ».") % {"code": code})
    if type_.nature != Nature.REPORT:
        raise Invalid(_("« %(code)s » n’est pas un type de signalement.") % {"code": code})
    received = mapping.received.read(row)
    if received is None:
        raise Invalid(_("La date de réception manque."))
    point = mapping.position.read(row) if mapping.position else None
    place = _place(*point) if point else None
    status = Status(mapping.status.read(row))
    closed = mapping.closed.read(row) if mapping.closed and status in CLOSED else None
    zone = ZoneInfo(collectivity.timezone)
    if closed is not None and _before(closed, received, mapping, zone):
        raise Invalid(_("La date de clôture est avant celle de réception."))
    return _Row(
        line=line,
        external_id=external_id,
        type_=type_,
        channel=mapping.channel.read(row),
        status=status,
        received=_aware(received, zone),
        received_has_time=mapping.received.has_time,
        closed=_aware(closed, zone) if closed else None,
        point=point,
        place=place if place and place.collectivity.id == collectivity.id else None,
        address=clean_text(
            row.get(mapping.address, ""),
            field_name="address",
            longest=LONGEST_ADDRESS,
            one_line=True,
        ),
        description=clean_text(
            row.get(mapping.description, ""), field_name="description", longest=LONGEST_TEXT
        ),
    )


def _place(lon: float, lat: float) -> Place | None:
    """Where the point (degrees) is. Raises Invalid for one that is not on Earth, or that is in
    France with its two numbers exchanged: it would lie in a sea that nobody looks at."""
    place = locate(lon, lat)
    if not in_france(Box(lon, lat, lon, lat)) and in_france(Box(lat, lon, lat, lon)):
        raise Invalid(
            _(
                "La position a sa latitude (%(lat).6g) à la place de la longitude : échangez les"
                " deux dans la correspondance."
            )
            % {"lat": lon}
        )
    return place


def _before(closed: datetime, received: datetime, mapping: ImportMapping, zone: ZoneInfo) -> bool:
    """Whether the ending comes first: by the hour where both have one, else by the day."""
    if mapping.closed and mapping.closed.has_time and mapping.received.has_time:
        return _aware(closed, zone) < _aware(received, zone)
    return closed.date() < received.date()


def _aware(instant: datetime, zone: ZoneInfo) -> datetime:
    if instant.year < EARLIEST:
        raise Invalid(_("La date est avant %(year)d.") % {"year": EARLIEST})
    aware = instant if instant.tzinfo else instant.replace(tzinfo=zone)
    if aware > clock.now():
        raise Invalid(_("La date est dans le futur."))
    return aware


@dataclass
class _Run:
    """One run of an import. `first` is the id of the first report that it created: a row that is
    already there with a later one repeats a row of this very file."""

    acting: System
    collectivity: CollectivityFacts
    mapping: ImportMapping
    outcome: Outcome = field(default_factory=Outcome)
    first: int | None = None

    def write(self, batch: Mapping[str, _Row]) -> None:
        """Takes in one batch, in a transaction of its own."""
        with transaction.atomic():
            # Two imports into one collectivity wait for each other; submissions do not wait.
            Collectivity.objects.select_for_update(no_key=True).get(pk=self.collectivity.id)
            known = dict(
                Report.objects.filter(
                    collectivity_id=self.collectivity.id,
                    source=self.mapping.source,
                    external_id__in=list(batch),
                ).values_list("external_id", "pk")
            )
            new = [row for external_id, row in batch.items() if external_id not in known]
            identities = _identifiers(self.collectivity, new)
            Report.objects.bulk_create(
                _report(self.acting, self.collectivity, self.mapping, row, *identity)
                for row, identity in zip(new, identities, strict=True)
            )
        for external_id, report_id in known.items():
            if self.first is not None and report_id >= self.first:
                line = batch[external_id].line
                self.outcome.refused.append(RefusedRow(line, external_id, str(_repeated())))
            else:
                self.outcome.known += 1
        if identities and self.first is None:
            self.first = identities[0][0]
        self.outcome.created += len(new)
        self.outcome.located += sum(row.place is not None for row in new)


def _identifiers(collectivity: CollectivityFacts, rows: list[_Row]) -> list[tuple[int, str]]:
    """An id and a number for each row, in one query."""
    years = [row.received.astimezone(ZoneInfo(collectivity.timezone)).year for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('reports_report_id_seq'), riverain_next_number(%s, year), year"
            " FROM unnest(%s::int[]) WITH ORDINALITY AS years (year, place) ORDER BY place",
            [collectivity.id, years],
        )
        return [
            (report_id, f"{collectivity.prefix}-{year}-{serial:06d}")
            for report_id, serial, year in cursor.fetchall()
        ]


def _report(  # noqa: PLR0917 - what a row becomes a report from
    acting: System,
    collectivity: CollectivityFacts,
    mapping: ImportMapping,
    row: _Row,
    report_id: int,
    number: str,
) -> Report:
    decision = rerouting.decide(
        row.type_,
        collectivity=collectivity,
        areas=row.place.areas if row.place else (),
        instant=row.received,
    )
    district = row.place.district if row.place else None
    sector = row.place.sector if row.place else None
    is_open = row.status not in CLOSED
    # A date without a time never counts in a delay, and an ended report has none to keep.
    due_at = decision.due_at if is_open and row.received_has_time else None
    entry = record(
        stream=Stream(door.STREAM, report_id),
        kind="report.imported",
        acting=acting.label,
        payload={
            "number": number,
            "nature": row.type_.nature.value,
            "type": row.type_.code,
            "channel": row.channel,
            "status": row.status.value,
            "service": decision.service_id,
            "partner": decision.partner_id,
            "district": district.id if district else None,
            "sector": sector.id if sector else None,
            "located": row.place is not None,
            "source": mapping.source,
            "external_id": row.external_id,
            "received_at": row.received.isoformat(),
            "received_has_time": row.received_has_time,
        },
        personal={
            name: value
            for name, value in {
                "description": row.description,
                "address": row.address,
                "point": f"{row.point[0]},{row.point[1]}" if row.point else "",
            }.items()
            if value
        },
        head=chain.NEW,
    )
    lon, lat = row.point or (None, None)
    return Report(
        id=report_id,
        collectivity_id=collectivity.id,
        number=number,
        tracking_code=tracking_code(),
        # Never made of what the file says: whoever knows it could take it before the import does.
        submission_id=uuid4(),
        body_digest=hashlib.sha256(row.external_id.encode()).digest(),
        seq=entry.seq,
        head=head_of(entry).hash,
        nature=row.type_.nature,
        type_id=row.type_.id,
        channel=row.channel,
        status=row.status,
        priority=decision.priority,
        service_id=decision.service_id,
        partner_id=decision.partner_id,
        district_id=district.id if district else None,
        sector_id=sector.id if sector else None,
        lon=lon,
        lat=lat,
        quadkey=quadkey(lon, lat) if lon is not None and lat is not None else None,
        address=row.address,
        received_at=row.received,
        received_has_time=row.received_has_time,
        due_at=due_at,
        # Unknown stays unknown: no closing date is made up.
        closed_at=row.closed,
        source=mapping.source,
        external_id=row.external_id,
        search=vector_of(number, row.type_.name, row.address, row.description),
    )
