"""The pictures of a report: before, from whoever reported; after, from whoever did the work."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection

from riverain.core.refusals import Invalid
from riverain.files.actions import confirm
from riverain.files.models import StoredFile
from riverain.reports.acting import Acting, Reporter
from riverain.reports.models import Picture, Report
from riverain.reports.rules import MOST_PICTURES, TOO_MANY_PICTURES
from riverain.reports.timeline import Step


def attach(report: Report, acting: Acting, pictures: tuple[UUID, ...], *, seq: int) -> None:
    """Ties stored pictures to the entry `seq` and makes them visible, in its transaction."""
    if not pictures:
        return
    if len(pictures) > MOST_PICTURES:
        raise Invalid(str(TOO_MANY_PICTURES), field="photos")
    confirm(list(pictures))
    reporter = isinstance(acting, Reporter)
    before = reporter or seq == 1
    Picture.objects.bulk_create(
        Picture(
            report_id=report.pk,
            file_id=file_id,
            moment=Picture.Moment.BEFORE if before else Picture.Moment.AFTER,
            from_reporter=reporter,
            seq=seq,
            position=position,
        )
        for position, file_id in enumerate(pictures)
    )


def pictures_of(report: Report, steps: Iterable[Step]) -> list[Picture]:
    """The pictures of a report with their files, oldest first. An entry that brings some says so:
    one query, written once, where one of these steps does; none elsewhere."""
    if not any(step.said.get("pictures") for step in steps):
        return []
    names, of_picture, statement = _reading()
    found = []
    with connection.cursor() as cursor:
        cursor.execute(statement, [report.pk])
        for row in cursor.fetchall():
            picture = Picture.from_db(DEFAULT_DB_ALIAS, names[:of_picture], row[:of_picture])
            picture.file = StoredFile.from_db(
                DEFAULT_DB_ALIAS, names[of_picture:], row[of_picture:]
            )
            found.append(picture)
    return found


@cache
def _reading() -> tuple[list[str], int, str]:
    """The fields of both models, how many are the picture's, and the statement that reads them."""
    fields = [Picture._meta.concrete_fields, StoredFile._meta.concrete_fields]  # noqa: SLF001 - Django's own, documented
    columns = ", ".join(
        f'{table}."{one.column}"'
        for table, those in zip(("picture", "file"), fields, strict=True)
        for one in those
    )
    statement = (
        f"SELECT {columns} FROM reports_picture picture"  # noqa: S608 - no value in it
        " JOIN files_storedfile file ON file.id = picture.file_id"
        " WHERE picture.report_id = %s ORDER BY picture.seq, picture.position"
    )
    return [one.attname for those in fields for one in those], len(fields[0]), statement


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and its place among all of the report, which its address carries."""

    rank: int
    picture: Picture


def for_reporter(report: Report, steps: Collection[Step]) -> tuple[Shown, ...]:
    """The pictures that the reporter may see: their own, those of steps that they are told of,
    and once the report has ended those of the work that was declared done."""
    open_to = {step.seq for step in steps if step.told or _shown_at_the_end(step, report)}
    return tuple(
        Shown(rank, picture)
        for rank, picture in enumerate(pictures_of(report, steps), start=1)
        if picture.from_reporter or picture.seq in open_to
    )


def _shown_at_the_end(step: Step, report: Report) -> bool:
    return step.kind == "report.work_done" and not report.is_open
