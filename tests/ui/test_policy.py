"""The content policy, the import map that it allows by its hash, and what it forbids of us."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from riverain.config import env
from riverain.web.ui import importmap
from tests.ui.gallery import MIDDLEWARE

UI = Path(importmap.__file__).parent


@pytest.fixture
def page():
    with override_settings(ROOT_URLCONF="tests.ui.gallery", MIDDLEWARE=MIDDLEWARE):
        yield Client().get("/page/followed")


def directives(answer):
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def test_nothing_comes_from_elsewhere_and_nothing_inline_runs(page):
    policy = directives(page)
    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe" not in page["Content-Security-Policy"]


def test_the_one_inline_script_is_the_import_map_and_its_hash_is_allowed(page):
    html = page.content.decode()
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 1
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert directives(page)["script-src"] == ["'self'", f"'sha256-{digest}'"]


def test_an_answer_to_a_program_allows_no_inline_script():
    with override_settings(ROOT_URLCONF="tests.ui.gallery", MIDDLEWARE=MIDDLEWARE):
        answer = Client().get("/ui/quartiers.json")
    assert directives(answer)["script-src"] == ["'self'"]


def test_every_module_is_in_the_map_and_every_address_is_served():
    imports = json.loads(importmap.text())["imports"]
    assert {f"riverain/{path.stem}" for path in (UI / "static/ui/js").glob("*.js")} < set(imports)
    for path in importmap.modules().values():
        assert finders.find(path), path


def test_modules_import_by_bare_name_only():
    # A relative name would miss the digest that production puts in file names.
    for path in (UI / "static/ui/js").glob("*.js"):
        names = re.findall(r"""(?:from|import\(|resolve\()\s*["']([^"']+)""", path.read_text())
        assert [name for name in names if name not in importmap.modules()] == [], path.name


def test_no_template_of_ours_holds_a_style_or_a_handler():
    for path in sorted(UI.parent.rglob("*.html")):
        source = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source), path


@pytest.mark.parametrize(
    ("url", "origins"),
    [
        ("off", ()),
        ("ign", ("https://data.geopf.fr",)),
        ("https://data.geopf.fr/wmts?x={x}&y={y}&z={z}", ("https://data.geopf.fr",)),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", ("https://*.tiles.example",)),
        ("http://127.0.0.1:8080/{z}/{x}/{y}.png", ("http://127.0.0.1:8080",)),
    ],
)
def test_pictures_may_come_from_the_tiles_that_the_town_chose(monkeypatch, url, origins):
    monkeypatch.setenv("RIVERAIN_TILES_URL", url)
    assert env.tiles("RIVERAIN_TILES_URL", "RIVERAIN_TILES_ATTRIBUTION").origins == origins


def test_the_plan_of_the_ign_is_the_ground_unless_another_is_chosen(monkeypatch):
    monkeypatch.delenv("RIVERAIN_TILES_URL")
    tiles = env.tiles("RIVERAIN_TILES_URL", "RIVERAIN_TILES_ATTRIBUTION")
    assert "LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2" in tiles.url
    assert "IGN" in tiles.attribution
    monkeypatch.setenv("RIVERAIN_TILES_URL", "https://tiles.example/{z}/{x}/{y}.png")
    assert env.tiles("RIVERAIN_TILES_URL", "RIVERAIN_TILES_ATTRIBUTION").attribution == ""


@pytest.mark.parametrize(
    "url",
    [
        "tiles.example/{z}/{x}/{y}",
        "ftp://tiles.example/{z}/{x}/{y}",
        "javascript:alert(1)",
        "https://tiles.example/tile.png",
    ],
)
def test_tiles_are_an_address_of_the_web_that_says_which_tile(monkeypatch, url):
    monkeypatch.setenv("RIVERAIN_TILES_URL", url)
    with pytest.raises(env.SettingError):
        env.tiles("RIVERAIN_TILES_URL", "RIVERAIN_TILES_ATTRIBUTION")


def test_production_serves_names_that_carry_their_digest(tmp_path):
    """The real storage, on the real files: every address inside them is found and rewritten."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "riverain.web.ui.sheets.SheetStorage"},
    }
    for cached in (importmap.text, importmap.digest):
        cached.cache_clear()
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        imports = json.loads(importmap.text())["imports"]
        assert staticfiles_storage.url("ui/tokens.css") != "/static/ui/tokens.css"
        for name, address in imports.items():
            assert re.search(r"\.[0-9a-f]{12}\.(js|css)$", address), name
            assert (tmp_path / address.removeprefix("/static/")).exists(), name
    for cached in (importmap.text, importmap.digest):
        cached.cache_clear()
