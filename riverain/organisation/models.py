"""Services, partners, roles and memberships. Written only by `actions` and `roles`."""

from datetime import time
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from riverain.core import clock
from riverain.territory.models import Area, Collectivity

CODE_LENGTH = 40
NAME_LENGTH = 120
_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class PartnerKind(models.TextChoices):
    CONTRACTOR = "contractor", _("prestataire")
    LANDLORD = "landlord", _("bailleur")
    METROPOLIS = "metropolis", _("métropole")
    NETWORK = "network", _("concessionnaire")
    NEIGHBOUR = "neighbour", _("commune voisine")
    SHOP = "shop", _("commerce")


class RoleScope(models.TextChoices):
    """Which reports a role reaches, seen from where its membership is anchored."""

    ALL = "all", _("toute la collectivité")
    AREA = "area", _("un territoire")
    SERVICE = "service", _("le service et ses équipes")
    PARTNER = "partner", _("ce qui est confié au partenaire")


def _working_days() -> list[int]:
    return [0, 1, 2, 3, 4]


class Service(models.Model):
    """A department or team. It may serve several collectivities (Lille and Hellemmes share one
    cleaning department), and stands in a tree; a child serves no collectivity that its parent
    does not serve, so that the head of a department reaches only what the department serves.
    """

    code = models.CharField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    # What the reporter reads beside the service's name: "équipe Propreté Wazemmes".
    team_name = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    address = models.CharField(max_length=250, blank=True, default="")
    # Public opening hours, as words; the calendar below is what deadlines count in.
    hours = models.CharField(max_length=200, blank=True, default="")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    collectivities = models.ManyToManyField(
        Collectivity, through="ServiceCollectivity", related_name="services"
    )
    # As `datetime.weekday()` counts: 0 is Monday.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=_working_days)
    opens = models.TimeField(default=time(8))
    closes = models.TimeField(default=time(17))
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=_CODE), name="organisation_service_code"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_service_named"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="organisation_service_not_its_parent",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(range(7)), weekdays__len__gte=1),
                name="organisation_service_weekdays",
            ),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")), name="organisation_service_hours"
            ),
            # What `ServiceCollectivity` refers to.
            models.UniqueConstraint(fields=["id", "code"], name="organisation_service_id_code"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceCollectivity(models.Model):
    """A collectivity that a service serves. The code stands here too (kept equal by a composite
    foreign key), so that codes are unique in a collectivity and free in another.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE)
    collectivity = models.ForeignKey(Collectivity, on_delete=models.PROTECT)
    code = models.CharField(max_length=CODE_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "collectivity"], name="organisation_service_serves_once"
            ),
            models.UniqueConstraint(
                fields=["collectivity", "code"], name="organisation_service_code_once"
            ),
        ]


class Partner(models.Model):
    """An outside body that takes work, for one or several collectivities."""

    kind = models.CharField(max_length=20, choices=PartnerKind.choices)
    code = models.CharField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    address = models.CharField(max_length=250, blank=True, default="")
    # True: it answers the reporter ("qui vous répondra"); False: the town follows.
    replies_itself = models.BooleanField(default=False)
    collectivities = models.ManyToManyField(
        Collectivity, through="PartnerCollectivity", related_name="partners"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=_CODE), name="organisation_partner_code"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_partner_named"),
            models.CheckConstraint(
                condition=Q(kind__in=PartnerKind.values), name="organisation_partner_kind"
            ),
            models.UniqueConstraint(fields=["id", "code"], name="organisation_partner_id_code"),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerCollectivity(models.Model):
    """A collectivity that a partner works for; see `ServiceCollectivity` for the code."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE)
    collectivity = models.ForeignKey(Collectivity, on_delete=models.PROTECT)
    code = models.CharField(max_length=CODE_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "collectivity"], name="organisation_partner_works_once"
            ),
            models.UniqueConstraint(
                fields=["collectivity", "code"], name="organisation_partner_code_once"
            ),
        ]


class Role(models.Model):
    """A named set of permissions and the reach of it. One list for the whole instance, so only
    the operator changes it (`roles.install_roles`).
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    scope = models.CharField(max_length=10, choices=RoleScope.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=RoleScope.values), name="organisation_role_scope"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _exactly_one(*names: str) -> Q:
    condition = Q()
    for given in names:
        parts: dict[str, Any] = {f"{name}__isnull": name != given for name in names}
        condition |= Q(**parts)
    return condition


# Where a membership hangs, and what narrows it.
_ANCHORS = ("collectivity", "service", "partner", "area")


class Membership(models.Model):
    """A person's role somewhere, from an instant to an instant. Never deleted: ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    collectivity = models.ForeignKey(
        Collectivity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Narrows the role to a territory; a role whose scope is "area" gives nothing without it.
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one("collectivity", "service", "partner"),
                name="organisation_membership_one_anchor",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="organisation_membership_period",
            ),
            # Nobody holds one role twice at one place and time; one that ended before it began,
            # an empty period, overlaps nothing.
            ExclusionConstraint(
                name="organisation_membership_once",
                expressions=[
                    ("user", "="),
                    ("role", "="),
                    *((Coalesce(name, 0), "=") for name in _ANCHORS),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
            ),
        ]
