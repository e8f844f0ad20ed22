"""A town with two services and a partner, and another that has none of them."""

from types import SimpleNamespace

import pytest

from riverain.organisation import actions
from riverain.territory.actions import register_collectivity

CLI = "system:cli"


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
