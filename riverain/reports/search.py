"""The text that the desk's search finds a report by: number, type, address, description."""

from django.db.models.expressions import RawSQL

from riverain.reports.models import Report
from riverain.reports.timeline import description_of


def vector_of(*texts: str) -> RawSQL:
    """A vector in the French configuration (stems, no accents) of the first migration."""
    return RawSQL("to_tsvector('riverain_fr', %s)", [" ".join(filter(None, texts))])


def vector(report: Report, *, type_name: str) -> RawSQL:
    """The vector of a report that stands, its description read from the log."""
    return vector_of(report.number, type_name, report.address, description_of(report.pk))
