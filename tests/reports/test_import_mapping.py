"""The mapping of an import: every mistake in it is named before a row is read."""

import re
from pathlib import Path

import pytest

from riverain.catalogue.facts import Nature
from riverain.catalogue.reading import read
from riverain.core.refusals import Invalid
from riverain.reports.imports import mapping
from riverain.reports.models import Channel
from riverain.site.demo.town import CATALOGUE
from tests.reports.importing import MAPPING

ROOT = Path(__file__).resolve().parents[2]
DANSMARUE = CATALOGUE.with_name("paris-dansmarue.yaml")


def test_a_mapping_knows_the_columns_that_it_needs():
    plan = mapping.read(MAPPING)
    assert plan.columns == {
        "id_dmr",
        "type",
        "soustype",
        "adresse",
        "datedecl",
        "prefixe",
        "geo_point_2d",
    }
    assert (plan.source, plan.delimiter, plan.encoding) == ("dansmarue", ",", "utf-8-sig")
    assert not plan.received.has_time


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("source:", "sources:", "Clé inconnue : sources"),
        ("source: dansmarue\n", "", "La clé « source » doit être un texte"),
        ("source: dansmarue", "source: " + "d" * 41, "40 caractères au plus"),
        ("source: dansmarue", 'source: "dans\\nmarue"', "un nom d’une ligne"),
        ("identifiant: id_dmr\n", "", "La clé « identifiant » doit être un texte"),
        ("identifiant: id_dmr", "identifiant: [id]", "La clé « identifiant »"),
        ('reçu le: {colonne: datedecl, format: "%Y-%m-%d"}\n', "", "« reçu le » manque"),
        ("colonne: datedecl, format", "colonne: datedecl, forme", "« reçu le » s’écrit"),
        ("Android: mobile", "Android: pigeon", "« canal » : pigeon n’existe pas"),
        ("valeurs: {Android", "vaut: {Android", "« canal » a pour clés"),
        ("types:\n", "types: propreté\nautres:\n", "Clé inconnue : autres"),
        ("types:", "statut: rejeté\ntypes:", "« statut » : rejeté n’existe pas"),
        ("type: nid-de-poule}", "sorte: nid-de-poule}", "Règle 1 de « types »"),
        ("(?P<lat>", "(?P<nord>", "doit nommer (?P<lon>…) et (?P<lat>…)"),
        ("(?P<lon>", "((?P<lon>", "Le motif de « position » est faux"),
        ("  motif:", "  motifs:", "« position » s’écrit"),
        ("source: dansmarue", "source: dansmarue\nencodage: latin-99", "« latin-99 » est inconnu"),
        ("source: dansmarue", "source: dansmarue\nencodage: base64", "« base64 » est inconnu"),
        ("source: dansmarue", 'source: dansmarue\nséparateur: ";;"', "un seul caractère"),
        (
            "source: dansmarue",
            "source: dansmarue\nstatut: rangé",
            "« statut » : rangé n’existe pas",
        ),
        ("source: dansmarue", "source: {", "pas du YAML"),
        ("source: dansmarue", "source: dansmarue\nsource: autre", "Ligne 3 : la clé « source »"),
        ("valeurs: {Android", "valeurs: {Android: web, Android", "la clé « Android »"),
        ("valeurs: {Android: mobile, Page DMR Paris.fr: web}", "valeurs: [web]", "Les « valeurs »"),
        ("Android: mobile", "Android: [mobile]", "['mobile'] n’existe pas"),
        ("types:", "statut: {colonne: type, sinon: [à traiter]}\ntypes:", "n’existe pas"),
        ("colonne: datedecl, format", "colonne: [datedecl], format", "« reçu le » s’écrit"),
        ('"%Y-%m-%d"', '"%Q"', "« %Q » ne dit pas un jour"),
        ('"%Y-%m-%d"', '"%H:%M"', "« %H:%M » ne dit pas un jour"),
        ("source: dansmarue", 'source: dansmarue\nencodage: "a\\0b"', "est inconnu"),
        ("source: dansmarue", "source: dansmarue\nséparateur: '\"'", "un seul caractère"),
        ("source: dansmarue", 'source: dansmarue\nséparateur: "\\n"', "un seul caractère"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(old, new, why):
    broken = MAPPING.replace(old, new, 1)
    assert broken != MAPPING
    with pytest.raises(Invalid) as refusal:
        mapping.read(broken)
    assert why in str(refusal.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "liste de clés"),
        ("- source", "liste de clés"),
        ("source: &a [*a]", "renvois"),
        ("source: 2026-13-45", "pas du YAML"),
        ("[" * 5_000, "pas du YAML"),
        (MAPPING[: MAPPING.index("types:")] + "types: propreté", "une liste de règles"),
        ("!!python/object/apply:os.system ['true']", "pas du YAML"),
        ("#" * 600_000, "trop longue"),
    ],
)
def test_what_is_no_mapping_is_refused(text, why):
    with pytest.raises(Invalid) as refusal:
        mapping.read(text)
    assert why in str(refusal.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "form", ["%d/%m/%y", "%Y-%m-%dT%H:%M:%S%z", "%d %B %Y à %Hh%M", "%Y-%j", "%m/%d/%Y %I:%M %p"]
)
def test_a_form_that_tells_a_day_is_taken(form):
    assert mapping.read(MAPPING.replace("%Y-%m-%d", form)).received.format == form


def test_a_position_with_half_of_its_pattern_is_refused_as_one():
    plan = mapping.read(MAPPING.replace("(?P<lat>-?[0-9.]+)", "(?P<lat>-?[0-9.]+)?"))
    with pytest.raises(Invalid, match="deux nombres"):
        plan.position.read({"geo_point_2d": "'lon': 3.1, 'lat': nord"})


def test_patterns_do_not_look_at_case_and_take_line_breaks():
    rule = mapping.read(MAPPING).types[0]
    assert rule.covers({"type": "  graffitis,\ntags "})
    assert not rule.covers({"type": "Tags, graffitis"})
    assert not rule.covers({})


def test_the_mapping_that_the_handbook_shows_is_right():
    handbook = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", handbook, re.DOTALL)
    plan = mapping.read(shown)
    assert (plan.source, plan.delimiter, plan.encoding) == ("ancien-outil", ";", "cp1252")
    assert plan.channel.read({"origine": "Appli"}) == Channel.MOBILE
    assert plan.type_code({"theme": "Propreté", "detail": "Corbeille pleine"}) == "sac-plein"
    for name in (*mapping.CHANNELS, *mapping.STATUSES):
        assert name in handbook


def test_the_mapping_of_dansmarue_leads_to_types_that_make_reports():
    plan = mapping.read(DANSMARUE.read_text(encoding="utf-8"))
    types = {one.code: one for one in read(CATALOGUE.read_bytes()).spec.types}
    for rule in plan.types:
        assert types[rule.type_code].makes_reports
        assert types[rule.type_code].nature is Nature.REPORT
