"""A town's colours on its pages."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import Client, override_settings

from tests.ui.gallery import MIDDLEWARE


@pytest.fixture(autouse=True)
def gallery_urls():
    with override_settings(ROOT_URLCONF="tests.ui.gallery", MIDDLEWARE=MIDDLEWARE):
        yield


def test_a_sheet_is_kept_for_a_year_by_whoever_passes_it_on():
    answer = Client().get("/theme/5a2d82.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--brand: light-dark(#5a2d82, #" in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("address", ["ffd500.css", "5A2D82.css", "5a2d8.css", "5a2d82.css.css"])
def test_there_is_no_sheet_for_a_colour_that_no_town_may_have(address):
    assert Client().get(f"/theme/{address}").status_code == 404


def test_a_page_names_the_sheet_of_its_town_alone():
    def links(**facts):
        place = SimpleNamespace(name="Lille", timezone="Europe/Paris", **facts)
        return (
            engines["django"].from_string("{% load ui %}{% theme_link %}").render({"place": place})
        )

    assert links(brand_colour="#5a2d82").strip() == (
        '<link rel="stylesheet" href="/theme/5a2d82.css">'
    )
    assert links(brand_colour="") == links() == ""
    assert engines["django"].from_string("{% load ui %}{% theme_link %}").render({}) == ""
