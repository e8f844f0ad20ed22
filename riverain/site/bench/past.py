"""A town's past, made up: one report after the other with its entries and what they say. Pure.

Spread as S0 found it (docs/bench.md): nine in ten have ended, what is open is mostly of the last
weeks, a few types make half of all. The chains are real: `riverain audit verify` accepts them.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from riverain.audit import chain
from riverain.audit.chain import Head, Stream
from riverain.catalogue.facts import Outcome, TypeFacts
from riverain.core.identifiers import quadkey, tracking_code
from riverain.reports.lifecycle import PAUSED, Reason, Status
from riverain.reports.models import Channel
from riverain.routing import Decision
from riverain.territory.facts import Place

DAYS: Final = 3 * 365
_OPEN: Final = 0.1
# What is open came in these last days, and was due around now.
_OPEN_DAYS: Final = 45
_OPEN_STATUS: Final = {
    Status.TO_PROCESS: 40,
    Status.IN_PROGRESS: 40,
    Status.TRANSFERRED: 8,
    Status.WAITING: 5,
    Status.CLAIMED: 4,
    Status.LANDLORD: 2,
    Status.REJECTION_PROPOSED: 1,
}
_CLOSED_STATUS: Final = {Status.DONE: 80, Status.REJECTED: 15, Status.CLOSED_TRANSFERRED: 5}
_CHANNELS: Final = {Channel.WEB: 45, Channel.MOBILE: 30, Channel.PHONE: 15, Channel.FIELD: 10}
_PICTURED: Final = 0.4
_KNOWN: Final = 0.7
_UNANSWERED: Final = 0.02
_STREETS: Final = tuple(
    f"{way} {name}"
    for way in ("rue", "avenue", "place", "boulevard", "allée")
    for name in (
        *("des Tilleuls", "du Moulin", "de la Gare", "des Écoles", "du Marché", "des Lilas"),
        *("de la Fontaine", "du Stade", "des Jardins", "du Pont Neuf", "de l’Église", "des Prés"),
    )
)
_SEEN: Final = (
    *("une poubelle pleine", "des sacs éventrés", "un trou dans la chaussée", "un tag sur le mur"),
    *("un lampadaire éteint", "un banc cassé", "des encombrants", "une plaque qui bouge"),
    *("un arbre couché", "des herbes hautes", "un panneau tordu", "une grande flaque"),
)
_WHERE: Final = (
    *("devant le numéro", "près de l’école", "à l’angle de la rue", "sur le trottoir"),
    *("à côté de l’arrêt de bus", "devant la boulangerie", "le long du parc", "sous le pont"),
)
_SINCE: Final = ("depuis ce matin", "depuis trois jours", "depuis lundi", "depuis une semaine")
_ANSWER: Final = "Nos agents sont passés et ont fait le nécessaire. Merci de votre message."


@dataclass(slots=True, kw_only=True)
class Past:
    """One report: its columns by name, its words to be searched, its entries and their values."""

    columns: dict[str, Any]
    words: str
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    values: list[tuple[Any, ...]] = field(default_factory=list)
    picture: uuid.UUID | None = None
    head: Head = chain.NEW

    def add(
        self,
        kind: str,
        *,
        acting: str,
        at: datetime,
        payload: Mapping[str, Any],
        personal: Mapping[str, str],
    ) -> None:
        """The next entry of the report's stream."""
        stream = Stream("report", self.columns["id"])
        salted = {name: (secrets.token_bytes(16), value) for name, value in personal.items()}
        full = dict(payload)
        if salted:
            full["personal"] = {name: chain.commitment(*one) for name, one in salted.items()}
        seq = self.head.seq + 1
        proof = chain.entry_hash(
            stream=stream,
            seq=seq,
            kind=kind,
            acting=acting,
            payload=full,
            at=at,
            previous=self.head.hash,
        )
        self.entries.append(
            (*_key(stream, seq), kind, acting, json.dumps(full), at, self.head.hash, proof)
        )
        self.values += [
            (*_key(stream, seq), name, value, salt) for name, (salt, value) in salted.items()
        ]
        self.head = Head(seq, proof)
        self.columns["seq"], self.columns["head"] = seq, proof


@dataclass(frozen=True, slots=True)
class Ground:
    """Where reports of one town may lie and of what: places with their points, types with what
    `routing` decides for each place."""

    places: Sequence[tuple[float, float, Place]]
    types: Sequence[TypeFacts]
    decisions: Mapping[tuple[int, int], Decision]  # by position of the place, and type


def reports(
    ground: Ground, *, count: int, first_id: int, now: datetime, dice: Random
) -> Iterator[Past]:
    """`count` reports of one town, oldest number first."""
    weights = [1 / (rank + 2) for rank in range(len(ground.types))]
    town = ground.places[0][2].collectivity
    serials: dict[int, int] = {}
    for number in range(count):
        is_open = dice.random() < _OPEN
        span = _OPEN_DAYS if is_open else DAYS
        received = now - timedelta(minutes=dice.randrange(30, span * 24 * 60))
        serials[received.year] = serials.get(received.year, 0) + 1
        at = dice.randrange(len(ground.places))
        (type_,) = dice.choices(ground.types, weights)
        yield _report(
            first_id + number,
            f"{town.prefix}-{received.year}-{serials[received.year]:06d}",
            lon_lat=ground.places[at][:2],
            place=ground.places[at][2],
            type_=type_,
            decision=ground.decisions[at, type_.id],
            received=received,
            status=_drawn(_OPEN_STATUS if is_open else _CLOSED_STATUS, dice),
            now=now,
            dice=dice,
        )


def _report(
    report_id: int,
    number: str,
    *,
    lon_lat: tuple[float, float],
    place: Place,
    type_: TypeFacts,
    decision: Decision,
    received: datetime,
    status: Status,
    now: datetime,
    dice: Random,
) -> Past:
    lon, lat = (round(one + dice.uniform(-0.0004, 0.0004), 6) for one in lon_lat)
    address = f"{dice.randrange(1, 200)} {dice.choice(_STREETS)}, {place.collectivity.short_name}"
    seen, where, since = dice.choice(_SEEN), dice.choice(_WHERE), dice.choice(_SINCE)
    description = f"Bonjour, il y a {seen} {where}, {since}. Merci de faire le nécessaire."
    district, sector = (area and area.id for area in (place.district, place.sector))
    # What is open was due between two weeks ago and two weeks from now.
    due = received + timedelta(days=dice.choice((1, 3, 5, 15, 30)))
    picture = uuid.UUID(int=dice.getrandbits(128), version=4)
    pictured = dice.random() < _PICTURED
    channel = _drawn(_CHANNELS, dice)
    past = Past(
        columns={
            "id": report_id,
            "collectivity_id": place.collectivity.id,
            "number": number,
            "tracking_code": tracking_code(),
            "submission_id": uuid.UUID(int=dice.getrandbits(128), version=4),
            "body_digest": hashlib.sha256(description.encode()).digest(),
            "nature": type_.nature.value,
            "type_id": type_.id,
            "channel": channel.value,
            "status": status.value,
            "outcome": "",
            "reason": "",
            "resume_on": None,
            "priority": int(decision.priority),
            "claims": int(status is Status.CLAIMED),
            "service_id": decision.service_id,
            "partner_id": decision.partner_id,
            "district_id": district,
            "sector_id": sector,
            "lon": lon,
            "lat": lat,
            "quadkey": quadkey(lon, lat),
            "address": address,
            "received_at": received,
            "received_has_time": True,
            "due_at": due,
            "closed_at": None,
            "looked_at": True,
            "unanswered": dice.random() < _UNANSWERED,
            "undelivered": False,
            "source": "",
            "external_id": "",
        },
        words=f"{number} {type_.name} {address} {description}",
        picture=picture if pictured else None,
    )
    past.add(
        "report.submitted",
        acting="reporter",
        at=received,
        payload={
            "number": number,
            "nature": type_.nature.value,
            "type": type_.code,
            "channel": channel.value,
            "service": decision.service_id,
            "partner": decision.partner_id,
            "district": district,
            "sector": sector,
            "located": True,
            "priority": int(decision.priority),
            "due_at": due.isoformat(),
            "pictures": int(pictured),
            "language": "fr",
            "proved": True,
        },
        personal={"description": description, "address": address, "point": f"{lon},{lat}"}
        | ({"pictures": str(picture)} if pictured else {})
        | (
            {"contact.email": f"riverain{report_id}@demo.example"} if dice.random() < _KNOWN else {}
        ),
    )
    _live(past, status, received=received, now=now, dice=dice)
    return past


def _live(past: Past, status: Status, *, received: datetime, now: datetime, dice: Random) -> None:
    """The steps from the receipt to `status`."""
    left = (now - received) / timedelta(minutes=1)
    taken = received + timedelta(minutes=dice.uniform(0.1, 0.4) * min(left, 5 * 24 * 60))
    ended = received + timedelta(minutes=dice.uniform(0.5, 0.95) * min(left, 30 * 24 * 60))
    columns = past.columns
    if status is Status.TO_PROCESS:
        return
    _moved(past, Status.TO_PROCESS, Status.IN_PROGRESS, at=taken)
    if status is Status.IN_PROGRESS:
        return
    more: dict[str, Any] = {}
    if status is Status.WAITING:
        columns["reason"] = more["reason"] = Reason.MATERIAL.value
        columns["resume_on"] = (now + timedelta(days=7)).date()
        more["resume_on"] = columns["resume_on"].isoformat()
    elif status is Status.REJECTED:
        columns["outcome"] = more["outcome"] = Outcome.NOT_PLANNED.value
    elif status in {Status.DONE, Status.CLAIMED}:
        columns["outcome"] = more["outcome"] = Outcome.DONE.value
    text = "" if status in PAUSED else _ANSWER
    if status is Status.CLAIMED:
        _moved(past, Status.IN_PROGRESS, Status.DONE, at=taken, more=more, text=text)
        _moved(past, Status.DONE, Status.CLAIMED, at=ended, more={"claim": "partly"})
        columns["outcome"] = ""
        return
    _moved(past, Status.IN_PROGRESS, status, at=ended, more=more, text=text)
    if status in _CLOSED_STATUS:
        columns["closed_at"] = ended


def _moved(
    past: Past,
    origin: Status,
    target: Status,
    *,
    at: datetime,
    more: Mapping[str, Any] | None = None,
    text: str = "",
) -> None:
    past.add(
        "report.moved",
        acting="reporter" if target is Status.CLAIMED else "agent:1",
        at=at.astimezone(UTC),
        payload={
            "from": origin.value,
            "to": target.value,
            "told": True,
            "service": past.columns["service_id"],
            **(more or {}),
        },
        personal={"text": text} if text else {},
    )


def _key(stream: Stream, seq: int) -> tuple[str, int, int]:
    return stream.kind, stream.id, seq


def _drawn(weights: Mapping[Any, int], dice: Random) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]
