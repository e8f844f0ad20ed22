"""Receiving a report: where it belongs, who gets it, by when, written once.

All of it happens in one transaction: the report, its first entry with the personal values, its
pictures, and one deferred job for each subscriber. A repeat of the same submission returns the
first answer; the same identifier with another body is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from riverain.audit import chain
from riverain.audit.actions import head_of, record
from riverain.audit.chain import Stream
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import TypeFacts
from riverain.catalogue.rules import check_answers
from riverain.core import clock
from riverain.core.identifiers import quadkey, tracking_code
from riverain.core.refusals import Conflict, Forbidden, Invalid, Refused
from riverain.organisation.members import Member
from riverain.reports import door, events, placing, rerouting
from riverain.reports.acting import ENTER, Acting, Reporter
from riverain.reports.lifecycle import Status
from riverain.reports.models import Channel, Report
from riverain.reports.pictures import attach
from riverain.reports.placing import Placed
from riverain.reports.rules import Draft, clean_draft
from riverain.reports.search import vector_of
from riverain.territory import queries as territory
from riverain.territory.addresses import naming
from riverain.territory.facts import CollectivityFacts, Place
from riverain.territory.locator import locate

# What a reporter may call their way in; agents name the channel that the request came by.
OWN_CHANNELS = frozenset({Channel.WEB, Channel.MOBILE})


class Elsewhere(Refused):
    """The place belongs to a collectivity that has its own tool (S0-04)."""

    def __init__(self, message: str, *, name: str, url: str) -> None:
        super().__init__(message, field="place", code="elsewhere")
        self.name = name
        self.url = url


class DeadEnd(Refused):
    """The town does not do this: the message says who does (P-31)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="type", code="dead_end")


@dataclass(frozen=True, slots=True)
class Submission:
    """The report, and whether it had been received before."""

    report: Report
    repeated: bool


def submit(*, acting: Acting, draft: Draft) -> Submission:
    """Receives one report.

    Raises Invalid for a field that cannot be used, Elsewhere and DeadEnd for what this town does
    not take, Forbidden where an agent may not enter reports, Conflict for an identifier used for
    something else.
    """
    draft = clean_draft(draft)
    collectivity, place = receiver(draft)
    type_ = _type(acting, draft, collectivity)
    answers = check_answers(type_, draft.answers)
    whole = placing.placed(draft, collectivity=collectivity, place=place)
    try:
        with transaction.atomic():
            report = _write(
                acting=acting,
                placed=whole,
                digest=draft.digest(),
                collectivity=collectivity,
                type_=type_,
                answers=answers,
            )
            return Submission(report, repeated=False)
    except IntegrityError as error:
        first = Report.objects.filter(
            collectivity_id=collectivity.id, submission_id=draft.submission_id
        ).first()
        if first is None:
            raise
        if bytes(first.body_digest) != draft.digest():
            raise Conflict(
                _(
                    "Cet envoi porte le même identifiant qu’un autre, avec un contenu différent."
                    " Rechargez la page avant d’envoyer un nouveau signalement."
                ),
                code="resubmitted",
            ) from error
        return Submission(first, repeated=True)


def receiver(draft: Draft) -> tuple[CollectivityFacts, Place | None]:
    """Who receives the draft, and where its point is, None without one. Without a point the address
    decides, where it names a town (`naming`), else the page that it was written on. Raises Invalid
    for a place that nobody receives here, Elsewhere for one that another tool receives."""
    place: Place | None = None
    page = territory.collectivity(draft.collectivity_id)
    town: CollectivityFacts | naming.Nowhere | None = page
    if draft.lon is not None and draft.lat is not None:
        place = locate(draft.lon, draft.lat)
        town = place.collectivity if place else naming.NOWHERE
    elif page is not None and draft.address:
        town = naming.named(draft.address, town=page) or page
    if isinstance(town, naming.Nowhere):
        raise Invalid(
            _(
                "Ce lieu n’est dans aucune des communes qui utilisent ce service. Indiquez-en un"
                " autre, ou adressez-vous à la mairie de la commune concernée."
            ),
            field="place",
            code="nowhere",
        )
    if town is not None and town.state == "elsewhere":
        raise Elsewhere(
            _("%(town)s a son propre outil de signalement.") % {"town": town.short_name},
            name=town.elsewhere_name or town.name,
            url=elsewhere_url(town, draft),
        )
    if town is None or town.state != "open":
        raise Invalid(_("Cette collectivité ne reçoit pas de signalement."), field="place")
    return town, place


def _type(acting: Acting, draft: Draft, collectivity: CollectivityFacts) -> TypeFacts:
    type_ = catalogues.catalogue(collectivity.id).type(draft.type_code)
    if type_ is None or not type_.active:
        raise Invalid(
            _("%(town)s ne propose pas ce type de signalement : choisissez-en un autre.")
            % {"town": collectivity.name},
            field="type",
            code="unknown_type",
        )
    if type_.dead_end:
        raise DeadEnd(type_.dead_end)
    if isinstance(acting, Reporter):
        if type_.agents_only:
            raise Invalid(_("Ce type est réservé aux agents."), field="type", code="agents_only")
        if draft.channel not in OWN_CHANNELS:
            raise Invalid(_("Ce canal est réservé aux agents."), field="channel")
    elif draft.channel not in Channel.values:
        raise Invalid(_("Ce canal n’existe pas."), field="channel")
    if isinstance(acting, Member) and not acting.may(ENTER, collectivity_id=collectivity.id):
        raise Forbidden(
            _("Vous ne pouvez pas saisir de demande pour %(town)s.") % {"town": collectivity.name}
        )
    return type_


def _write(
    *,
    acting: Acting,
    placed: Placed,
    digest: bytes,
    collectivity: CollectivityFacts,
    type_: TypeFacts,
    answers: Mapping[str, object],
) -> Report:
    draft, place = placed.draft, placed.place
    now = clock.now()
    decision = rerouting.decide(
        type_, collectivity=collectivity, areas=place.areas if place else (), instant=now
    )
    year = clock.local(now, collectivity.timezone).year
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('reports_report_id_seq'), riverain_next_number(%s, %s)",
            [collectivity.id, year],
        )
        report_id, serial = cursor.fetchone()
    number = f"{collectivity.prefix}-{year}-{serial:06d}"
    district = place.district if place else None
    sector = place.sector if place else None
    entry = record(
        stream=Stream(door.STREAM, report_id),
        kind="report.submitted",
        acting=acting.label,
        payload={
            "number": number,
            "nature": type_.nature.value,
            "type": type_.code,
            "channel": draft.channel,
            "service": decision.service_id,
            "partner": decision.partner_id,
            "district": district.id if district else None,
            "sector": sector.id if sector else None,
            "located": place is not None,
            "found": placed.found,
            "priority": int(decision.priority),
            "due_at": decision.due_at.isoformat() if decision.due_at else None,
            "pictures": len(draft.pictures),
            "language": draft.language,
            "proved": draft.proved,
        },
        personal=_personal(draft, answers),
        head=chain.NEW,
    )
    report = Report(
        id=report_id,
        collectivity_id=collectivity.id,
        number=number,
        tracking_code=tracking_code(),
        submission_id=draft.submission_id,
        body_digest=digest,
        seq=entry.seq,
        head=head_of(entry).hash,
        nature=type_.nature,
        type_id=type_.id,
        channel=draft.channel,
        status=Status.TO_PROCESS,
        priority=decision.priority,
        service_id=decision.service_id,
        partner_id=decision.partner_id,
        district_id=district.id if district else None,
        sector_id=sector.id if sector else None,
        lon=draft.lon,
        lat=draft.lat,
        quadkey=quadkey(draft.lon, draft.lat)
        if draft.lon is not None and draft.lat is not None
        else None,
        address=draft.address,
        received_at=now,
        due_at=decision.due_at,
        looked_at=draft.proved or not isinstance(acting, Reporter),
        search=vector_of(number, type_.name, draft.address, draft.description),
    )
    report.save(force_insert=True)
    attach(report, acting, draft.pictures, seq=entry.seq)
    events.announce(entry)
    return report


def elsewhere_url(collectivity: CollectivityFacts, draft: Draft) -> str:
    """The other tool's address, with type, place and text carried along where it takes them."""
    return territory.elsewhere_url(
        collectivity,
        type_code=draft.type_code,
        lon=draft.lon,
        lat=draft.lat,
        text=draft.description,
        address=draft.address,
    )


def _personal(draft: Draft, answers: Mapping[str, object]) -> dict[str, str]:
    values = {
        "description": draft.description,
        "address": draft.address,
        "point": "" if draft.lon is None else f"{draft.lon},{draft.lat}",
        "answers": json.dumps(answers, ensure_ascii=False, sort_keys=True) if answers else "",
        "pictures": " ".join(map(str, draft.pictures)),
        "contact.name": draft.contact.name,
        "contact.email": draft.contact.email,
        "contact.phone": draft.contact.phone,
    }
    return {name: value for name, value in values.items() if value}
