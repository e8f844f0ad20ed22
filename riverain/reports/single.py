"""One report by its row alone, by statements that are written once a process.

A step takes its report twice, and making such a statement from the model takes Python three times
as long as reading the answer. The search vector stays where it is.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field

from riverain.reports.models import Report

_LOCKED: Final = "WHERE id = %s FOR UPDATE"
_NUMBERED: Final = "WHERE collectivity_id = ANY(%s) AND number = %s ORDER BY id"


def locked(report_id: int) -> Report | None:
    """Its row stays locked until the transaction ends."""
    found = _found(_LOCKED, [report_id])
    return found[0] if found else None


def numbered(number: str, collectivity_ids: Iterable[int]) -> list[Report]:
    """The reports of this number: one in each collectivity at most."""
    return _found(_NUMBERED, [sorted(collectivity_ids), number])


def save(report: Report, names: Iterable[str]) -> None:
    """Writes these fields of a report whose row is locked, and nothing else."""
    statement, fields = _writing(frozenset(names))
    values = [one.get_db_prep_save(getattr(report, one.attname), connection) for one in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, report.pk])


def _found(which: str, values: list[Any]) -> list[Report]:
    names, statement = _reading(which)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Report.from_db(DEFAULT_DB_ALIAS, names, row) for row in cursor.fetchall()]


@cache
def _writing(names: frozenset[str]) -> tuple[str, "list[Field[Any, Any]]"]:
    fields = [one for one in Report._meta.concrete_fields if names & {one.name, one.attname}]  # noqa: SLF001 - as below
    columns = ", ".join(f'"{one.column}" = %s' for one in fields)
    return f"UPDATE reports_report SET {columns} WHERE id = %s", fields  # noqa: S608 - no value in it


@cache
def _reading(which: str) -> tuple[list[str], str]:
    """The fields of the model but one, and the statement that reads their columns."""
    fields = [one for one in Report._meta.concrete_fields if one.name != "search"]  # noqa: SLF001 - Django's own, documented
    columns = ", ".join(f'"{one.column}"' for one in fields)
    return [one.attname for one in fields], f"SELECT {columns} FROM reports_report {which}"  # noqa: S608 - no value in it
