"""The colours of mails. Mail programs take no style sheet's variables: the tokens of web/ui are
copied here (a test holds them together), and the town's own colour with the shades of `territory`.
"""

from dataclasses import dataclass

from riverain.territory import colours
from riverain.territory.facts import CollectivityFacts

_BRAND = "#0d5c63"


@dataclass(frozen=True, slots=True)
class Scheme:
    """Named as the tokens are."""

    ink: str
    ink_2: str
    paper: str
    surface: str
    line: str
    brand: str
    on_brand: str


@dataclass(frozen=True, slots=True)
class Look:
    """Light by default; dark where the program says that its reader has it so."""

    light: Scheme
    dark: Scheme


def of(town: CollectivityFacts) -> Look:
    """The town's mails."""
    brand = town.brand_colour or _BRAND
    light, dark = colours.light(brand), colours.dark(brand)
    return Look(
        light=Scheme(
            ink="#14232b",
            ink_2="#4a5a63",
            paper="#f7f5f0",
            surface="#ffffff",
            line="#dedad0",
            brand=light.brand,
            on_brand=light.on_brand,
        ),
        dark=Scheme(
            ink="#eef2f1",
            ink_2="#b3c0c3",
            paper="#0e171b",
            surface="#162228",
            line="#2b3a41",
            brand=dark.brand,
            on_brand=dark.on_brand,
        ),
    )
