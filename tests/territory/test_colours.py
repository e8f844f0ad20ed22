"""What colours a town may take, and what is made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core.refusals import Invalid
from riverain.territory import colours, rules

ANY = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_a_contrast_is_computed_as_the_standard_does():
    assert round(colours.contrast("#000000", "#ffffff"), 2) == 21
    assert round(colours.contrast("#ffffff", "#777777"), 2) == 4.48
    assert colours.contrast("#0d5c63", "#0d5c63") == 1


@given(ANY)
def test_the_nearest_colour_can_be_read_and_a_readable_one_is_left_as_it_is(colour):
    near = colours.nearest(colour)
    assert colours.weakest(near) >= colours.LEAST
    assert (near == colour) is (colours.weakest(colour) >= colours.LEAST)
    assert colours.nearest(near) == near
    assert rules.checked({"brand_colour": near}) == {"brand_colour": near}


@given(ANY)
def test_the_dark_scheme_keeps_the_hue(colour):
    _lightness, chroma, hue = colours._oklch(colour)
    _light, kept, found = colours._oklch(colours.dark(colours.nearest(colour)).brand)
    if min(chroma, kept) > 0.04:
        turned = abs(hue - found) % 6.2832
        assert min(turned, 6.2832 - turned) < 0.2


def test_a_colour_is_refused_with_its_contrast_and_the_nearest_that_is_taken():
    with pytest.raises(Invalid) as refused:
        rules.checked({"brand_colour": "#FFD500"})
    assert refused.value.field == "brand_colour"
    assert str(refused.value) == (
        "Sur le fond des pages, #ffd500 n’a qu’un contraste de 1,2 pour 1 ; il en faut 4,5. La plus"
        " proche qui se lit bien : #7f6907."
    )


def test_a_colour_just_short_is_not_said_to_be_enough():
    with pytest.raises(Invalid, match=r"contraste de 4,1 pour 1"):
        rules.checked({"brand_colour": "#e30613"})


@pytest.mark.parametrize("colour", ["#0D5C63", "#000000", "#b3261e"])
def test_a_colour_that_reads_well_is_taken(colour):
    assert rules.checked({"brand_colour": colour}) == {"brand_colour": colour.lower()}
