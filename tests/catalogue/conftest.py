"""A town with two services and a partner, and another that has none of them."""

from types import SimpleNamespace

import pytest

from riverain.organisation import actions
from riverain.territory.actions import register_collectivity

CLI = "system:cli"

DEMO_SERVICES = (
    "proprete",
    "proprete-tags",
    "espaces-verts",
    "eclairage",
    "voirie",
    "mobilier-urbain",
    "signalisation",
    "hygiene",
    "tranquillite",
    "vie-quartiers",
)
DEMO_PARTNERS = {
    "netlys": "contractor",
    "habitat-flandre": "landlord",
    "metropole": "metropolis",
    "reseau-eau": "network",
    "reseau-electrique": "network",
}


@pytest.fixture
def town(db):
    lille, caen = (
        register_collectivity(acting=CLI, slug=name, name=name.title(), prefix=name[:3].upper())
        for name in ("lille", "caen")
    )
    services = {
        code: actions.create_service(
            acting=CLI, code=code, name=code.title(), collectivities=[lille]
        )
        for code in ("proprete", "voirie")
    }
    netlys = actions.create_partner(
        acting=CLI, kind="contractor", code="netlys", name="Netlys", collectivities=[lille]
    )
    return SimpleNamespace(lille=lille, caen=caen, netlys=netlys, **services)


@pytest.fixture
def demo_town(db):
    """A town with every service and partner that the demo catalogue names."""
    lille = register_collectivity(acting=CLI, slug="lille", name="Lille", prefix="LIL")
    for code in DEMO_SERVICES:
        actions.create_service(
            acting=CLI, code=code, name=code.replace("-", " ").title(), collectivities=[lille]
        )
    for code, kind in DEMO_PARTNERS.items():
        actions.create_partner(
            acting=CLI, kind=kind, code=code, name=code.title(), collectivities=[lille]
        )
    return lille
