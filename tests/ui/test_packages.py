"""The front-end packages: locked without the address of any registry, shipped by a list."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = json.loads((ROOT / "package.json").read_text())
LOCK = json.loads((ROOT / "package-lock.json").read_text())


def test_the_lock_names_no_registry_and_pins_every_package():
    assert not [name for name, entry in LOCK["packages"].items() if "resolved" in entry]
    others = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in others.values())
    assert "registry" not in (ROOT / "package-lock.json").read_text()


def test_versions_are_exact():
    for kind in ("dependencies", "devDependencies"):
        for name, version in PACKAGE[kind].items():
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_only_what_pages_use_ships_and_its_licence_with_it():
    shipped = PACKAGE["riverain"]["copy"]
    packages = {re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", source)[1] for source in shipped}
    assert packages == set(PACKAGE["dependencies"])
    for package in packages:
        assert f"node_modules/{package}/LICENSE" in shipped
    for source, copy in shipped.items():
        assert (ROOT / PACKAGE["riverain"]["into"] / copy).exists(), source
