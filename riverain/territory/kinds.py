"""The closed lists of the territory, with the words that people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CollectivityKind(models.TextChoices):
    COMMUNE = "commune", _("commune")
    AGGLOMERATION = "agglomeration", _("agglomération")


class CollectivityState(models.TextChoices):
    """Open and elsewhere receive points; elsewhere only says where to go. Closed is left out."""

    OPEN = "open", _("ouverte")
    ELSEWHERE = "elsewhere", _("a son propre outil")
    CLOSED = "closed", _("fermée")


class HolidayZone(models.TextChoices):
    """Where public holidays differ (Code du travail, L3133-1, L3134-13, L3422-2 and the laws of
    the overseas collectivities). `rules.HOLIDAY_SUBDIVISIONS` maps them to the calendar package.
    """

    METROPOLE = "metropole", _("France métropolitaine")
    ALSACE_MOSELLE = "alsace-moselle", _("Alsace-Moselle")
    GUADELOUPE = "guadeloupe", _("Guadeloupe")
    MARTINIQUE = "martinique", _("Martinique")
    GUYANE = "guyane", _("Guyane")
    REUNION = "reunion", _("La Réunion")
    MAYOTTE = "mayotte", _("Mayotte")
    SAINT_BARTHELEMY = "saint-barthelemy", _("Saint-Barthélemy")
    SAINT_MARTIN = "saint-martin", _("Saint-Martin")
    SAINT_PIERRE = "saint-pierre-et-miquelon", _("Saint-Pierre-et-Miquelon")
    NOUVELLE_CALEDONIE = "nouvelle-caledonie", _("Nouvelle-Calédonie")
    POLYNESIE = "polynesie", _("Polynésie française")
    WALLIS_ET_FUTUNA = "wallis-et-futuna", _("Wallis-et-Futuna")


class AreaKind(models.TextChoices):
    """What an area is for. A `commune` is an outline: it decides which collectivity receives."""

    COMMUNE = "commune", _("commune")
    DISTRICT = "district", _("quartier")
    SECTOR = "sector", _("secteur")
    CONTRACT_ZONE = "contract_zone", _("zone de marché")
    HUB = "hub", _("pôle")
