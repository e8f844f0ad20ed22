"""Erasing: nothing of the reporter stays, and the log still proves what was done.

All words and contacts of a report live in the log's personal values, the pictures in `files`; the
row keeps its type, service, dates, district and a point blurred to about a hundred metres, from
which the town's figures are made (GDPR, article 17 and recital 26).
"""

from contextlib import suppress

from django.db import transaction

from riverain.accounts.permissions import Permission
from riverain.audit.actions import erase as erase_values
from riverain.audit.chain import Stream
from riverain.core import clock
from riverain.core.identifiers import quadkey, tracking_code
from riverain.core.refusals import NotFound
from riverain.files.actions import remove
from riverain.reports import door, events
from riverain.reports.acting import Acting
from riverain.reports.models import Report
from riverain.reports.rules import clean_email, clean_phone
from riverain.reports.timeline import reports_of_contact

# Degrees keep three decimals: some 110 m north to south, 70 m east to west in France.
BLUR = 3


def erase_report(*, acting: Acting, report_id: int) -> Report:
    """Erases what is personal in one report: words, contacts, answers, messages, pictures,
    address, exact point, tracking code (its holder was the reporter). Irreversible.
    """
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.ERASE, report)
        remove([picture.file_id for picture in report.pictures.all()])
        report.pictures.all().delete()
        entry = erase_values(
            stream=Stream(door.STREAM, report_id), acting=acting.label, reason="asked"
        )
        door.take_head(report, entry)
        report.body_digest = bytes(32)
        report.tracking_code = tracking_code()
        report.address = ""
        report.search = None
        report.anonymised_at = clock.now()
        report.unanswered = report.undelivered = False
        if report.lon is not None and report.lat is not None:
            report.lon, report.lat = round(report.lon, BLUR), round(report.lat, BLUR)
            report.quadkey = quadkey(report.lon, report.lat)
        report.save()
        events.announce(entry)
    return report


def erase_reporter(*, acting: Acting, email: str = "", phone: str = "") -> int:
    """Erases every report in the person's reach whose reporter left this address or number,
    however they are written here. Returns how many.

    Each town answers for its own data: reports beyond reach are neither erased nor told of.
    Raises Invalid for what cannot be an address or a number, and Forbidden when a report within
    reach is not theirs to erase: then none is.
    """
    email, phone = clean_email(email), clean_phone(phone)
    erased = 0
    with transaction.atomic():
        for report_id in reports_of_contact(email=email, phone=phone):
            with suppress(NotFound):
                erase_report(acting=acting, report_id=report_id)
                erased += 1
    return erased
