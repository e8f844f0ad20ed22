"""What a person may do, and where: the one question that every surface asks."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from riverain.accounts import labels
from riverain.accounts.models import User
from riverain.accounts.permissions import Permission
from riverain.core import clock
from riverain.organisation import rules
from riverain.organisation.models import Membership
from riverain.organisation.queries import Held, directory, in_force
from riverain.organisation.rules import Anchor, Grant


@dataclass(frozen=True, slots=True)
class Member:
    """A person with their grants at one instant. Ask again for each request."""

    user_id: int
    grants: tuple[Grant, ...]

    @property
    def label(self) -> str:
        """How the log names them: never by name."""
        return labels.label(self.user_id)

    @property
    def collectivity_ids(self) -> frozenset[int]:
        """Every collectivity where they may do something; all others are "another" one."""
        return frozenset().union(*(grant.collectivity_ids for grant in self.grants))

    def may(
        self,
        permission: Permission,
        *,
        collectivity_id: int,
        service_id: int | None = None,
        partner_id: int | None = None,
        area_ids: Collection[int] = (),
    ) -> bool:
        """Whether one of the grants gives the permission there (see `rules.allows`)."""
        return any(
            rules.allows(
                grant,
                permission,
                collectivity_id=collectivity_id,
                service_id=service_id,
                partner_id=partner_id,
                area_ids=area_ids,
            )
            for grant in self.grants
        )

    def reach(self, permission: Permission) -> tuple[Grant, ...]:
        """The grants that give the permission, from which a queryset of what may be seen is
        built. Empty means nothing may.
        """
        return tuple(grant for grant in self.grants if permission in grant.permissions)


def member_for(user: User | AnonymousUser) -> Member:
    """The person with what they may do now: one query, the rest from memory.

    Ended and future memberships, a deactivated account, a role without permissions, a closed
    service or partner give nothing; so does nobody.
    """
    if not isinstance(user, User):
        return Member(user_id=0, grants=())
    held = directory()
    grants = (
        rules.grant_at(
            role=row.role,
            permissions=row.permissions,
            scope=row.scope,
            anchor=anchor_of(row),
            directory=held,
        )
        for row in in_force(user.pk, clock.now())
    )
    return Member(user_id=user.pk, grants=tuple(grant for grant in grants if grant))


def anchor_of(membership: Membership | Held) -> Anchor:
    """Where a membership hangs."""
    return Anchor(
        collectivity_id=membership.collectivity_id,
        service_id=membership.service_id,
        partner_id=membership.partner_id,
        area_id=membership.area_id,
    )
