"""What the tables refuse by themselves: a town's catalogue never hangs on another town's."""

import pytest
from django.db import IntegrityError, connection, transaction

from riverain.catalogue.models import Category, Family, RoutingRule, Type


@pytest.fixture
def rows(town):
    def family(of, code="f"):
        return Family.objects.create(collectivity=of, code=code, name="F", position=1)

    lille, caen = family(town.lille), family(town.caen)
    other = family(town.lille, "other")
    category = Category.objects.create(
        collectivity=town.lille, family=lille, code="c", name="C", position=1
    )
    type_ = Type.objects.create(
        collectivity=town.lille, family=lille, category=category, code="t", name="T", position=1
    )
    return town, lille, caen, other, category, type_


def refused(make, named):
    with pytest.raises(IntegrityError, match=named):
        _checked_at_once(make)


@transaction.atomic
def _checked_at_once(make):
    """Composite keys wait for the end of the transaction, which a test does not reach."""
    make()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def a_type(**facts):
    return lambda: Type.objects.create(code="x", name="X", position=1, **facts)


def a_rule(**facts):
    return lambda: RoutingRule.objects.create(position=1, **facts)


def test_a_category_or_type_belongs_to_a_family_of_its_own_town(rows):
    town, lille, caen, _other, _category, _type = rows
    refused(
        lambda: Category.objects.create(
            collectivity=town.lille, family=caen, code="x", name="X", position=1
        ),
        "catalogue_category_own_family",
    )
    refused(a_type(collectivity=town.lille, family=caen), "catalogue_type_own_family")
    refused(a_type(collectivity=town.caen, family=lille), "catalogue_type_own_family")


def test_a_types_category_is_one_of_its_family(rows):
    town, _lille, _caen, other, category, _type = rows
    refused(
        a_type(collectivity=town.lille, family=other, category=category),
        "catalogue_type_own_category",
    )


def test_a_category_cannot_leave_its_types_behind(rows):
    _town, _lille, _caen, other, category, _type = rows
    refused(
        lambda: Category.objects.filter(pk=category.pk).update(family=other),
        "catalogue_type_own_category",
    )


def test_a_rule_is_about_its_own_town(rows):
    town, lille, _caen, _other, category, type_ = rows
    for target in ({"type": type_}, {"category": category}, {"family": lille}):
        (name,) = target
        refused(
            a_rule(collectivity=town.caen, service=town.proprete, **target),
            f"catalogue_rule_own_{name}",
        )


def test_a_rule_has_one_target_and_a_whole_area(rows):
    town, lille, _caen, _other, _category, type_ = rows
    here = {"collectivity": town.lille, "service": town.proprete}
    refused(a_rule(**here, type=type_, family=lille), "catalogue_rule_one_target")
    refused(a_rule(**here, area_kind="sector"), "catalogue_rule_area_whole")
    refused(a_rule(**here, area_code="intra"), "catalogue_rule_area_whole")


def test_one_rule_for_each_target_and_area(rows):
    town = rows[0]
    here = {"collectivity": town.lille, "service": town.proprete}
    RoutingRule.objects.create(position=1, **here)
    refused(a_rule(**here), "catalogue_rule_target_and_area")


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"code": "T t"}, "catalogue_type_code_form"),
        ({"code": "t"}, "catalogue_type_code"),
        ({"name": ""}, "catalogue_type_named"),
        ({"nature": "denunciation"}, "catalogue_type_nature_known"),
        ({"priority": 9}, "catalogue_type_priority_known"),
        ({"deadline_amount": 3}, "catalogue_type_deadline_whole"),
        (
            {"deadline_unit": "days", "deadline_counts": "elapsed"},
            "catalogue_type_deadline_whole",
        ),
        (
            {"deadline_amount": 3, "deadline_unit": "hours", "deadline_counts": "working"},
            "catalogue_type_deadline_whole",
        ),
        (
            {"deadline_amount": 0, "deadline_unit": "days", "deadline_counts": "elapsed"},
            "catalogue_type_deadline_whole",
        ),
    ],
)
def test_a_type_holds_together(rows, facts, named):
    town, lille = rows[:2]
    values = {"code": "x", "name": "X", "position": 1, **facts}
    refused(lambda: Type.objects.create(collectivity=town.lille, family=lille, **values), named)
