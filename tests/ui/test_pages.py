"""The pages of the gallery render, with every component, under the strict engine."""

import pytest
from django.template import TemplateSyntaxError, engines
from django.test import Client, override_settings

from tests.ui.gallery import MIDDLEWARE
from tests.ui.strict import UndefinedVariableError

pytestmark = pytest.mark.usefixtures("gallery_urls")


@pytest.fixture
def gallery_urls():
    with override_settings(ROOT_URLCONF="tests.ui.gallery", MIDDLEWARE=MIDDLEWARE):
        yield


@pytest.mark.parametrize("name", ["home", "form", "followed", "worklist", "report", "thanks"])
def test_a_page_of_the_gallery_renders_in_both_languages(name):
    for language in ("fr", "en"):
        answer = Client(headers={"accept-language": language}).get(f"/page/{name}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.content.decode()


def test_an_undefined_variable_fails():
    with pytest.raises(UndefinedVariableError, match="nothing_there"):
        engines["django"].from_string("{{ nothing_there }}").render({})


@pytest.mark.parametrize(
    "source",
    [
        '{% button label="A" colour="red" %}',
        "{% button %}",
        '{% chip "A" kind="red" %}',
        '{% notice kind="loud" %}A{% endnotice %}',
    ],
)
def test_a_wrong_or_missing_prop_is_a_template_error(source):
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% load ui %}" + source).render({})
