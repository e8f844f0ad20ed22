"""The pictures of a report: before, from whoever reported; after, from whoever did the work."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid
from riverain.files.actions import confirm
from riverain.reports.acting import Acting, Reporter
from riverain.reports.models import Picture, Report
from riverain.reports.rules import MOST_PICTURES
from riverain.reports.timeline import Step


def attach(report: Report, acting: Acting, pictures: tuple[UUID, ...], *, seq: int) -> None:
    """Ties stored pictures to the entry `seq` and makes them visible, in its transaction."""
    if not pictures:
        return
    if len(pictures) > MOST_PICTURES:
        raise Invalid(_("Quatre photos au plus : gardez les plus parlantes."), field="photos")
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and its place among all of the report, which its address carries."""

    rank: int
    picture: Picture


def for_reporter(report: Report, steps: Iterable[Step]) -> tuple[Shown, ...]:
    """The pictures that the reporter may see: their own, those of steps that they are told of,
    and once the report has ended those of the work that was declared done. One query."""
    open_to = {step.seq for step in steps if step.told or _shown_at_the_end(step, report)}
    return tuple(
        Shown(rank, picture)
        for rank, picture in enumerate(report.pictures.select_related("file"), start=1)
        if picture.from_reporter or picture.seq in open_to
    )


def _shown_at_the_end(step: Step, report: Report) -> bool:
    return step.kind == "report.work_done" and not report.is_open
