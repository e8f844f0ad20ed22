"""Writes to services and partners: the only way in. Memberships have their own (`memberships`).

Each action takes the organisation's version first: its row lock makes them wait for one another,
so that a check of the tree or of a duplicate still holds when the row is written.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from riverain.accounts.rules import normal_email
from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.core import versions
from riverain.core.identifiers import slug
from riverain.core.refusals import Conflict, Invalid
from riverain.organisation import rules
from riverain.organisation.authority import require_manager
from riverain.organisation.facts import Calendar
from riverain.organisation.models import (
    CODE_LENGTH,
    NAME_LENGTH,
    Partner,
    PartnerKind,
    Service,
    ServiceCollectivity,
)
from riverain.organisation.queries import VERSION
from riverain.territory.models import Collectivity

_LENGTHS = {"team_name": 120, "phone": 30, "address": 250, "hours": 200}
# What may name a person (a small firm, a direct line): kept beside the log, erasable.
_PERSONAL = ("name", "team_name", "phone", "email", "address")


class Contact(TypedDict, total=False):
    phone: str
    email: str
    address: str


class ServiceOptions(Contact, total=False):
    team_name: str
    hours: str
    calendar: Calendar
    parent: Service | None


class ServiceChanges(ServiceOptions, total=False):
    name: str
    collectivities: Collection[Collectivity]
    is_active: bool


class PartnerChanges(Contact, total=False):
    name: str
    replies_itself: bool
    collectivities: Collection[Collectivity]
    is_active: bool


def create_service(
    *,
    acting: str,
    code: str,
    name: str,
    collectivities: Collection[Collectivity],
    **options: Unpack[ServiceOptions],
) -> Service:
    """A new service of these collectivities, all of which `acting` must manage (Forbidden).

    Raises Invalid (code, name, contact, no collectivity, one that the parent does not serve) and
    Conflict when the code is taken in one of them.
    """
    service = Service(code=_normal_code(code))
    with transaction.atomic():
        versions.bump(VERSION)
        wanted = _wanted(acting, (), collectivities)
        _apply(service, {"name": name, **options})
        _check_tree(service, wanted)
        service.save(force_insert=True)
        _hold(service, wanted)
        _record(service, "service.created", acting, wanted)
    return service


def update_service(*, acting: str, service: Service, **changes: Unpack[ServiceChanges]) -> Service:
    """Changes what is named and nothing else; the code stays, since files and links carry it.

    `acting` must manage every collectivity that the service served or is to serve (Forbidden):
    serving one more gives its members rights there. Raises Invalid (as `create_service`; a
    parent that stands under it; a collectivity that a child still serves) and Conflict.
    """
    with transaction.atomic():
        versions.bump(VERSION)
        stored = Service.objects.select_for_update().get(pk=service.pk)
        served = {row.pk for row in stored.collectivities.order_by("pk")}
        wanted = _wanted(acting, served, changes.get("collectivities"))
        _apply(stored, changes)
        _check_tree(stored, wanted)
        stored.save()
        _hold(stored, wanted)
        _record(stored, "service.updated", acting, wanted)
    return stored


def create_partner(
    *,
    acting: str,
    kind: str,
    code: str,
    name: str,
    collectivities: Collection[Collectivity],
    replies_itself: bool = False,
    **contact: Unpack[Contact],
) -> Partner:
    """A new partner of these collectivities, all of which `acting` must manage (Forbidden).

    Raises Invalid (kind, code, name, contact, no collectivity) and Conflict when the code is
    taken in one of them.
    """
    if kind not in PartnerKind.values:
        raise Invalid(_("Cette sorte de partenaire n’existe pas."), field="kind", code="kind")
    partner = Partner(kind=kind, code=_normal_code(code), replies_itself=replies_itself)
    with transaction.atomic():
        versions.bump(VERSION)
        wanted = _wanted(acting, (), collectivities)
        _apply(partner, {"name": name, **contact})
        partner.save(force_insert=True)
        _hold(partner, wanted)
        _record(partner, "partner.created", acting, wanted)
    return partner


def update_partner(*, acting: str, partner: Partner, **changes: Unpack[PartnerChanges]) -> Partner:
    """Changes what is named and nothing else. Closing a partner (`is_active`) ends at once what
    its people may do. Refusals as for `update_service`.
    """
    with transaction.atomic():
        versions.bump(VERSION)
        stored = Partner.objects.select_for_update().get(pk=partner.pk)
        worked = {row.pk for row in stored.collectivities.order_by("pk")}
        wanted = _wanted(acting, worked, changes.get("collectivities"))
        _apply(stored, changes)
        stored.save()
        _hold(stored, wanted)
        _record(stored, "partner.updated", acting, wanted)
    return stored


def _wanted(
    acting: str, before: Collection[int], after: Collection[Collectivity] | None
) -> frozenset[int]:
    """The collectivities that are to be served, once it is clear that `acting` may say so."""
    wanted = frozenset(before) if after is None else frozenset(one.pk for one in after)
    if not wanted:
        raise Invalid(
            _("Choisissez au moins une collectivité."),
            field="collectivities",
            code="no-collectivity",
        )
    require_manager(acting, wanted | frozenset(before))
    return wanted


def _apply(row: Service | Partner, changes: Mapping[str, Any]) -> None:
    """Puts checked values on the row. Raises Invalid."""
    for field, value in changes.items():
        if field == "name":
            row.name = _line(value, field, NAME_LENGTH)
            if not row.name:
                raise Invalid(_("Donnez un nom."), field="name", code="name")
        elif field == "email":
            row.email = normal_email(value) if value.strip() else ""
        elif field in _LENGTHS:
            setattr(row, field, _line(value, field, _LENGTHS[field]))
        elif field == "calendar" and isinstance(row, Service):
            row.weekdays = sorted(value.weekdays)
            row.opens, row.closes = value.opens, value.closes
        elif field != "collectivities":
            setattr(row, field, value)


def _check_tree(service: Service, wanted: frozenset[int]) -> None:
    parents = dict(Service.objects.order_by("pk").values_list("pk", "parent_id"))
    above = service.parent_id
    if above and rules.makes_cycle(parents, child_id=service.pk, parent_id=above):
        raise Invalid(
            _("Un service ne peut pas dépendre de lui-même, ni d’une de ses équipes."),
            field="parent",
            code="cycle",
        )
    if above and not wanted <= _served(above):
        raise Invalid(
            _("Le service dont il dépend ne sert pas toutes ces collectivités."),
            field="collectivities",
            code="beyond-parent",
        )
    children = [child for child, parent in parents.items() if parent and parent == service.pk]
    if any(not _served(child) <= wanted for child in children):
        raise Invalid(
            _("Une de ses équipes sert encore une autre collectivité : retirez-la d’abord."),
            field="collectivities",
            code="child-beyond",
        )


def _served(service_id: int) -> frozenset[int]:
    return frozenset(
        ServiceCollectivity.objects.filter(service_id=service_id).values_list(
            "collectivity_id", flat=True
        )
    )


def _hold(row: Service | Partner, wanted: frozenset[int]) -> None:
    """Makes `wanted` the collectivities of the row. Raises Conflict when one of them already has
    another service (or partner) of this code.
    """
    taken = type(row).objects.filter(code=row.code, collectivities__in=wanted).exclude(pk=row.pk)
    if taken.exists():
        raise Conflict(
            _("Le code « %(code)s » est déjà pris dans cette collectivité.") % {"code": row.code},
            field="code",
            code="code-taken",
        )
    row.collectivities.set(sorted(wanted), through_defaults={"code": row.code})


def _normal_code(text: str) -> str:
    if text != slug(text) or not 0 < len(text) <= CODE_LENGTH:
        raise Invalid(
            _("Un code s’écrit en minuscules sans accent, chiffres et tirets : « proprete »."),
            field="code",
            code="code",
        )
    return text


def _line(text: str, field: str, most: int) -> str:
    line = " ".join(text.split())
    if len(line) > most or not line.isprintable():
        raise Invalid(
            _("Écrivez au plus %(most)s caractères, sur une ligne.") % {"most": most},
            field=field,
            code="too-long",
        )
    return line


def _record(row: Service | Partner, kind: str, acting: str, wanted: frozenset[int]) -> None:
    """The log tells the whole state after the change: what was before is in the entry before."""
    payload: dict[str, Any] = {
        "code": row.code,
        "collectivities": sorted(wanted),
        "active": row.is_active,
    }
    if isinstance(row, Service):
        payload |= {
            "parent": row.parent_id,
            "weekdays": list(row.weekdays),
            "opens": row.opens.isoformat("minutes"),
            "closes": row.closes.isoformat("minutes"),
            "hours": row.hours,
        }
    else:
        payload |= {"kind": row.kind, "replies_itself": row.replies_itself}
    said = {field: getattr(row, field, "") for field in _PERSONAL}
    record(
        stream=Stream(kind.partition(".")[0], row.pk),
        kind=kind,
        acting=acting,
        payload=payload,
        personal={field: value for field, value in said.items() if value},
    )
