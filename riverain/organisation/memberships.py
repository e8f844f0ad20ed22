"""Writes to memberships: who may do what, where, and until when.

As in `actions`, each takes the organisation's version first, so that they wait for one another.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from riverain.accounts import actions as accounts
from riverain.accounts.labels import SYSTEM
from riverain.accounts.models import User
from riverain.audit.actions import record
from riverain.core import clock, versions
from riverain.core.refusals import Conflict, Invalid
from riverain.organisation import rules
from riverain.organisation.authority import manages, not_manager, require_giver
from riverain.organisation.members import anchor_of
from riverain.organisation.models import Membership, Partner, Role, Service
from riverain.organisation.queries import VERSION, directory
from riverain.organisation.rules import Grant, Scope
from riverain.territory.models import Area, Collectivity

_MISFITS: Final[dict[str, Promise]] = {
    "partner-only": _("Ce rôle se donne chez un partenaire."),
    "not-for-partners": _("Ce rôle ne se donne pas chez un partenaire."),
    "needs-service": _("Ce rôle se donne dans un service."),
    "needs-area": _("Ce rôle a besoin d’un quartier ou d’un secteur."),
}


def grant(
    *,
    acting: str,
    user: User,
    role: str,
    collectivity: Collectivity | None = None,
    service: Service | None = None,
    partner: Partner | None = None,
    area: Area | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Membership:
    """Gives a person a role at one collectivity, service or partner, from now unless said.

    `role` is a role's code. Raises Forbidden unless `acting` manages people throughout that place
    and holds each permission of the role there, so that nobody gives more than they have; Invalid
    for what does not fit together; Conflict when the person has it already.
    """
    membership = Membership(
        user=user,
        role=_role(role),
        collectivity=collectivity,
        service=service,
        partner=partner,
        area=area,
        starts_at=starts_at or clock.now(),
        ends_at=ends_at,
    )
    _check_one_anchor(membership)
    _check_period(membership)
    with transaction.atomic():
        versions.bump(VERSION)
        place = _place(membership)
        if place is None:
            misfit = rules.misfit(Scope(membership.role.scope), anchor_of(membership))
            raise Invalid(_MISFITS[misfit], field="role", code=misfit)
        require_giver(acting, place)
        _check_useful(membership, place)
        membership.save(force_insert=True)
        _record(membership, "membership.granted", acting)
    return membership


def end_membership(*, acting: str, membership: Membership) -> None:
    """Ends a membership now; what it gave is gone with the next request. Ending an ended one
    changes nothing.

    Raises Forbidden unless `acting` manages people throughout its place.
    """
    with transaction.atomic():
        versions.bump(VERSION)
        stored = Membership.objects.select_related("role", "user").get(pk=membership.pk)
        if not manages(acting, _place(stored)):
            raise not_manager()
        _end(stored, acting)


def dismiss(*, acting: str, user: User) -> None:
    """Someone leaves: every membership ends, the account closes, every session stops.

    Raises Forbidden unless `acting` manages people throughout every place where the person has a
    role; of someone who has none any more, every place where they had their last: an administrator
    of one town does not close the account of another town's agent, nor a former one's.
    """
    with transaction.atomic():
        versions.bump(VERSION)
        rows = Membership.objects.filter(user=user).select_related("role", "user")
        memberships = list(rows.order_by("id"))
        standing = [one for one in memberships if not _is_over(one)]
        places = standing or _last(memberships)
        if acting != SYSTEM and not (
            places and all(manages(acting, _place(one)) for one in places)
        ):
            raise not_manager()
        for membership in standing:
            _end(membership, acting)
        accounts.deactivate(acting=acting, user=user)


def _role(code: str) -> Role:
    try:
        return Role.objects.get(code=code)
    except Role.DoesNotExist as error:
        raise Invalid(_("Ce rôle n’existe pas."), field="role", code="role") from error


def _place(membership: Membership) -> Grant | None:
    return rules.place_at(
        role=membership.role.code,
        permissions=membership.role.permissions,
        scope=membership.role.scope,
        anchor=anchor_of(membership),
        directory=directory(),
    )


def _last(memberships: Sequence[Membership]) -> list[Membership]:
    """Those that ended last, of memberships that are over: all that ended at that instant."""
    ends = max((one.ends_at for one in memberships if one.ends_at), default=None)
    return [one for one in memberships if one.ends_at == ends]


def _is_over(membership: Membership) -> bool:
    return membership.ends_at is not None and membership.ends_at <= clock.now()


def _check_one_anchor(membership: Membership) -> None:
    anchor = anchor_of(membership)
    given = (anchor.collectivity_id, anchor.service_id, anchor.partner_id)
    if sum(one is not None for one in given) != 1:
        raise Invalid(
            _("Choisissez une collectivité, un service ou un partenaire, un seul."), code="anchor"
        )


def _check_period(membership: Membership) -> None:
    if membership.ends_at is None:
        return
    if membership.ends_at <= max(membership.starts_at, clock.now()):
        raise Invalid(
            _("La fin doit venir après le début, et après maintenant."),
            field="ends_at",
            code="period",
        )


def _check_useful(membership: Membership, place: Grant) -> None:
    """Raises Invalid or Conflict for a membership that would give nothing, or nothing new."""
    if not User.objects.filter(pk=membership.user_id, is_active=True).exists():
        raise Invalid(_("Ce compte est fermé."), field="user", code="person-closed")
    body = membership.service or membership.partner
    if (body is not None and not body.is_active) or not place.permissions:
        raise Invalid(
            _("Ce service ou ce partenaire est fermé, ou ce rôle ne donne aucun droit."),
            code="gives-nothing",
        )
    area = membership.area
    if area and (area.collectivity_id not in place.collectivity_ids or area.retired_at):
        raise Invalid(
            _("Ce territoire n’est pas, ou n’est plus, dans cette collectivité."),
            field="area",
            code="area",
        )
    same = Membership.objects.filter(
        user=membership.user_id,
        role=membership.role_id,
        collectivity=membership.collectivity_id,
        service=membership.service_id,
        partner=membership.partner_id,
        area=membership.area_id,
    )
    if any(not _is_over(one) for one in same.order_by("id")):
        raise Conflict(_("Cette personne a déjà ce rôle à cet endroit."), code="already-granted")


def _end(membership: Membership, acting: str) -> None:
    if _is_over(membership):
        return
    now = clock.now()
    # One that had not begun never does.
    membership.starts_at = min(membership.starts_at, now)
    membership.ends_at = now
    membership.save(update_fields=["starts_at", "ends_at"])
    _record(membership, "membership.ended", acting)


def _record(membership: Membership, kind: str, acting: str) -> None:
    """On the person's stream: what one could do, and since when, reads in one place."""
    payload: dict[str, Any] = {"membership": membership.pk, "role": membership.role.code}
    for name in ("collectivity", "service", "partner", "area"):
        value = getattr(membership, f"{name}_id")
        if value is not None:
            payload[name] = value
    for name in ("starts_at", "ends_at"):
        instant = getattr(membership, name)
        if instant is not None:
            payload[name] = instant.isoformat()
    record(stream=accounts.stream_of(membership.user), kind=kind, acting=acting, payload=payload)
