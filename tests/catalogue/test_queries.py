import pytest

from riverain.catalogue import queries, writing
from riverain.catalogue.facts import (
    CatalogueSpec,
    CategorySpec,
    FamilySpec,
    Level,
    RuleSpec,
    TypeFacts,
)
from riverain.catalogue.models import Type
from riverain.core import versions
from tests.catalogue.made import a_type, load, written

DEFAULT = RuleSpec(level=Level.DEFAULT, service="proprete")


@pytest.fixture
def facts(town):
    cleaning = FamilySpec(
        code="proprete",
        name="Propreté",
        icon="bin",
        categories=(
            CategorySpec(code="tags", name="Tags"),
            CategorySpec(code="internes", name="Internes"),
        ),
        types=(
            a_type("tag", category="tags", icon="spray"),
            a_type("interne", category="internes", agents_only=True),
            a_type("chez-eux", household=True),
        ),
    )
    inside = FamilySpec(code="atelier", name="Atelier", types=(a_type("outil", agents_only=True),))
    load(town.lille, writing.write(CatalogueSpec(families=(cleaning, inside), rules=(DEFAULT,))))
    return queries.catalogue(town.lille.pk)


def codes(items):
    return [one.code for one in items]


def test_families_hold_their_categories_and_types_in_order(facts):
    assert codes(facts.families) == ["proprete", "atelier"]
    cleaning = facts.families[0]
    assert codes(cleaning.types) == ["tag", "interne", "chez-eux"]
    assert [codes(one.types) for one in cleaning.categories] == [["tag"], ["interne"]]
    assert codes(cleaning.other_types) == ["chez-eux"]
    assert codes(facts.types) == ["tag", "interne", "chez-eux", "outil"]


def test_a_type_shows_its_own_icon_or_its_family_s(facts):
    assert [one.shown_icon for one in facts.types] == ["spray", "bin", "bin", ""]


@pytest.mark.row("P-31")
def test_residents_are_not_offered_what_only_agents_report(facts):
    (cleaning,) = facts.resident_families
    assert codes(cleaning.types) == ["tag", "chez-eux"]
    assert codes(cleaning.categories) == ["tags"]


def test_a_type_is_found_by_code_and_by_id_retired_or_not(town, facts):
    tag = facts.type("tag")
    assert isinstance(tag, TypeFacts)
    assert (tag.family_code, tag.category, tag.active) == ("proprete", "tags", True)
    assert facts.type_by_id(tag.id) is tag
    assert (facts.type("rien"), facts.type_by_id(0)) == (None, None)
    load(town.lille, written(a_type("autre")))
    later = queries.catalogue(town.lille.pk)
    assert later.type("tag").active is False
    assert later.type_by_id(tag.id).name == tag.name
    assert codes(later.types) == ["autre"]


def test_a_type_is_named_from_memory_and_a_younger_one_is_read(
    town, facts, django_assert_num_queries
):
    tag = facts.type("tag")
    versions.current("catalogue")
    with django_assert_num_queries(0):
        assert queries.type_of(town.lille.pk, tag.id) is tag
    made = Type.objects.get(pk=tag.id)
    made.pk, made.code = None, "neuf"
    made.save()  # as another process does: the version that is held here is a second old
    with django_assert_num_queries(1):
        young = queries.type_of(town.lille.pk, made.pk)
    assert (young.code, young.family_code, young.name) == ("neuf", "proprete", tag.name)


def test_the_catalogue_is_read_once_for_each_version(town, facts, django_assert_num_queries):
    assert queries.catalogue(town.lille.pk) is facts
    versions.current("catalogue")
    with django_assert_num_queries(0):
        for _ in range(10):
            queries.catalogue(town.lille.pk)
    load(town.lille, written(a_type("tag")))
    assert queries.catalogue(town.lille.pk) is not facts


@pytest.mark.row("S0-81")
def test_types_are_found_by_words_by_the_catalogue_as_it_stands(town):
    lille = town.lille.pk
    load(town.lille, written(a_type("banc"), a_type("souche", agents_only=True)))
    assert codes(queries.find(lille, "banc", for_residents=True)) == ["banc"]
    assert queries.find(lille, "souche", for_residents=True) == []
    assert codes(queries.find(lille, "souche", for_residents=False)) == ["souche"]
    load(town.lille, written(a_type("banc", keywords=("assise",)), a_type("table")))
    assert codes(queries.find(lille, "assises", for_residents=True)) == ["banc"]
    assert codes(queries.find(lille, "table", for_residents=True)) == ["table"]
    assert queries.find(lille, "souche", for_residents=False) == []


def test_words_are_found_in_the_collectivity_s_own_catalogue_alone(town):
    load(town.lille, written(a_type("banc")))
    assert queries.find(town.caen.pk, "banc", for_residents=True) == []


def test_a_collectivity_without_a_catalogue_has_an_empty_one(town):
    empty = queries.catalogue(town.caen.pk)
    assert (empty.families, empty.types, empty.rules) == ((), (), ())
