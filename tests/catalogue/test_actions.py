import pytest
from django.db import connection
from shapely import box

from riverain.accounts.actions import create_person
from riverain.audit.models import Entry
from riverain.catalogue import files, queries, writing
from riverain.catalogue.document import InvalidFile
from riverain.catalogue.facts import (
    AreaKey,
    CatalogueSpec,
    CategorySpec,
    FamilySpec,
    Level,
    RuleSpec,
)
from riverain.catalogue.models import Category, Family, RoutingRule, Type
from riverain.core import versions
from riverain.core.refusals import Forbidden, NotFound
from riverain.organisation import actions as organisation
from riverain.organisation import memberships, roles
from riverain.territory.models import Area
from tests.catalogue.made import CLI, a_type, catalogue, load, written

DEFAULT = RuleSpec(level=Level.DEFAULT, service="proprete")


def entries():
    return Entry.objects.filter(stream_kind="catalogue").order_by("seq")


def test_an_import_counts_what_it_made(town):
    report = load(town.lille, written(a_type("a"), a_type("b")))
    assert report.types.created == ("a", "b")
    assert report.families.created == ("proprete",)
    assert report.rules.created == ("default",)
    assert report.as_dict()["types"] == {
        "created": 2, "updated": 0, "restored": 0, "retired": 0, "unchanged": 0, "retired_codes": [],
    }  # fmt: skip
    assert "  Types\u00a0: 2 en plus" in "\n".join(report.lines())


def test_a_second_import_changes_doubles_and_records_nothing(town):
    text = written(a_type("a"), a_type("b"))
    load(town.lille, text)
    before = versions.current("catalogue")
    report = load(town.lille, text)
    assert not report.changes
    assert report.types.unchanged == 2
    assert "Rien n’a changé." in report.lines()
    assert (Family.objects.count(), Type.objects.count(), RoutingRule.objects.count()) == (1, 2, 1)
    assert entries().count() == 1
    assert versions.current("catalogue") == before


def test_a_changed_type_keeps_its_row(town):
    load(town.lille, written(a_type("a", name="Avant"), a_type("b")))
    row = Type.objects.get(code="a")
    report = load(town.lille, written(a_type("a", name="Après"), a_type("b")))
    assert report.types.updated == ("a",)
    assert report.types.unchanged == 1
    assert Type.objects.get(code="a").pk == row.pk
    assert Type.objects.get(code="a").name == "Après"


def test_what_leaves_the_file_is_retired_and_can_come_back(town):
    load(town.lille, written(a_type("a"), a_type("b")))
    row = Type.objects.get(code="b")
    report = load(town.lille, written(a_type("a")))
    assert report.types.retired == ("b",)
    assert "Retirés\u00a0: b" in "\n".join(report.lines())
    row.refresh_from_db()
    assert row.is_active is False
    assert not load(town.lille, written(a_type("a"))).changes
    back = load(town.lille, written(a_type("a"), a_type("b", name="Encore")))
    assert back.types.restored == ("b",)
    row.refresh_from_db()
    assert (row.is_active, row.name) == (True, "Encore")


def test_an_empty_list_retires_everything_and_deletes_nothing_but_rules(town):
    load(town.lille, written(a_type("a")))
    report = load(town.lille, "familles: []")
    assert report.types.retired == ("a",)
    assert report.rules.retired == ("default",)
    assert Type.objects.filter(is_active=False).count() == 1
    assert not RoutingRule.objects.exists()
    assert files.dump(collectivity_id=town.lille.pk) == "familles: []\n\nroutage: []\n"


def test_rules_are_found_again_by_what_and_where_they_are_about(town):
    inside = RuleSpec(level=Level.DEFAULT, area=AreaKey("sector", "intra"), service="proprete")
    load(town.lille, written(a_type("a"), rules=[DEFAULT, inside]))
    kept = RoutingRule.objects.get(area_code="intra")
    moved = RuleSpec(
        level=Level.DEFAULT, area=AreaKey("sector", "intra"), service="voirie", partner="netlys"
    )
    report = load(town.lille, written(a_type("a"), rules=[DEFAULT, moved]))
    assert report.rules.updated == ("default@sector:intra",)
    kept.refresh_from_db()
    assert (kept.service_id, kept.partner_id) == (town.voirie.pk, town.netlys.pk)
    report = load(town.lille, written(a_type("a"), rules=[moved, DEFAULT]))
    assert set(report.rules.updated) == {"default", "default@sector:intra"}
    assert queries.spec(town.lille.pk).rules == (moved, DEFAULT)


def test_a_category_may_move_to_another_family_with_its_types_retired_or_not(town):
    def families(*given):
        return writing.write(CatalogueSpec(families=given, rules=(DEFAULT,)))

    tags = CategorySpec(code="tags", name="Tags")
    one = FamilySpec(code="one", name="Un", categories=(tags,), types=(
        a_type("a", category="tags"), a_type("b", category="tags"))
    )  # fmt: skip
    load(town.lille, families(one, FamilySpec(code="two", name="Deux")))
    two = FamilySpec(
        code="two", name="Deux", categories=(tags,), types=(a_type("a", category="tags"),)
    )
    load(town.lille, families(FamilySpec(code="one", name="Un"), two))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    retired = Type.objects.select_related("family").get(code="b")
    assert (retired.is_active, retired.family.code) == (False, "two")
    assert Category.objects.get().family.code == "two"


def test_a_refused_file_leaves_nothing_half_written(town):
    load(town.lille, written(a_type("a")))
    before = files.dump(collectivity_id=town.lille.pk)
    with pytest.raises(InvalidFile) as caught:
        load(
            town.lille,
            written(a_type("b"), rules=[RuleSpec(level=Level.DEFAULT, service="x", partner="y")]),
        )
    assert [problem.path[-1] for problem in caught.value.problems] == ["service", "partenaire"]
    assert "proprete, voirie" in str(caught.value)
    assert files.dump(collectivity_id=town.lille.pk) == before
    assert entries().count() == 1


def test_the_services_of_another_town_cannot_receive(town):
    with pytest.raises(InvalidFile) as caught:
        load(town.caen, written(a_type("a")))
    assert "n’est pas de cette collectivité" in str(caught.value)


def test_closed_services_do_not_count_as_reached(town):
    organisation.update_service(acting=CLI, service=town.proprete, is_active=False)
    with pytest.raises(InvalidFile) as caught:
        load(town.lille, written(a_type("a"), a_type("b", dead_end="Appelez.")))
    (problem,) = caught.value.problems
    assert problem.path[-1] == "a"
    assert problem.line
    assert "fermés" in problem.message


def test_a_rule_for_an_area_that_nobody_brought_is_warned_of_not_refused(town):
    rules = [
        DEFAULT,
        RuleSpec(level=Level.DEFAULT, area=AreaKey("sector", "intra"), service="voirie"),
    ]
    (warning,) = load(town.lille, written(a_type("a"), rules=rules)).warnings
    assert "intra" in warning
    Area.objects.create(
        collectivity=town.lille,
        kind="sector",
        code="intra",
        name="Intra",
        geometry=box(3, 50.6, 3.01, 50.61).wkb,
    )
    versions.bump("territory")
    assert load(town.lille, written(a_type("a"), rules=rules)).warnings == ()


def test_the_log_keeps_counts_and_no_text(town):
    load(town.lille, written(a_type("a", hint="Un texte"), a_type("b")))
    load(town.lille, written(a_type("a")))
    first, second = entries()
    assert (first.kind, first.acting, first.stream_id) == (
        "catalogue.imported",
        CLI,
        town.lille.pk,
    )
    assert first.payload["types"]["created"] == 2
    assert second.payload["types"]["retired_codes"] == ["b"]
    assert "Un texte" not in str(first.payload)


def test_only_who_manages_the_catalogue_there_may_import(town):
    roles.install_roles(acting=CLI)
    admin = create_person(acting=CLI, email="admin@demo.example", name="Camille")
    memberships.grant(acting=CLI, user=admin, role="administrator", collectivity=town.lille)
    desk = create_person(acting=CLI, email="accueil@demo.example", name="Dominique")
    memberships.grant(acting=CLI, user=desk, role="front_desk", collectivity=town.lille)
    text = written(a_type("a"))
    assert load(town.lille, text, acting=f"agent:{admin.pk}").changes
    refused = [f"agent:{desk.pk}", "agent:0", "agent:²", "agent:", "reporter", "", "system:clio"]
    for acting in refused:
        with pytest.raises(Forbidden):
            load(town.lille, "familles: []", acting=acting)
    with pytest.raises(Forbidden):
        load(town.caen, "familles: []", acting=f"agent:{admin.pk}")
    assert entries().get().acting == f"agent:{admin.pk}"


def test_an_unknown_collectivity_is_refused(town):
    town.lille.pk = 0
    with pytest.raises(NotFound):
        load(town.lille, written(a_type("a")))


def test_two_towns_may_use_the_same_codes(town):
    organisation.update_service(
        acting=CLI, service=town.proprete, collectivities=[town.lille, town.caen]
    )
    load(town.lille, written(a_type("a", name="Lillois")))
    load(town.caen, written(a_type("a", name="Caennais")))
    assert load(town.lille, "familles: []").types.retired == ("a",)
    assert queries.catalogue(town.caen.pk).type("a").name == "Caennais"
    assert queries.catalogue(town.caen.pk).type("a").active
    assert not queries.catalogue(town.lille.pk).type("a").active


def test_the_number_of_queries_does_not_grow_with_the_catalogue(
    town, django_assert_max_num_queries
):
    few = catalogue(*(a_type(f"t{n}") for n in range(3)))
    many = catalogue(*(a_type(f"t{n}") for n in range(60)))
    load(town.lille, writing.write(few))
    with django_assert_max_num_queries(25):
        load(town.lille, writing.write(many))
