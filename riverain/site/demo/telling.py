"""Makes the planned past happen, in the order of time, through the domain's own actions: the log,
the lifecycle and the timelines are those of any other report.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction

from riverain.accounts.models import User
from riverain.catalogue import queries as catalogues
from riverain.catalogue import rules as closings
from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.organisation import queries as organisation
from riverain.organisation.members import Member, member_for
from riverain.reports import actions, corrections, events, messages, submission
from riverain.reports.acting import Reporter, System
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.reports.rules import Draft
from riverain.site.demo.cases import Act, Case
from riverain.site.demo.people import HOST
from riverain.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts that work for a service: in the street, at its desk, and whoever may reject."""

    crew: tuple[str, ...]
    lead: str
    decider: str


def _alone(account: str, *crew: str) -> Staff:
    return Staff(crew or (account,), account, account)


STAFF: Final[Mapping[str, Staff]] = {
    "proprete": Staff(("terrain", "coordination", "chef"), "coordination", "validation"),
    "proprete-tags": Staff(("detagage",), "coordination", "validation"),
    "espaces-verts": _alone("referent", "adjoint"),
    "eclairage": _alone("eclairage"),
    "voirie": _alone("voirie", "technicien"),
    "mobilier-urbain": _alone("equipements"),
    "signalisation": _alone("equipements"),
    "hygiene": _alone("hygiene"),
    "tranquillite": _alone("quartiers"),
    "vie-quartiers": _alone("quartiers"),
    "espaces-verts@hellemmes": _alone("referent.hellemmes"),
    "vie-quartiers@hellemmes": _alone("referent.hellemmes"),
}
CONTRACTOR: Final = "netlys"
# A word to whoever waits, once in so many reports.
_PROGRESS: Final = 500

# Of (case, moment): the pictures that were stored for it, "before" or "after".
Pictures = Mapping[tuple[int, str], tuple[UUID, ...]]


@dataclass(slots=True)
class Stage:
    """What is written already, and who acts."""

    pictures: Pictures
    reports: dict[int, Report] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def member(self, account: str) -> Member:
        if account not in self.members:
            self.members[account] = member_for(User.objects.get(email=f"{account}@{HOST}"))
        return self.members[account]

    def staff(self, case: Case) -> Staff:
        report = self.reports[case.number]
        service = organisation.directory().service(report.service_id)
        if service is None:
            raise LookupError(f"report {report.pk} is with no service")
        return STAFF.get(f"{service.code}@{case.town}") or STAFF[service.code]

    def crew(self, case: Case) -> Member:
        """Whoever goes there: the contractor who holds it, else one of the service."""
        partner = organisation.directory().partner(self.reports[case.number].partner_id or 0)
        if partner is not None and partner.code == CONTRACTOR:
            return self.member("prestataire")
        crew = self.staff(case).crew
        return self.member(crew[case.number % len(crew)])

    def lead(self, case: Case) -> Member:
        return self.member(self.staff(case).lead)

    def reporter(self, case: Case) -> Reporter:
        return Reporter(report_id=self.reports[case.number].pk)


Verb = Callable[[Stage, Case, Mapping[str, Any]], Report]


def tell(cases: Sequence[Case], *, pictures: Pictures, progress: Callable[[int], None]) -> None:
    """Makes all of it in one transaction. `progress` is told, now and then, how many reports have
    come in."""
    stage = Stage(pictures)
    acts = [
        (act.at, case.number, order, case, act)
        for case in cases
        for order, act in enumerate([Act(case.received, "submit"), *case.acts])
    ]
    acts.sort(key=lambda one: one[:3])
    with transaction.atomic(), _without_savepoints():
        for at, number, _order, case, act in acts:
            with clock.frozen(at), nullcontext() if case.loud else events.quiet():
                stage.reports[number] = VERBS[act.verb](stage, case, act.said)
            if act.verb == "submit" and len(stage.reports) % _PROGRESS == 0:
                progress(len(stage.reports))


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """Every action makes a transaction, which inside ours would be a savepoint. Whatever fails here
    undoes all anyway, and savepoints are two statements of every five."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints


def _submit(stage: Stage, case: Case, _said: Mapping[str, Any]) -> Report:
    town = territory.collectivity_by_slug(case.town)
    if town is None:
        raise LookupError(f"the demo has no town {case.town}")
    spot = case.spot
    draft = Draft(
        submission_id=uuid5(NAMESPACE_URL, f"demo:{case.number}:{case.received.isoformat()}"),
        collectivity_id=town.id,
        type_code=case.type_.code,
        channel=case.channel.value,
        description=case.text,
        address=spot.address if spot else "",
        lon=spot.lon if spot else None,
        lat=spot.lat if spot else None,
        answers=dict(case.answers),
        pictures=stage.pictures.get((case.number, "before"), ()),
        contact=case.contact,
        language=case.language,
        proved=case.proved,
    )
    acting = stage.member(case.enters) if case.enters else Reporter()
    return submission.submit(acting=acting, draft=draft).report


def _move(acting: Member, case: Case, stage: Stage, to: Status, given: Given) -> Report:
    return actions.move(acting=acting, report_id=stage.reports[case.number].pk, to=to, given=given)


def _take(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return _move(stage.crew(case), case, stage, Status.IN_PROGRESS, Given(**said))


def _hold(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return _move(stage.lead(case), case, stage, Status.WAITING, Given(**said))


def _transfer(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    partners = organisation.directory().partners_of(stage.reports[case.number].collectivity_id)
    partner = next(one.id for one in partners if one.code == said["partner"])
    return _move(stage.lead(case), case, stage, said["to"], Given(partner_id=partner))


def _close(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return _move(stage.lead(case), case, stage, Status.DONE, _ending(stage, case, said["outcome"]))


def _propose(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    given = Given(outcome=said["outcome"])
    return _move(stage.lead(case), case, stage, Status.REJECTION_PROPOSED, given)


def _reject(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    decider = stage.member(stage.staff(case).decider)
    return _move(decider, case, stage, Status.REJECTED, _ending(stage, case, said["outcome"]))


def _decide(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return _move(stage.lead(case), case, stage, said["to"], Given(text=said["text"]))


def _ending(stage: Stage, case: Case, outcome: Outcome) -> Given:
    """The words that the catalogue has for this ending of this type."""
    report = stage.reports[case.number]
    type_ = catalogues.catalogue(report.collectivity_id).type_by_id(report.type_id)
    return Given(outcome=outcome, text=closings.answer(type_ or case.type_, outcome))


def _work_done(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return actions.declare_done(
        acting=stage.crew(case),
        report_id=stage.reports[case.number].pk,
        pictures=stage.pictures.get((case.number, "after"), ()),
        **said,
    )


def _hand_over(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    report = stage.reports[case.number]
    partners = organisation.directory().partners_of(report.collectivity_id)
    return actions.hand_over(
        acting=stage.lead(case),
        report_id=report.pk,
        service_id=report.service_id,
        partner_id=next(one.id for one in partners if one.code == said["partner"]),
    )


def _change_type(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return corrections.change_type(
        acting=stage.lead(case), report_id=stage.reports[case.number].pk, **said
    )


def _relocate(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    spot = said["spot"]
    return corrections.relocate(
        acting=stage.lead(case),
        report_id=stage.reports[case.number].pk,
        lon=spot.lon,
        lat=spot.lat,
        address=spot.address,
    )


def _prioritise(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return corrections.prioritise(
        acting=stage.member("mairie"), report_id=stage.reports[case.number].pk, **said
    )


def _note(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return messages.note(acting=stage.crew(case), report_id=stage.reports[case.number].pk, **said)


def _ask(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return messages.write_to_reporter(
        acting=stage.lead(case), report_id=stage.reports[case.number].pk, **said
    )


def _write(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    reporter = stage.reporter(case)
    return messages.write_to_service(
        acting=reporter, report_id=stage.reports[case.number].pk, **said
    )


def _claim(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return actions.claim(
        acting=stage.reporter(case), report_id=stage.reports[case.number].pk, **said
    )


def _thank(stage: Stage, case: Case, said: Mapping[str, Any]) -> Report:
    return messages.thank(
        acting=stage.reporter(case), report_id=stage.reports[case.number].pk, **said
    )


def _undelivered(stage: Stage, case: Case, _said: Mapping[str, Any]) -> Report:
    return messages.undelivered(
        acting=System("mail"),
        report_id=stage.reports[case.number].pk,
        reason="SMTPRecipientsRefused 550",
    )


VERBS: Final[Mapping[str, Verb]] = {
    "submit": _submit,
    "take": _take,
    "hold": _hold,
    "transfer": _transfer,
    "close": _close,
    "propose": _propose,
    "reject": _reject,
    "decide": _decide,
    "work_done": _work_done,
    "hand_over": _hand_over,
    "change_type": _change_type,
    "relocate": _relocate,
    "prioritise": _prioritise,
    "note": _note,
    "ask": _ask,
    "write": _write,
    "claim": _claim,
    "thank": _thank,
    "undelivered": _undelivered,
}
