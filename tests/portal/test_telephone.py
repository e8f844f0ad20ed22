"""Numbers within words call themselves."""

import pytest

from riverain.web.portal.templatetags.portal import calling


def test_a_number_within_words_becomes_a_link_that_calls_it():
    assert calling("Appelez le 03 00 00 00 35 avec son numéro.") == (
        'Appelez le <a class="num" href="tel:0300000035">03\u00a000\u00a000\u00a000\u00a035</a>'
        " avec son numéro."
    )


@pytest.mark.parametrize(
    "words",
    [
        "https://exemple.example/0300000035",
        "lot 12 03 00 00",
        "103 00 00 00 350",
        "03 00 00 00 351",
    ],
)
def test_what_is_no_number_stays_as_it_is(words):
    assert calling(words) == words


def test_words_are_escaped():
    assert calling("<b>03 00 00 00 35").startswith("&lt;b&gt;<a ")
