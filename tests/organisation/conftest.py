"""Two towns, their shared cleaning department, a partner, people."""

from types import SimpleNamespace

import pytest

from riverain.accounts.actions import create_person
from riverain.organisation import actions, memberships, roles
from riverain.territory.models import Area, Collectivity

CLI = "system:cli"
# Any polygon will do: nothing here locates a point.
SQUARE = bytes.fromhex("0103000000000000000000")


def collectivity(slug, prefix):
    return Collectivity.objects.create(
        slug=slug, name=slug.title(), short_name=slug.title(), prefix=prefix
    )


def area(of, code, kind="district"):
    return Area.objects.create(
        collectivity=of, kind=kind, code=code, name=code.title(), geometry=SQUARE
    )


def person(email, name="Camille Dupont"):
    return create_person(acting=CLI, email=email, name=name)


@pytest.fixture
def town(db):
    """Lille and Hellemmes share a cleaning department with two teams; Caen stands apart."""
    roles.install_roles(acting=CLI)
    lille, hellemmes = collectivity("lille", "LIL"), collectivity("hellemmes", "HEL")
    caen = collectivity("caen", "CAE")
    both = [lille, hellemmes]
    cleaning = actions.create_service(
        acting=CLI, code="proprete", name="Propreté publique", collectivities=both
    )
    team = actions.create_service(
        acting=CLI, code="wazemmes", name="Équipe Wazemmes", collectivities=[lille], parent=cleaning
    )
    parks = actions.create_service(
        acting=CLI, code="parcs", name="Parcs et jardins", collectivities=[lille]
    )
    contractor = actions.create_partner(
        acting=CLI, kind="contractor", code="lilebo", name="Lilébo", collectivities=both
    )
    return SimpleNamespace(
        lille=lille,
        hellemmes=hellemmes,
        caen=caen,
        cleaning=cleaning,
        team=team,
        parks=parks,
        contractor=contractor,
        wazemmes=area(lille, "wazemmes"),
        fives=area(lille, "fives"),
    )


@pytest.fixture
def admin(town):
    """The functional administrator of Lille, and of Lille only."""
    user = person("admin@demo.example")
    memberships.grant(acting=CLI, user=user, role="administrator", collectivity=town.lille)
    return user
