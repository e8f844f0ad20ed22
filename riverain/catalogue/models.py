"""The catalogue's rows. They are retired, never deleted: reports hang on them.

Every row carries its collectivity, in its unique keys and in composite foreign keys that the
first migration adds in SQL (Django cannot say them): no type ever hangs on another town's family,
no category on another family's type, no rule on another town's catalogue.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from riverain.catalogue.facts import LONGEST, Counts, Nature, Priority, Unit

CODE_LENGTH = 60
NAME_LENGTH = 120


class Item(models.Model):
    """What families, categories and types share."""

    collectivity = models.ForeignKey(
        "territory.Collectivity", on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    position = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="catalogue_%(class)s_code_form",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="catalogue_%(class)s_named"),
            models.UniqueConstraint(
                fields=["collectivity", "code"], name="catalogue_%(class)s_code"
            ),
            # what the composite keys refer to
            models.UniqueConstraint(fields=["collectivity", "id"], name="catalogue_%(class)s_key"),
        ]


class Family(Item):
    hint = models.TextField(blank=True)
    icon = models.CharField(max_length=CODE_LENGTH, blank=True)


class Category(Item):
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="categories")

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            # a type's category belongs to the type's family
            models.UniqueConstraint(
                fields=["collectivity", "family", "id"], name="catalogue_category_family_key"
            ),
        ]


class Type(Item):
    """One thing that can be reported. `facts.TypeSpec` says what each field means."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="types")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="types", null=True, blank=True
    )
    hint = models.TextField(blank=True)
    # By the database too: the release before this column goes on importing beside it.
    icon = models.CharField(max_length=CODE_LENGTH, blank=True, default="", db_default="")
    nature = models.CharField(max_length=20, default=Nature.REPORT.value)
    keywords = ArrayField(models.CharField(max_length=CODE_LENGTH), default=list, blank=True)
    agents_only = models.BooleanField(default=False)
    dead_end = models.TextField(blank=True)
    dangerous = models.BooleanField(default=False)
    emergency = models.TextField(blank=True)
    household = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=Priority.NORMAL.value)
    deadline_amount = models.PositiveIntegerField(null=True, blank=True)
    deadline_unit = models.CharField(max_length=10, blank=True)
    deadline_counts = models.CharField(max_length=10, blank=True)
    questions = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    competent_body = models.TextField(blank=True)

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nature__in=[one.value for one in Nature]),
                name="catalogue_type_nature_known",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=[one.value for one in Priority]),
                name="catalogue_type_priority_known",
            ),
            # The amount is asked for by name: what is unknown passes a CHECK.
            models.CheckConstraint(
                condition=Q(deadline_amount__isnull=True, deadline_unit="", deadline_counts="")
                | Q(
                    deadline_amount__isnull=False,
                    deadline_amount__range=(1, LONGEST[Unit.HOURS]),
                    deadline_unit=Unit.HOURS.value,
                    deadline_counts=Counts.ELAPSED.value,
                )
                | Q(
                    deadline_amount__isnull=False,
                    deadline_amount__range=(1, LONGEST[Unit.DAYS]),
                    deadline_unit=Unit.DAYS.value,
                    deadline_counts__in=[one.value for one in Counts],
                ),
                name="catalogue_type_deadline_whole",
            ),
        ]


class RoutingRule(models.Model):
    """Who receives what, where. At most one of type, category and family; none is the default.

    One rule for each target and area, so that a second import finds it again. A rule that leaves
    the file is deleted: a report keeps the service it was given, not the rule.
    """

    collectivity = models.ForeignKey(
        "territory.Collectivity", on_delete=models.PROTECT, related_name="+"
    )
    type = models.ForeignKey(
        Type, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area_kind = models.CharField(max_length=20, blank=True)
    area_code = models.CharField(max_length=100, blank=True)
    service = models.ForeignKey("organisation.Service", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        "organisation.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collectivity", "type", "category", "family", "area_kind", "area_code"],
                name="catalogue_rule_target_and_area",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=True, family__isnull=True)
                | Q(type__isnull=True, family__isnull=True)
                | Q(type__isnull=True, category__isnull=True),
                name="catalogue_rule_one_target",
            ),
            models.CheckConstraint(
                condition=Q(area_kind="", area_code="") | (~Q(area_kind="") & ~Q(area_code="")),
                name="catalogue_rule_area_whole",
            ),
        ]
