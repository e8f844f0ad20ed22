"""One style sheet a surface, with every rule of its sources in their order."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template
from django.test import override_settings

from riverain.web.ui import sheets

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "riverain.web.ui.sheets.SheetStorage"},
}


def source(path):
    return Path(finders.find(path)).read_text(encoding="utf-8")


def rules(text):
    """The text without what says nothing to a browser."""
    return re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def linked(surface):
    page = Template('{% load ui %}{% style_sheet "' + surface + '" %}').render(Context())
    return re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)


@pytest.fixture
def gathered(tmp_path):
    sheets.links.cache_clear()
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=STORAGES):
        # Twice, as each start of `serve` gathers over what the one before left.
        for _again in range(2):
            call_command("collectstatic", interactive=False, verbosity=0)
        yield tmp_path
    sheets.links.cache_clear()


@pytest.mark.parametrize("surface", sheets.SHEETS)
def test_the_sheet_holds_every_rule_of_its_sources_in_their_order(gathered, surface):
    (href,) = linked(surface)
    assert re.fullmatch(rf"/static/sheets/{surface}\.[0-9a-f]{{12}}\.css", href)
    kept = (gathered / href.removeprefix("/static/")).read_text(encoding="utf-8")
    # Addresses got their digests: those of the sources are theirs without.
    plain = re.sub(r"\.[0-9a-f]{12}\.woff2", ".woff2", kept)
    assert rules(plain) == "".join(rules(source(path)) for path in sheets.SHEETS[surface])
    assert "/*" not in kept


def test_the_typeface_is_found_from_the_sheet_and_a_compressed_copy_is_served(gathered):
    (href,) = linked("portal")
    sheet = gathered / href.removeprefix("/static/")
    fonts = re.findall(r'url\("(\.\./vendor/[^"]+)"\)', sheet.read_text(encoding="utf-8"))
    assert len(fonts) == 2
    assert all((sheet.parent / font).resolve().is_file() for font in fonts)
    assert sheet.with_name(sheet.name + ".gz").is_file()


def test_sources_are_linked_one_by_one_where_nothing_was_gathered():
    assert not isinstance(staticfiles_storage, sheets.SheetStorage)
    assert linked("portal") == [f"/static/{path}" for path in sheets.SHEETS["portal"]]


def test_no_source_holds_what_a_lean_sheet_would_lose():
    """A comment's sign inside a string, or an empty start of line inside one, would be taken out."""
    for path in {path for sources in sheets.SHEETS.values() for path in sources}:
        for said in re.findall(r'"[^"]*"', re.sub(r"/\*.*?\*/", "", source(path), flags=re.DOTALL)):
            assert not re.search(r"/\*|\n", said), path
