"""What a membership allows, decided without a database.

A right is a permission in a place. Rights only add up: nothing here takes one away because of
another, so a second membership never costs a person anything.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from riverain.accounts.permissions import Permission
from riverain.organisation.facts import Directory, PartnerFacts, ServiceFacts


class Scope(StrEnum):
    """Which reports a role reaches, seen from its membership's anchor."""

    ALL = "all"
    AREA = "area"
    SERVICE = "service"
    PARTNER = "partner"


# A new report has no service yet, routing will find it: whoever enters reports does so anywhere
# in the collectivities of the membership, whatever its scope or area (S0-60, S0-84).
TOWN_WIDE = frozenset({Permission.ENTER_REPORTS})

# What no outside body ever gets, whatever its role says: who reported, and the town's own affairs
# (a contractor once saw reporters' telephone numbers).
NEVER_FOR_PARTNERS = frozenset(
    {
        Permission.READ_CONTACTS,
        Permission.WRITE_TO_REPORTER,
        Permission.ENTER_REPORTS,
        Permission.ERASE,
        Permission.EXPORT,
        Permission.MANAGE_CATALOGUE,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_TERRITORY,
        Permission.READ_TRAIL,
    }
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a membership hangs: exactly one of the three, and an area that may narrow it."""

    collectivity_id: int | None = None
    service_id: int | None = None
    partner_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a place. `area_ids` limits it where it is not empty; `service_ids` holds the
    anchor service with its subtree, and limits it when the scope is "service".
    """

    role: str
    permissions: frozenset[Permission]
    scope: Scope
    collectivity_ids: frozenset[int] = frozenset()
    service_ids: frozenset[int] = frozenset()
    area_ids: frozenset[int] = frozenset()
    partner_id: int | None = None


def known_permissions(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions of these names. A name that this release does not know gives nothing."""
    given = set(names)
    return frozenset(permission for permission in Permission if permission.value in given)


def misfit(scope: Scope, anchor: Anchor) -> str:
    """Why a role of this scope cannot hang there, as a code; "" when it can."""
    if (scope is Scope.PARTNER) != (anchor.partner_id is not None):
        return "partner-only" if scope is Scope.PARTNER else "not-for-partners"
    if scope is Scope.SERVICE and anchor.service_id is None:
        return "needs-service"
    if scope is Scope.AREA and anchor.area_id is None:
        return "needs-area"
    return ""


def place_at(
    *, role: str, permissions: Iterable[str], scope: str, anchor: Anchor, directory: Directory
) -> Grant | None:
    """What a role carries at an anchor, open or closed; None where the two do not fit."""
    held = known_permissions(permissions)
    reach = Scope(scope)
    if misfit(reach, anchor):
        return None
    collectivity_ids: frozenset[int] = frozenset()
    if anchor.collectivity_id is not None:
        collectivity_ids = frozenset({anchor.collectivity_id})
    body = _body(anchor, directory)
    if body is not None:
        collectivity_ids = body.collectivity_ids
    if anchor.partner_id is not None:
        held -= NEVER_FOR_PARTNERS
    return Grant(
        role=role,
        permissions=held,
        scope=reach,
        collectivity_ids=collectivity_ids,
        service_ids=directory.subtree(anchor.service_id) if anchor.service_id else frozenset(),
        area_ids=frozenset() if anchor.area_id is None else frozenset({anchor.area_id}),
        partner_id=anchor.partner_id,
    )


def grant_at(
    *, role: str, permissions: Iterable[str], scope: str, anchor: Anchor, directory: Directory
) -> Grant | None:
    """What a role gives at an anchor; None when it gives nothing there.

    It gives nothing without permissions, at a service or partner that is closed or unknown, with
    a scope that does not fit the anchor. Unsure is no.
    """
    place = place_at(
        role=role, permissions=permissions, scope=scope, anchor=anchor, directory=directory
    )
    body = _body(anchor, directory)
    if place is None or not place.permissions or not place.collectivity_ids:
        return None
    return None if body is not None and not body.active else place


def allows(
    grant: Grant,
    permission: Permission,
    *,
    collectivity_id: int,
    service_id: int | None = None,
    partner_id: int | None = None,
    area_ids: Collection[int] = (),
) -> bool:
    """Whether a grant gives a permission on something of a collectivity: a report, with the
    service and partner that hold it and the areas that it lies in, or the collectivity itself.
    """
    if permission not in grant.permissions or collectivity_id not in grant.collectivity_ids:
        return False
    if permission in TOWN_WIDE:
        return True
    if grant.area_ids and grant.area_ids.isdisjoint(area_ids):
        return False
    match grant.scope:
        case Scope.ALL:
            return True
        case Scope.AREA:
            return bool(grant.area_ids)
        case Scope.SERVICE:
            return service_id in grant.service_ids
        case Scope.PARTNER:
            return partner_id is not None and partner_id == grant.partner_id


def held_throughout(grants: Collection[Grant], permission: Permission, place: Grant) -> bool:
    """Whether these grants give the permission on everything that `place` reaches, so that their
    holder may hand it on there. `place` is cut into its collectivities and, where it is limited
    to services, into those: each piece may be held through another grant.
    """
    pieces = list(_pieces(place))
    return bool(pieces) and all(
        any(_holds_piece(grant, permission, piece) for grant in grants) for piece in pieces
    )


def missing(grants: Collection[Grant], wanted: Grant) -> frozenset[Permission]:
    """The permissions of `wanted` that these grants do not hold throughout its place."""
    return frozenset(
        permission
        for permission in wanted.permissions
        if not held_throughout(grants, permission, wanted)
    )


def _body(anchor: Anchor, directory: Directory) -> ServiceFacts | PartnerFacts | None:
    """The service or partner that a membership hangs on, if it hangs on one that is known."""
    if anchor.service_id is not None:
        return directory.service(anchor.service_id)
    if anchor.partner_id is not None:
        return directory.partner(anchor.partner_id)
    return None


def makes_cycle(parents: Mapping[int, int | None], *, child_id: int, parent_id: int) -> bool:
    """Whether putting a service under another would close a loop in the tree."""
    step: int | None = parent_id
    seen: set[int] = set()
    while step is not None and step not in seen:
        if step == child_id:
            return True
        seen.add(step)
        step = parents.get(step)
    return False


def subtrees(parents: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Each service with everything under it."""
    found: dict[int, set[int]] = {service_id: set() for service_id in parents}
    for service_id in parents:
        step: int | None = service_id
        while step in found and service_id not in found[step]:
            found[step].add(service_id)
            step = parents[step]
    return {service_id: frozenset(under) for service_id, under in found.items()}


@dataclass(frozen=True, slots=True)
class _Piece:
    collectivity_id: int
    service_id: int | None
    partner_id: int | None
    area_ids: frozenset[int]


def _pieces(place: Grant) -> Iterator[_Piece]:
    services = place.service_ids if place.scope is Scope.SERVICE else frozenset({None})
    for collectivity_id in place.collectivity_ids:
        for service_id in services:
            yield _Piece(collectivity_id, service_id, place.partner_id, place.area_ids)


def _holds_piece(grant: Grant, permission: Permission, piece: _Piece) -> bool:
    """A piece limited to several areas is held only by a grant that reaches each of them."""
    areas: Iterable[tuple[int, ...]] = [(area,) for area in piece.area_ids] or [()]
    return all(
        allows(
            grant,
            permission,
            collectivity_id=piece.collectivity_id,
            service_id=piece.service_id,
            partner_id=piece.partner_id,
            area_ids=one,
        )
        for one in areas
    )
