"""Fills an empty database with the demo's towns, people and reports."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from riverain import routing
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import Deadline, TypeFacts, Unit
from riverain.core import clock
from riverain.organisation.facts import Calendar
from riverain.reports.models import Report
from riverain.site.demo import history, people, photos, subjects, telling, town
from riverain.site.demo.cases import Case
from riverain.site.supervisor import say
from riverain.territory import queries as territory
from riverain.territory.models import Collectivity

# The towns stand and the people work before the first report.
_SETTLED: Final = timedelta(days=400)
# What the demo's towns commit to where a type says nothing.
_COMMON: Final = Deadline(15, Unit.DAYS)


def fill() -> None:
    """Makes what is missing: towns and people where there is no collectivity, reports where the
    demo's towns have none. Each of the two is one transaction, so that a start that is
    interrupted leaves nothing half-made, and a second call changes nothing but the password, if
    another is set. Towns that the demo did not make are left alone.
    """
    now = clock.now()
    if not Collectivity.objects.exists():
        say("  towns, services, catalogue and people …")
        with transaction.atomic(), clock.frozen(now - _SETTLED):
            town.make()
            people.make()
    if not people.are_here():
        return
    if not Report.objects.filter(collectivity__slug__in=("lille", "hellemmes")).exists():
        _reports(now)
    people.keep_password()


def planned(now: datetime) -> list[Case]:
    """The cases of the demo as its towns, already made, would have them at an instant."""
    lille = territory.collectivity_by_slug("lille")
    if lille is None:
        raise LookupError("the demo's towns are not there")
    types = catalogues.catalogue(lille.id).by_code
    return history.plan(now, book=subjects.read(), types=types, due=due)


def _reports(now: datetime) -> None:
    cases = planned(now)
    say("  photos …")
    pictures = photos.store(
        cases, progress=lambda count, total: say(f"  {count:,} of {total:,} photos")
    )
    say(f"  {len(cases):,} reports of the last twelve months …")
    telling.tell(
        cases,
        pictures=pictures,
        progress=lambda count: say(f"  {count:,} of {len(cases):,} reports"),
    )


def due(type_: TypeFacts, instant: datetime) -> datetime:
    return routing.due_at(
        type_.deadline or _COMMON,
        instant=instant,
        timezone="Europe/Paris",
        holiday_zone="metropole",
        calendar=Calendar(),
    )
