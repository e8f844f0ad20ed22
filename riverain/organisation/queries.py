"""Reads: services and partners from memory, memberships in force."""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from riverain.core import versions
from riverain.core.models import Version
from riverain.organisation import rules
from riverain.organisation.facts import Calendar, Directory, PartnerFacts, ServiceFacts
from riverain.organisation.models import (
    Partner,
    PartnerCollectivity,
    Service,
    ServiceCollectivity,
)

VERSION = "organisation"

_lock = threading.Lock()
_held: Directory | None = None


def directory() -> Directory:
    """Every service and partner, at the current version of the organisation.

    Read from the database (five queries) when the version has moved, from memory otherwise.
    """
    global _held  # noqa: PLW0603 - one copy a process is the point
    held = _held
    if held is None or held.version != versions.current(VERSION):
        held = _read()
        with _lock:
            _held = held
    return held


@dataclass(frozen=True, slots=True)
class Held:
    """A role, and where a person holds it."""

    role: str
    permissions: list[str]
    scope: str
    collectivity_id: int | None
    service_id: int | None
    partner_id: int | None
    area_id: int | None


def in_force(user_id: int, instant: datetime) -> list[Held]:
    """The memberships of a person that count at an instant; none of one who is not active. Asked
    for by every request of an agent: written once, since the model takes Python ten times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [user_id, instant, instant])
        return [Held(*row) for row in cursor.fetchall()]


_IN_FORCE: Final = """
SELECT role.code, role.permissions, role.scope,
 held.collectivity_id, held.service_id, held.partner_id, held.area_id
 FROM organisation_membership held
 JOIN organisation_role role ON role.id = held.role_id
 JOIN accounts_user person ON person.id = held.user_id
 WHERE held.user_id = %s AND person.is_active
 AND held.starts_at <= %s AND (held.ends_at IS NULL OR held.ends_at > %s)
 ORDER BY held.id"""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works here or did, and the outside body that they work for, if any."""

    name: str
    body: str


def people(user_ids: Collection[int]) -> dict[int, Person]:
    """These people, by their ids: those who acted on a report, whatever they may do today. One
    query, written once; none for nobody."""
    if not user_ids:
        return {}
    held = directory()
    found: dict[int, Person] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [sorted(user_ids)])
        for user_id, name, partner_id in cursor.fetchall():
            partner = held.partner(partner_id or 0)
            found[user_id] = Person(name, partner.name if partner else "")
    return found


# Of someone who changed bodies, the last one.
_PEOPLE: Final = """
SELECT DISTINCT ON (person.id) person.id, person.name, held.partner_id
 FROM accounts_user person LEFT JOIN organisation_membership held
 ON held.user_id = person.id AND held.partner_id IS NOT NULL
 WHERE person.id = ANY(%s)
 ORDER BY person.id, held.id DESC"""


def _read() -> Directory:
    """The copy carries the version that its own connection sees, read before the rows: another
    thread's uncommitted version would else label rows that are older than it, for good.
    """
    version = Version.objects.filter(name=VERSION).values_list("value", flat=True).first() or 0
    served: dict[int, set[int]] = {}
    for service_id, collectivity_id in ServiceCollectivity.objects.order_by("id").values_list(
        "service_id", "collectivity_id"
    ):
        served.setdefault(service_id, set()).add(collectivity_id)
    worked: dict[int, set[int]] = {}
    for partner_id, collectivity_id in PartnerCollectivity.objects.order_by("id").values_list(
        "partner_id", "collectivity_id"
    ):
        worked.setdefault(partner_id, set()).add(collectivity_id)
    services = {
        row.id: ServiceFacts(
            id=row.id,
            code=row.code,
            name=row.name,
            team_name=row.team_name,
            phone=row.phone,
            email=row.email,
            address=row.address,
            hours=row.hours,
            collectivity_ids=frozenset(served.get(row.id, ())),
            parent_id=row.parent_id,
            active=row.is_active,
            calendar=Calendar(frozenset(row.weekdays), row.opens, row.closes),
        )
        for row in Service.objects.order_by("id")
    }
    partners = {
        row.id: PartnerFacts(
            id=row.id,
            code=row.code,
            kind=row.kind,
            name=row.name,
            phone=row.phone,
            email=row.email,
            address=row.address,
            replies_itself=row.replies_itself,
            collectivity_ids=frozenset(worked.get(row.id, ())),
            active=row.is_active,
        )
        for row in Partner.objects.order_by("id")
    }
    return Directory(
        version=version,
        services=services,
        partners=partners,
        subtrees=rules.subtrees({one.id: one.parent_id for one in services.values()}),
    )
