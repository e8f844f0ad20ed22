"""Putting right what was reported: the type, the place, the priority."""

from django.db import transaction

from riverain.accounts.permissions import Permission
from riverain.catalogue.facts import Priority
from riverain.reports import door, rerouting
from riverain.reports.acting import Acting
from riverain.reports.models import Report
from riverain.reports.rules import LONGEST_ADDRESS, clean_text


def change_type(
    *, acting: Acting, report_id: int, type_code: str, seq: int | None = None
) -> Report:
    """Puts the type right and routes again: service, priority and deadline follow the new type,
    the deadline still counted from when the report was received."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.CORRECT, report)
        door.unchanged_since(report, seq)
        door.open_only(report)
        door.ours_only(report)
        before, after = rerouting.retype(report, type_code)
        door.write(
            report,
            acting=acting,
            kind="report.type_changed",
            payload={
                "from": before,
                "to": after,
                "service": report.service_id,
                "partner": report.partner_id,
                "due_at": report.due_at.isoformat() if report.due_at else None,
                "told": True,
            },
            changed=(
                "type_id",
                "nature",
                "service_id",
                "partner_id",
                "agent_id",
                "priority",
                "due_at",
                "search",
            ),
        )
    return report


def relocate(
    *,
    acting: Acting,
    report_id: int,
    lon: float,
    lat: float,
    address: str = "",
    seq: int | None = None,
) -> Report:
    """Puts the place right, or gives one to a report that waited in "À localiser"; routes again."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.CORRECT, report)
        door.unchanged_since(report, seq)
        door.open_only(report)
        door.ours_only(report)
        address = clean_text(address, field_name="address", longest=LONGEST_ADDRESS, one_line=True)
        rerouting.replace_point(report, lon=lon, lat=lat, address=address)
        door.write(
            report,
            acting=acting,
            kind="report.located",
            payload={
                "district": report.district_id,
                "sector": report.sector_id,
                "service": report.service_id,
                "partner": report.partner_id,
                "told": False,
            },
            personal={"address": address, "point": f"{lon},{lat}"},
            changed=(
                "lon",
                "lat",
                "quadkey",
                "address",
                "district_id",
                "sector_id",
                "service_id",
                "partner_id",
                "agent_id",
                "search",
            ),
        )
    return report


def prioritise(
    *, acting: Acting, report_id: int, priority: Priority, seq: int | None = None
) -> Report:
    """Qualifies the report (S0-54: "Prioritaire", by the district halls)."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.PRIORITISE, report)
        door.unchanged_since(report, seq)
        door.open_only(report)
        if report.priority == priority:
            return report
        report.priority = priority
        door.write(
            report,
            acting=acting,
            kind="report.prioritised",
            payload={"priority": int(priority), "told": False},
            changed=("priority",),
        )
    return report


def look_at(*, acting: Acting, report_id: int) -> Report:
    """Someone has looked at a report that came without proof."""
    with transaction.atomic():
        report = door.locked(report_id)
        door.authorise(acting, Permission.CORRECT, report)
        if not report.looked_at:
            report.looked_at = True
            door.write(
                report,
                acting=acting,
                kind="report.looked_at",
                payload={"told": False},
                changed=("looked_at",),
            )
    return report
