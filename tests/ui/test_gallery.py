"""The page of every component: whole, true, and absent where nobody asked for it."""

import importlib
import inspect
import re

import pytest
from django.template import Library
from django.test import Client, override_settings
from django.urls import clear_url_caches

from riverain.web.ui import urls
from riverain.web.ui.gallery import reading, specimens
from riverain.web.ui.templatetags import ui
from tests.ui.gallery import MIDDLEWARE

# What is no box to look at: filters, pieces of a page, what asks a server, parts of another.
NOT_SHOWN = {
    "address",
    "fixed",
    "language_form",
    "import_map",
    "style_sheet",
    "theme_link",
    "crest",
    "icon",
    "step",
    "fact",
    "photo_pair",
    "length",
    "on_day",
    "proof_of_work",
    "place_picker",
    "map_view",
    "geocoder_host",
    "tiles_host",
}


@pytest.fixture
def client():
    with override_settings(ROOT_URLCONF="tests.ui.gallery", MIDDLEWARE=MIDDLEWARE):
        yield Client()


def shown():
    return [one.name for _title, components in specimens.GROUPS for one in components]


def test_every_component_is_shown():
    library: Library = ui.register
    assert set(shown()) >= {name for name in library.tags if not name.startswith("end")} - NOT_SHOWN
    assert len(shown()) == len(set(shown()))


def test_the_page_draws_each_component_with_the_properties_of_its_declaration(client):
    text = client.get("/ui/").content.decode()
    for name in shown():
        assert f'id="{name}"' in text
        says, props = reading.declared(name)
        assert says
        given = set(
            inspect.signature(getattr(ui, name, None) or getattr(ui.form_tags, name)).parameters
        )
        assert {prop.name for prop in props} == given - {"context", "content"}
    assert {"label", "kind", "key"} <= {prop.name for prop in reading.declared("button")[1]}
    assert reading.declared("button")[1][0].default == ""


def test_the_page_takes_no_focus_and_writes_each_id_once(client):
    text = client.get("/ui/").content.decode()
    assert "autofocus" not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))


def test_the_page_measures_what_the_tests_measure():
    looks = reading.pairs()
    assert len(looks) == sum(map(len, reading.WORDS.values()))
    assert min(look.ratio for _word, _ground, both in looks for look in both) >= 4.5
    assert ("s4", "1rem") in reading.sizes()
    assert "surface" not in dict(reading.sizes())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ui/page/home", 200),
        ("/ui/page/index", 404),
        ("/ui/erreur/429", 429),
        ("/ui/erreur/418", 404),
        ("/ui/image/avant.svg", 200),
        ("/ui/image/x.svg", 404),
    ],
)
def test_its_pages(client, address, status):
    assert client.get(address).status_code == status


def test_the_address_exists_where_the_setting_opens_it_alone():
    def routes():
        importlib.reload(urls)
        clear_url_caches()
        return [str(route.pattern) for route in urls.urlpatterns]

    try:
        with override_settings(GALLERY=True):
            assert "ui/" in routes()
    finally:
        assert "ui/" not in routes()
