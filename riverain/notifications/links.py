"""The public addresses that mails carry."""

from urllib.parse import urlsplit

from django.conf import settings

from riverain.reports.models import Report
from riverain.territory.facts import CollectivityFacts


def portal(town: CollectivityFacts) -> str:
    """The portal of a collectivity: its own host name where it has one, else by its path."""
    if town.hosts:
        return f"{urlsplit(settings.PUBLIC_URL).scheme}://{town.hosts[0]}"
    return settings.PUBLIC_URL if town.is_default else f"{settings.PUBLIC_URL}/c/{town.slug}"


def tracking(town: CollectivityFacts, report: Report) -> str:
    """Where the reporter follows the report. The address is the right to see it."""
    return f"{portal(town)}/suivi/{report.tracking_code}"


def at_the_desk(town: CollectivityFacts, report: Report) -> str:
    """Where an agent finds the report, once signed in."""
    return f"{portal(town)}/agents/signalements/{report.number}"


def host() -> str:
    """The right half of Message-IDs."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
