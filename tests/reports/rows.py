"""Reports as rows, by the hundred: for lists, counts and maps, where how they came to be does not
matter. What a report goes through is made by `tests.town.report`."""

from riverain.core import clock
from riverain.reports.models import Report


def row(model: Report, index: int, **said) -> Report:
    """One more like the model, not saved; named values replace the model's."""
    values = {
        "collectivity_id": model.collectivity_id,
        "number": f"LIL-2020-{index:06}",
        "tracking_code": f"K7QX-92MP-{index:04}",
        "submission_id": f"00000000-0000-0000-0000-{index:012}",
        "body_digest": b"",
        "head": b"",
        "seq": 1,
        "nature": model.nature,
        "type_id": model.type_id,
        "channel": model.channel,
        "status": model.status,
        "service_id": model.service_id,
        "district_id": model.district_id,
        "received_at": clock.now(),
        **said,
    }
    return Report(**values)
