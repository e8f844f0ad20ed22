"""Where a report goes: asking `routing` with what the other rooms know of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from riverain import routing
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import TypeFacts
from riverain.core.identifiers import quadkey
from riverain.core.refusals import Invalid
from riverain.organisation import queries as organisation
from riverain.reports.models import Report
from riverain.reports.search import vector
from riverain.routing import Decision
from riverain.territory import queries as territory
from riverain.territory.facts import AreaFacts, CollectivityFacts
from riverain.territory.locator import locate


def decide(
    type_: TypeFacts,
    *,
    collectivity: CollectivityFacts,
    areas: tuple[AreaFacts, ...],
    instant: datetime,
) -> Decision:
    """Service, partner, priority and deadline of a report of this type, here, now."""
    directory = organisation.directory()
    return routing.decide(
        type_,
        rules=catalogues.catalogue(collectivity.id).rules,
        areas=areas,
        instant=instant,
        directory=directory,
        collectivity=collectivity,
    )


def deadline_from(report: Report, instant: datetime) -> datetime:
    """A new deadline for a report that opens again, by its type and its service's calendar."""
    return _decide(report, _type_of(report), instant).due_at


def retype(report: Report, type_code: str) -> tuple[str, str]:
    """Gives a locked report another type and all that follows from it; returns both codes."""
    before = _type_of(report)
    after = catalogues.catalogue(report.collectivity_id).type(type_code)
    if after is None or not after.active or after.dead_end:
        raise Invalid(_("Choisissez un type du catalogue."), field="type")
    if after.code == before.code:
        raise Invalid(_("Ce signalement a déjà ce type."), field="type")
    if after.nature != before.nature:
        raise Invalid(
            _("Un signalement ne devient ni suggestion ni félicitation : saisissez une demande."),
            field="type",
        )
    decision = _decide(report, after, report.received_at)
    report.type_id, report.nature = after.id, after.nature
    report.service_id, report.partner_id = decision.service_id, decision.partner_id
    report.agent_id = None
    report.priority, report.due_at = decision.priority, decision.due_at
    report.search = vector(report, type_name=after.name)
    return before.code, after.code


def replace_point(report: Report, *, lon: float, lat: float, address: str) -> None:
    """Gives a locked report another point, its areas, and the service that they lead to: whoever
    had it in hand in another service has it no more. What was promised of it stays."""
    place = locate(lon, lat)
    if place is None or place.collectivity.id != report.collectivity_id:
        town = place.collectivity.name if place else _("aucune commune d’ici")
        raise Invalid(
            _("Ce lieu est hors de la collectivité du signalement (%(town)s) : transmettez-le.")
            % {"town": town},
            field="place",
        )
    report.lon, report.lat, report.quadkey = lon, lat, quadkey(lon, lat)
    report.district_id = place.district.id if place.district else None
    report.sector_id = place.sector.id if place.sector else None
    if address:
        report.address = address
    decision = decide(
        _type_of(report),
        collectivity=place.collectivity,
        areas=place.areas,
        instant=report.received_at,
    )
    if decision.service_id != report.service_id:
        report.agent_id = None
    report.service_id, report.partner_id = decision.service_id, decision.partner_id
    report.search = vector(report, type_name=_type_of(report).name)


def _type_of(report: Report) -> TypeFacts:
    return catalogues.type_of(report.collectivity_id, report.type_id)


def _decide(report: Report, type_: TypeFacts, instant: datetime) -> Decision:
    place = None
    if report.lon is not None and report.lat is not None:
        place = locate(report.lon, report.lat)
    return decide(
        type_,
        collectivity=territory.known_collectivity(report.collectivity_id),
        areas=place.areas if place else (),
        instant=instant,
    )
