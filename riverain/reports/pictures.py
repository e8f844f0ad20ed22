"""The pictures of a report: before, from whoever reported; after, from whoever did the work."""

from uuid import UUID

from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid
from riverain.files.actions import confirm
from riverain.reports.acting import Acting, Reporter
from riverain.reports.models import Picture, Report
from riverain.reports.rules import MOST_PICTURES


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
