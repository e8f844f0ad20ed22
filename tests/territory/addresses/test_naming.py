"""Which town a typed address names: what stands last, the street that is there, or a postcode of
nobody here."""

import pytest

from riverain.territory import queries
from riverain.territory.addresses import naming
from riverain.territory.addresses.importing import import_file
from riverain.territory.addresses.naming import NOWHERE
from tests.territory.addresses.ban import line, write

HELLEMMES = {"lon": "3.11", "lat": "50.63", "code_postal": "59260"}
LOMME = {"lon": "2.98", "lat": "50.63", "code_postal": "59160"}
MERGED = {"code_insee_ancienne_commune": "59355", "nom_ancienne_commune": "Lomme"}
LILLE = {"lon": "3.045", "lat": "50.63"}


@pytest.fixture
def streets(city, tmp_path):
    lines = [
        line("0110", 60, name="Rue Pasteur", **HELLEMMES),
        line("0120", 60, name="Rue Voltaire", **LOMME, **MERGED),
        line("0121", 60, name="Grande Rue", **LOMME, **MERGED),
        line("0130", 60, name="Rue Faidherbe", **LILLE),
        line("0131", 60, name="Rue Faidherbe", **LOMME, **MERGED),
        line("0140", 60, name="Rue de Lomme", **LILLE),
    ]
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", lines))


def named(text: str, page: str = "lille") -> object:
    found = naming.named(text, town=queries.collectivity_by_slug(page))
    return getattr(found, "slug", found)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Rue Voltaire, 59160 Lille (Lomme)", "lomme"),  # as the suggestions write a street
        ("rue voltaire 59160 lomme", "lomme"),
        ("60 rue Voltaire Lomme", "lomme"),
        ("60 rue Faidherbe à Lomme", "lomme"),
        ("devant l’église, Lomme", "lomme"),  # no street of ours
        ("lomme", "lomme"),
        ("Grande Rue, Lomme", "lomme"),
        ("60 rue Pasteur, Hellemmes", "hellemmes"),
        ("12 rue Nationale, 59100 Roubaix", NOWHERE),
        ("12 rue Nationale 59491 Villeneuve-d’Ascq", NOWHERE),
        ("59100 Roubaix", NOWHERE),
    ],
)
def test_a_town_that_an_address_names_is_the_one(streets, text, town):
    assert named(text) == town


@pytest.mark.parametrize(
    "text",
    [
        "60 rue Voltaire",  # a street that is there only, but nobody said where
        "60 rue Faidherbe, Lille",
        "60 rue Faidherbe, 59000 Lille",
        "12 rue Inconnue, 59033 Lille Cedex",
        "12 rue Inconnue, 59033 Lile",
        "Cité administrative, 59033 Cedex",
        "rue de Lomme",
        "12 rue de Lomme",
        "12 rue d’Hellemmes",
        "12 boulevard de la Lomme",
        "au bord du canal, derrière Lomme",
        "lampadaire 59123 devant l’école",
        "12345 rue Faidherbe",
        "rue Nationale, Roubaix",  # a name that nobody here can know
        "en face de l’école",
        ",",
        "()",
        "59100 ",
    ],
)
def test_what_names_no_other_town_is_left_to_the_page(streets, text):
    assert named(text) is None


def test_the_page_s_own_town_is_no_other(streets):
    assert named("60 rue Pasteur, Hellemmes", page="hellemmes") is None
    assert named("60 rue Faidherbe, 59000 Lille", page="hellemmes") == "lille"


def test_without_addresses_no_postcode_is_foreign(city):
    assert named("12 rue Nationale, 59100 Roubaix") is None
    assert named("avenue de Dunkerque, Lomme") == "lomme"
