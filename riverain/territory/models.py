"""Collectivities and their areas: written only by `actions`, read mostly through `memory`.
Communes, streets and houses of the Base Adresse Nationale: see `addresses`.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from riverain.core import clock
from riverain.territory.kinds import AreaKind, CollectivityKind, CollectivityState, HolidayZone


class Collectivity(models.Model):
    """A commune or an agglomeration that runs Riverain, or that is known to run another tool."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(
        max_length=20, choices=CollectivityKind.choices, default=CollectivityKind.COMMUNE
    )
    # Code officiel géographique (INSEE): five signs, "2A004" in Corsica; empty when there is none.
    insee_code = models.CharField(max_length=5, blank=True, default="")
    timezone = models.CharField(max_length=60, default="Europe/Paris")
    holiday_zone = models.CharField(
        max_length=40, choices=HolidayZone.choices, default=HolidayZone.METROPOLE
    )
    hosts = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    state = models.CharField(
        max_length=20, choices=CollectivityState.choices, default=CollectivityState.OPEN
    )
    elsewhere_name = models.CharField(max_length=120, blank=True, default="")
    # With {type}, {lat}, {lon}, {text} and {address}, see `rules.elsewhere_url`.
    elsewhere_url = models.CharField(max_length=500, blank=True, default="")
    is_default = models.BooleanField(default=False)
    # Begins the numbers that people read: LIL-2026-000123.
    prefix = models.CharField(max_length=5, unique=True)
    default_deadline_days = models.PositiveSmallIntegerField(default=15)
    duty_phone = models.CharField(max_length=30, blank=True, default="")
    contact_name = models.CharField(max_length=120, blank=True, default="")
    contact_address = models.CharField(max_length=250, blank=True, default="")
    contact_phone = models.CharField(max_length=30, blank=True, default="")
    contact_email = models.CharField(max_length=254, blank=True, default="")
    website = models.CharField(max_length=250, blank=True, default="")
    brand_colour = models.CharField(max_length=7, blank=True, default="")
    # Whom a person writes to about personal data (GDPR, article 13): an address or an e-mail.
    privacy_contact = models.CharField(max_length=250, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="territory_collectivity_slug",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(short_name=""), name="territory_collectivity_named"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CollectivityKind.values), name="territory_collectivity_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CollectivityState.values),
                name="territory_collectivity_state",
            ),
            models.CheckConstraint(
                condition=Q(holiday_zone__in=HolidayZone.values),
                name="territory_collectivity_holiday_zone",
            ),
            models.CheckConstraint(
                condition=Q(insee_code="") | Q(insee_code__regex=r"^\d[\dAB]\d{3}$"),
                name="territory_collectivity_insee",
            ),
            models.UniqueConstraint(
                fields=["insee_code"],
                condition=~Q(insee_code=""),
                name="territory_collectivity_insee_once",
            ),
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^[A-Z]{2,5}$"), name="territory_collectivity_prefix"
            ),
            models.CheckConstraint(
                condition=Q(default_deadline_days__gte=1, default_deadline_days__lte=366),
                name="territory_collectivity_deadline",
            ),
            models.CheckConstraint(
                condition=Q(brand_colour="") | Q(brand_colour__regex=r"^#[0-9a-f]{6}$"),
                name="territory_collectivity_colour",
            ),
            models.CheckConstraint(
                condition=~Q(state=CollectivityState.ELSEWHERE)
                | (~Q(elsewhere_name="") & Q(elsewhere_url__regex=r"^https?://")),
                name="territory_collectivity_elsewhere",
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="territory_collectivity_one_default",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(state=CollectivityState.OPEN),
                name="territory_collectivity_default_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A polygon of a kind, that a collectivity brought. Never deleted, since reports and rules
    name it: `retired_at` takes it out of the map.
    """

    collectivity = models.ForeignKey(Collectivity, on_delete=models.PROTECT, related_name="areas")
    kind = models.CharField(max_length=20, choices=AreaKind.choices)
    code = models.CharField(max_length=100)
    # Codes that it had before a file keyed by another field: what names them still finds it.
    former_codes = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    name = models.CharField(max_length=200)
    # Where areas of a kind overlap the lower one wins (a park before a street); then the smaller.
    precedence = models.PositiveSmallIntegerField(default=100)
    # WKB of a valid Polygon or MultiPolygon, degrees, WGS84 (EPSG:4326), longitude first.
    geometry = models.BinaryField()
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collectivity", "kind", "code"], name="territory_area_key"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AreaKind.values), name="territory_area_kind"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="territory_area_code"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="territory_area_named"),
            models.CheckConstraint(condition=~Q(geometry=b""), name="territory_area_outlined"),
        ]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune whose addresses we hold: what one file of the Base Adresse Nationale (BAN) says
    of it as a whole. Not an area: which collectivity receives a point is asked of the outlines.
    """

    # Code officiel géographique (INSEE) of the commune as it is today.
    insee_code = models.CharField(max_length=5)
    name = models.CharField(max_length=120)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insee_code"], name="territory_commune_once"),
            models.CheckConstraint(
                condition=Q(insee_code__regex=r"^\d[\dAB]\d{3}$"), name="territory_commune_insee"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="territory_commune_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Street(models.Model):
    """A street, square or named place of a commune. Written only by `addresses.importing`, which
    deletes what the BAN no longer has: nothing refers to an address, reports keep its words.
    """

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, db_index=False)
    # The first two parts of the BAN's keys of its houses: "05061_zbnvbw".
    ban_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    # The commune that it belonged to, where that is another: "Hellemmes-Lille", in Lille.
    former_commune = models.CharField(max_length=120, blank=True, default="")
    former_insee_code = models.CharField(max_length=5, blank=True, default="")
    # One street may have several (59000, 59800 in Lille).
    postcodes = ArrayField(models.CharField(max_length=5), default=list)
    # `addresses.words` makes both: the whole name, and the name without its kind ("carnot").
    plain = models.CharField(max_length=250)
    core = models.CharField(max_length=250)
    # What the core shares with itself after a slip, see `addresses.words.spellings`.
    spellings = ArrayField(models.TextField(), default=list)
    # The house nearest to the middle of its houses: a point on the street, even where it bends.
    lon = models.FloatField()
    lat = models.FloatField()
    quadkey = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ban_id"], name="territory_street_once"),
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="territory_street_point",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "plain"], name="territory_street_commune"),
            models.Index(fields=["quadkey"], name="territory_street_place"),
            # Without a list of pending entries, which searches read whole until the next vacuum.
            GinIndex(
                OpClass("core", name="gin_trgm_ops"),
                name="territory_street_core",
                fastupdate=False,
            ),
            GinIndex(fields=["spellings"], name="territory_street_spelt", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name


class House(models.Model):
    """A house number: 12, 12 bis. Its point is the entrance, else the parcel or the building."""

    street = models.ForeignKey(
        Street, on_delete=models.CASCADE, related_name="houses", db_index=False
    )
    # The BAN's key ("clé d’interopérabilité"): "05061_zbnvbw_00002_bis".
    ban_id = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    # In lower case: "bis", "b", "a1".
    suffix = models.CharField(max_length=20, blank=True, default="")
    postcode = models.CharField(max_length=5, blank=True, default="")
    lon = models.FloatField()
    lat = models.FloatField()
    quadkey = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ban_id"], name="territory_house_once"),
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="territory_house_point",
            ),
        ]
        indexes = [
            models.Index(fields=["street", "number"], name="territory_house_street"),
            models.Index(fields=["quadkey"], name="territory_house_place"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.suffix}".strip()
