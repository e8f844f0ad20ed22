"""The demo catalogue says what Lille's does, word for word, and holds together."""

import re
from collections import Counter
from importlib.resources import files as packaged

import pytest

from riverain.catalogue import rules, writing
from riverain.catalogue.facts import Counts, Deadline, Level, Nature, Outcome, Unit
from riverain.catalogue.reading import read
from riverain.web.ui.icons import ICONS
from tests.catalogue.made import load

TEXT = packaged("riverain.site.demo").joinpath("catalogue.yaml").read_text(encoding="utf-8")
SPEC = read(TEXT.encode()).spec
BY_NAME = {one.name: one for one in SPEC.types}
CLEANING = SPEC.families[0]
RESIDENTS_REPORT = [
    one for one in SPEC.types if one.nature is Nature.REPORT and not one.agents_only
]


@pytest.mark.row("S0-11", "S0-12", "S0-13", "S0-14", "S0-15", "S0-16")
def test_the_six_families_are_there():
    assert [family.name for family in SPEC.families] == [
        "Propreté et tags",
        "Signalisation et stationnement",
        "Espaces verts et jeux pour enfants",
        "Mobilier urbain (bancs, potelets, box vélo…)",
        "Voirie et assainissement",
        "Éclairage public",
    ]


@pytest.mark.row("S0-17", "S0-18", "S0-19", "S0-20", "S0-21", "S0-22")
def test_the_six_categories_of_cleaning_are_there_word_for_word():
    assert [one.name for one in CLEANING.categories] == [
        "Dépôts sauvages, rue sale",
        "Affichages et tags",
        "Poubelles de particuliers",
        "Rats, animaux",
        "Poubelles publiques, sacs canins",
        "Insécurité sur la voie publique",
    ]


@pytest.mark.row(
    *("S0-23", "S0-24", "S0-25", "S0-26", "S0-27", "S0-28", "S0-29"),
    *("S0-30", "S0-31", "S0-32", "S0-33", "S0-34", "S0-35", "S0-36"),
)
def test_the_fourteen_types_of_cleaning_are_there_word_for_word():
    offered = {
        one.name for one in CLEANING.types if one.nature is Nature.REPORT and not one.agents_only
    }
    assert offered == {
        "Salissures, dépôts, déjections",
        "Affichage ou tag non injurieux",
        "Affichage ou tag injurieux",
        "Poubelle constamment dehors",
        "Pigeons, rats",
        "Sac plein, pas de sac",
        "Poubelle non ramassée",
        "Frelons, guêpes, animaux morts",
        "Poubelle cassée",
        "RDV encombrants non honoré",
        "Seringues, débris de verre ou d'accident",
        "Dépôt d'amiante",
        "Point d'Apport Volontaire",
        "Sol glissant",
    }
    assert all(one.category for one in CLEANING.types if one.name in offered)


@pytest.mark.row("S0-55", "S0-56", "S0-57", "S0-58")
def test_the_deadlines_that_lille_commits_to():
    promised = {
        "Sac plein, pas de sac": 24,
        "Affichage ou tag injurieux": 48,
        "Seringues, débris de verre ou d'accident": 2,
    }
    for name, hours in promised.items():
        assert BY_NAME[name].deadline == Deadline(hours, Unit.HOURS, Counts.ELAPSED)
    assert BY_NAME["Seringues, débris de verre ou d'accident"].dangerous


@pytest.mark.row("S1-01")
def test_each_family_takes_reports_suggestions_and_praise():
    for family in SPEC.families:
        assert {one.nature for one in family.types} == set(Nature)


@pytest.mark.row("P-31")
def test_there_are_types_for_agents_and_types_that_make_no_report():
    assert sum(one.agents_only for one in SPEC.types) >= len(SPEC.families)
    dead_ends = [one for one in SPEC.types if one.dead_end]
    assert {"stationnement-genant", "fuite-eau", "danger-immediat"} <= {
        one.code for one in dead_ends
    }
    assert all(one.competent_body or one.dangerous for one in dead_ends)
    assert all("03 00 00 00" in one.dead_end.replace("\u00a0", " ") for one in dead_ends)


def test_what_points_at_a_household_or_a_shop_is_never_public():
    shielded = {one.code for one in SPEC.types if one.household}
    assert shielded >= {
        "poubelle-constamment-dehors",
        "poubelle-non-ramassee",
        "rdv-encombrants",
        "megots-devant-commerce",
        "haie-privee",
        "terrasse-etalage",
        "vehicule-epave",
        "velo-abandonne",
    }
    assert all(one.household for one in CLEANING.types if one.category == "poubelles-particuliers")


def test_dangerous_types_are_quick_and_say_what_to_do_meanwhile():
    for one in SPEC.types:
        if one.dangerous:
            assert one.emergency
        if one.dangerous and one.makes_reports:
            assert one.deadline.unit is Unit.HOURS
            assert one.deadline.amount <= 24


def test_there_is_enough_of_it_and_no_list_is_too_long_to_read():
    assert len(SPEC.types) >= 40
    for family in SPEC.families:
        seen = [one for one in family.types if one in RESIDENTS_REPORT]
        assert max(Counter(one.category for one in seen).values()) <= 10, family.code


@pytest.mark.row("P-27", "S2-16")
def test_every_report_ends_with_its_own_words_never_only_closed():
    told = {}
    for one in SPEC.types:
        if one.nature is Nature.REPORT and one.makes_reports:
            assert one.answers[Outcome.DONE]
            told[one.code] = [rules.answer(one, outcome) for outcome in Outcome]
    for one in RESIDENTS_REPORT:
        if one.makes_reports:
            assert one.answers[Outcome.NOTHING_FOUND], one.code
    for sentences in told.values():
        assert len(set(sentences)) == len(Outcome)
        assert not any("clôtur" in sentence or "délation" in sentence for sentence in sentences)
    assert rules.answer(BY_NAME["Sac plein, pas de sac"], Outcome.DONE) == (
        "La poubelle a été vidée et le sac remplacé."
    )


def test_every_type_is_found_by_words_and_every_icon_is_drawn():
    assert all(one.keywords for one in SPEC.types)
    assert {one.icon for one in (*SPEC.families, *SPEC.types)} - {""} <= set(ICONS)


def test_what_residents_report_most_is_told_apart_by_its_icon():
    assert all(one.icon for one in RESIDENTS_REPORT)
    tidy = [one for one in CLEANING.types if one in RESIDENTS_REPORT]
    assert len({one.icon for one in tidy}) == len(tidy) - 1  # a household's bin, twice


def test_every_name_number_and_address_is_invented():
    for number in TEXT.split("03\u00a0")[1:]:
        assert number.startswith("00\u00a000\u00a000\u00a0"), number[:20]
    assert not re.search(r"\b0[1-9]([ .]?[0-9]{2}){4}\b", TEXT)
    assert all("demo.example" in part for part in TEXT.split("@")[1:])


def test_routing_names_only_what_the_demo_organisation_has():
    assert {rule.service for rule in SPEC.rules} == {
        "eclairage",
        "espaces-verts",
        "hygiene",
        "mobilier-urbain",
        "proprete",
        "proprete-tags",
        "signalisation",
        "tranquillite",
        "vie-quartiers",
        "voirie",
    }
    assert {rule.partner for rule in SPEC.rules if rule.partner} == {
        "habitat-flandre",
        "metropole",
        "netlys",
        "reseau-eau",
        "reseau-electrique",
    }
    assert {rule.area for rule in SPEC.rules if rule.area} == {("sector", "intra-muros")}
    assert SPEC.rules[0].level is Level.DEFAULT


def test_the_file_is_written_as_an_export_would_write_it():
    """So that the difference between two exports is the difference between two catalogues."""
    _heading, _blank, body = TEXT.partition("\n\n")
    assert body == writing.write(SPEC)


def test_it_goes_into_a_town_that_has_its_services(demo_town):
    report = load(demo_town, TEXT)
    assert len(report.types.created) == len(SPEC.types)
    assert not load(demo_town, TEXT).changes
