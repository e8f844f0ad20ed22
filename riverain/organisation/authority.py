"""Who may change the organisation: nobody hands on what they do not hold themselves."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from riverain.accounts import labels
from riverain.accounts.labels import SYSTEM
from riverain.accounts.models import User
from riverain.accounts.permissions import Permission
from riverain.core.refusals import Forbidden
from riverain.organisation import rules
from riverain.organisation.members import Member, member_for
from riverain.organisation.rules import Grant, Scope


def manages(acting: str, place: Grant | None) -> bool:
    """Whether `acting` manages people throughout a place. No place, no."""
    if acting == SYSTEM:
        return True
    return place is not None and rules.held_throughout(
        _member(acting).grants, Permission.MANAGE_PEOPLE, place
    )


def require_manager(acting: str, collectivity_ids: Collection[int]) -> None:
    """Refuses (Forbidden) unless `acting` manages people in every one of these collectivities.

    What several share is changed only by someone who manages them all: a service carries rights
    into each that it serves.
    """
    place = Grant(
        role="",
        permissions=frozenset(),
        scope=Scope.ALL,
        collectivity_ids=frozenset(collectivity_ids),
    )
    if not manages(acting, place):
        raise not_manager()


def require_giver(acting: str, place: Grant) -> None:
    """Refuses (Forbidden) unless `acting` manages people throughout a place and holds there every
    permission that the place's grant carries: nobody gives more than they have.
    """
    if not manages(acting, place):
        raise not_manager()
    if acting != SYSTEM and rules.missing(_member(acting).grants, place):
        raise Forbidden(
            _("Vous ne pouvez pas donner un droit que vous n’avez pas vous-même."),
            code="escalation",
        )


def not_manager() -> Forbidden:
    return Forbidden(
        _("Vous ne gérez pas les personnes et les services à cet endroit."), code="not-manager"
    )


def _member(acting: str) -> Member:
    user = User.objects.filter(pk=labels.user_id(acting)).first()
    return member_for(user) if user else Member(user_id=0, grants=())
