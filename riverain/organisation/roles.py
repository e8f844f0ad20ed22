"""The roles that towns work with, read off S0 to S4 (docs/coverage.md), and their installation.

A role is a set of permissions and a reach; the argument for each stands beside it. Who needs more
gets a second membership, never a wider role.
"""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from riverain.accounts.labels import SYSTEM
from riverain.accounts.permissions import Permission as May
from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.core import versions
from riverain.core.refusals import Forbidden
from riverain.organisation.models import Role
from riverain.organisation.queries import VERSION
from riverain.organisation.rules import Scope


@dataclass(frozen=True, slots=True)
class DefaultRole:
    code: str
    name: str  # French: shown to administrators, who may know no other
    scope: Scope
    permissions: frozenset[May]


_READS = frozenset({May.READ_REPORTS, May.READ_TEXTS})
_SPEAKS = frozenset({May.READ_CONTACTS, May.WRITE_TO_REPORTER})
# Whoever answers residents: enters what they say (S0-60, S0-62, S3-02), tells them where it
# stands (S0-06), and records their claim when it is not done (S2-12, S2-13).
_ANSWERS = _READS | _SPEAKS | {May.ENTER_REPORTS, May.NOTE, May.REOPEN}
# Whoever runs the work of a service: takes it, hands it on, pauses it (S0-38), passes it to the
# metropolis or a landlord (S0-40, S0-41), says that it cannot be done (S0-43).
_RUNS = frozenset(
    {
        May.TAKE,
        May.HAND_OVER,
        May.HOLD,
        May.TRANSFER,
        May.DECLARE_DONE,
        May.PROPOSE_REJECTION,
        May.CORRECT,
    }
)
_COORDINATES = _ANSWERS | _RUNS | {May.CLOSE, May.PRIORITISE, May.READ_FIGURES, May.EXPORT}
# An outside body works on what it was handed and says when it is done (S4-11); it reads the
# words that say what to do, never who said them.
_OUTSIDE = _READS | {May.TAKE, May.DECLARE_DONE, May.NOTE}

DEFAULT_ROLES: Final = (
    DefaultRole("front_desk", "Agent d’accueil", Scope.ALL, _ANSWERS),
    # One platform serves Lille and Hellemmes (S0-62): the same rights, anchored to that service.
    DefaultRole("phone", "Plateforme téléphonique", Scope.ALL, _ANSWERS),
    # Works in the street for their service and enters what they see (S0-61, S0-84). Who reported
    # is no help there.
    DefaultRole(
        "field_agent",
        "Agent de terrain",
        Scope.SERVICE,
        _READS | {May.ENTER_REPORTS, May.TAKE, May.DECLARE_DONE, May.NOTE},
    ),
    # Evaluates at once and passes on to those who carry out (S4-01, S4-10); calls the person
    # back (S4-04).
    DefaultRole(
        "technician",
        "Technicien",
        Scope.SERVICE,
        _READS | _SPEAKS | _RUNS | {May.ENTER_REPORTS, May.NOTE, May.READ_FIGURES},
    ),
    # Closes once the teams have done it (S0-49, S0-64). Rejecting needs a second person, since
    # "rejet en cours" comes before "rejetée" (S0-43, S0-44).
    DefaultRole("coordinator", "Coordinateur", Scope.SERVICE, _COORDINATES),
    # Closes in the street as soon as it is done (S0-50, S0-65).
    DefaultRole(
        "crew_chief",
        "Chef d’équipe",
        Scope.SERVICE,
        _READS
        | {May.ENTER_REPORTS, May.TAKE, May.HAND_OVER, May.HOLD, May.DECLARE_DONE, May.CLOSE}
        | {May.PROPOSE_REJECTION, May.NOTE, May.READ_FIGURES},
    ),
    # Answers for the service, alone in a small town (S3-06, S3-13): also rejects.
    DefaultRole("referent", "Référent de service", Scope.SERVICE, _COORDINATES | {May.REJECT}),
    # The same rights under a name of their own: one leaves without the other losing anything.
    DefaultRole("deputy", "Référent suppléant", Scope.SERVICE, _COORDINATES | {May.REJECT}),
    # "Responsable Ville (validation)" (S4-01, S4-11): looks at what others propose and decides.
    DefaultRole(
        "validator",
        "Responsable validant",
        Scope.SERVICE,
        _READS
        | _SPEAKS
        | {May.CLOSE, May.REJECT, May.REOPEN, May.HAND_OVER, May.PRIORITISE, May.CORRECT, May.NOTE}
        | {May.READ_FIGURES, May.EXPORT},
    ),
    # Answers for its district, qualifies "Prioritaire" (S0-54), has its own figures (S0-88).
    DefaultRole(
        "district_hall",
        "Mairie de quartier",
        Scope.AREA,
        _ANSWERS | {May.PRIORITISE, May.READ_FIGURES},
    ),
    # What goes beyond a service comes here and is sent on (S2-05, S2-18).
    DefaultRole(
        "territory_director",
        "Directeur de territoire",
        Scope.AREA,
        _ANSWERS
        | {
            May.HAND_OVER,
            May.HOLD,
            May.TRANSFER,
            May.PROPOSE_REJECTION,
            May.CORRECT,
            May.PRIORITISE,
        }
        | {May.READ_FIGURES, May.EXPORT},
    ),
    # Sees what happens and the figures (S0-70, S2-07): no contact, and no words of residents,
    # which may name people.
    DefaultRole("elected", "Élu", Scope.ALL, frozenset({May.READ_REPORTS, May.READ_FIGURES})),
    DefaultRole("contractor", "Prestataire", Scope.PARTNER, _OUTSIDE),  # S0-66, S4-11
    DefaultRole("landlord", "Bailleur", Scope.PARTNER, _OUTSIDE),  # S0-40, S0-67
    # The metropolis too (S0-68), which runs the networks of its towns.
    DefaultRole("network", "Concessionnaire ou métropole", Scope.PARTNER, _OUTSIDE),  # S4-01
    # Runs the portals (S0-69, S2-03). Holds every right because nobody hands on what they do not
    # hold; each use stands in the log.
    DefaultRole("administrator", "Administrateur fonctionnel", Scope.ALL, frozenset(May)),
)


def install_roles(*, acting: str) -> None:
    """Creates the default roles, and brings those that stand to what is written here.

    Roles hold for every town of the instance, so only the operator's command line installs them
    (Forbidden for anyone else). A second run changes and records nothing.
    """
    if acting != SYSTEM:
        raise Forbidden(_("Les rôles s’installent depuis la ligne de commande."), code="roles")
    with transaction.atomic():
        versions.bump(VERSION)
        standing = {role.code: role for role in Role.objects.order_by("id")}
        for default in DEFAULT_ROLES:
            role = standing.get(default.code, Role(code=default.code))
            wanted = (default.name, default.scope.value, sorted(default.permissions))
            if (role.name, role.scope, role.permissions) == wanted:
                continue
            kind = "role.updated" if role.pk else "role.created"
            role.name, role.scope, role.permissions = wanted
            role.save()
            record(
                stream=Stream("role", role.pk),
                kind=kind,
                acting=acting,
                payload={
                    "code": role.code,
                    "name": role.name,
                    "scope": role.scope,
                    "permissions": role.permissions,
                },
            )
