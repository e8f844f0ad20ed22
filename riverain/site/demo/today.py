"""The few cases of the demo that are always there, whatever the day and the hour: something new,
due today, late, to be taken up again, without a place, not yet looked at, a question just asked.
Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from riverain.catalogue.facts import Outcome
from riverain.reports.lifecycle import Reason, Status
from riverain.site.demo.days import ZONE

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`ago` is before now."""

    ago: timedelta
    verb: str
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A case that is asked for. It is in Lille, by a resident who left an e-mail address, unless
    said or unless agents alone may report its type."""

    ending: Status
    type_code: str
    ago: timedelta
    steps: tuple[Step, ...] = ()
    loud: bool = False
    town: str = "lille"
    district: str = ""
    located: bool = True
    known: bool = True
    proved: bool = True


def wishes(now: datetime) -> tuple[Wish, ...]:
    """They send the demo's first mails (`loud`): receipts, a question, an ending."""
    to_do, doing = Status.TO_PROCESS, Status.IN_PROGRESS
    resume = (now + 6 * _DAY).astimezone(ZONE).date()
    salissures = "salissures-depots-dejections"
    ended = Step(ago=25 * _MINUTE, verb="close", said={"outcome": Outcome.DONE})
    asked = Step(
        ago=40 * _MINUTE,
        verb="ask",
        said={"text": "Bonjour, le tas est-il devant le porche ou de l’autre côté de la rue ?"},
    )
    held = Step(
        ago=30 * _MINUTE,
        verb="hold",
        said={
            "reason": Reason.REPORTER,
            "resume_on": resume,
            "text": "Bonjour, notre équipe n’a rien trouvé : de quel côté de l’école est-ce ?",
        },
    )
    due = {"reason": Reason.MATERIAL, "resume_on": now.astimezone(ZONE).date()}
    reminded = Step(
        ago=15 * _MINUTE,
        verb="write",
        said={"text": "Bonjour, il y a maintenant du verre cassé à côté, attention aux enfants."},
    )
    return (
        Wish(ending=to_do, type_code="sac-plein", ago=50 * _MINUTE, loud=True),
        Wish(ending=to_do, type_code=salissures, ago=2 * _HOUR, loud=True),
        Wish(ending=to_do, type_code="nid-de-poule", ago=3 * _HOUR, loud=True),
        Wish(ending=to_do, type_code="sac-plein", ago=_DAY - _left(now, 2)),
        Wish(ending=to_do, type_code="seringues-debris", ago=75 * _MINUTE),
        Wish(ending=to_do, type_code="sac-plein", ago=_DAY - _left(now, 3), district="wazemmes"),
        Wish(ending=to_do, type_code="sac-plein", ago=27 * _HOUR, district="wazemmes"),
        Wish(ending=to_do, type_code="aire-jeux-abimee", ago=_DAY - _left(now, 2)),
        Wish(ending=to_do, type_code="tag-non-injurieux", ago=17 * _DAY),
        # The landlord's, who has them as soon as they come in.
        Wish(ending=to_do, type_code="residence-bailleur", ago=5 * _DAY),
        Wish(ending=to_do, type_code="residence-bailleur", ago=8 * _DAY),
        Wish(ending=to_do, type_code="rue-noire", ago=9 * _HOUR),
        Wish(ending=to_do, type_code="aire-jeux-abimee", ago=11 * _HOUR),
        Wish(ending=to_do, type_code=salissures, ago=26 * _HOUR, located=False),
        Wish(
            ending=to_do,
            type_code="tag-non-injurieux",
            ago=5 * _HOUR,
            known=False,
            proved=False,
        ),
        Wish(
            ending=Status.DONE,
            type_code="seringues-debris",
            ago=100 * _MINUTE,
            steps=(Step(ago=80 * _MINUTE, verb="take"), ended),
            loud=True,
        ),
        Wish(
            ending=doing,
            type_code="tag-injurieux",
            ago=2 * _DAY - _left(now, 3),
            steps=(Step(ago=20 * _HOUR, verb="take"),),
            loud=True,
        ),
        Wish(
            ending=doing,
            type_code="sac-plein",
            ago=_DAY - _left(now, 4),
            steps=(Step(ago=6 * _HOUR, verb="take"),),
        ),
        Wish(
            ending=doing,
            type_code="sac-plein",
            ago=_DAY - _left(now, 2),
            steps=(Step(ago=5 * _HOUR, verb="take"),),
            district="fives",
        ),
        Wish(
            ending=doing,
            type_code=salissures,
            ago=28 * _HOUR,
            steps=(Step(ago=22 * _HOUR, verb="take"), asked),
            loud=True,
        ),
        Wish(
            ending=doing,
            type_code="point-apport-volontaire",
            ago=30 * _HOUR,
            steps=(Step(ago=24 * _HOUR, verb="take"), reminded),
        ),
        Wish(
            ending=Status.WAITING,
            type_code="poubelle-cassee",
            ago=9 * _DAY,
            steps=(Step(ago=8 * _DAY, verb="take"), Step(ago=6 * _DAY, verb="hold", said=due)),
        ),
        Wish(
            ending=doing,
            type_code="poubelle-cassee",
            ago=4 * _DAY,
            steps=(
                Step(ago=3 * _DAY, verb="take"),
                Step(ago=2 * _DAY, verb="undelivered"),
            ),
        ),
        Wish(
            ending=doing,
            type_code="branches-genantes",
            ago=6 * _DAY,
            steps=(Step(ago=4 * _DAY, verb="take"),),
            town="hellemmes",
        ),
        Wish(
            ending=Status.WAITING,
            type_code=salissures,
            ago=2 * _DAY,
            steps=(held,),
            loud=True,
        ),
    )


def _left(now: datetime, parts: int) -> timedelta:
    """A part of what is left of the day, at most three hours: a deadline that far is today's."""
    local = now.astimezone(ZONE)
    midnight = datetime.combine(local.date() + _DAY, time(), ZONE)
    return min((midnight - now) / parts, 3 * _HOUR)
