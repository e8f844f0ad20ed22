"""A report in each state that its reporter can find it in, made through the domain."""

from collections.abc import Callable
from datetime import timedelta

from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.reports import actions, messages
from riverain.reports.acting import Reporter, System
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Reason, Status
from riverain.reports.models import Report
from tests import town
from tests.town import City

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "La poubelle de la place a été vidée et le sac remplacé."


def _report(city: City, *, ago: timedelta = 21 * HOUR, **said) -> Report:
    with clock.frozen(clock.now() - ago):
        pictures = said.pop("pictures", None)
        if pictures is None:
            pictures = (city.picture(),)
        return town.report(
            city,
            description="La corbeille déborde devant l’école, des sacs traînent sur le trottoir.",
            pictures=pictures,
            **{"email": city.email, **said},
        )


def _move(city: City, report: Report, to: Status, *, role: str = "coordinator", **given) -> None:
    actions.move(acting=city.member(role), report_id=report.pk, to=to, given=Given(**given))


def _soon(days: int = 3):
    return clock.local(clock.now(), "Europe/Paris").date() + timedelta(days=days)


def received(city: City) -> Report:
    return _report(city, ago=3 * HOUR)


def reachable(city: City) -> Report:
    return _report(city, ago=3 * HOUR, email="camille@exemple.fr", name="Camille Roy")


def late(city: City) -> Report:
    return _report(city, ago=3 * DAY)


def taken(city: City) -> Report:
    made = _report(city, ago=5 * HOUR)
    _move(city, made, Status.IN_PROGRESS)
    return made


def planned(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.IN_PROGRESS, planned_for=_soon(1))
    return made


def waiting(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.WAITING, reason=Reason.WEATHER, resume_on=_soon(9))
    return made


def asked(city: City) -> Report:
    made = taken(city)
    _move(
        city,
        made,
        Status.WAITING,
        reason=Reason.REPORTER,
        resume_on=_soon(9),
        text="De quel côté de la place : devant l’école, ou devant la boulangerie ?",
    )
    return made


def transferred(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.TRANSFERRED, partner_id=city.partners["mel"].pk)
    return made


def landlord(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.LANDLORD, partner_id=city.partners["bailleur"].pk)
    return made


def sent_on(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.CLOSED_TRANSFERRED, partner_id=city.partners["mel"].pk)
    return made


def rejection_proposed(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.REJECTION_PROPOSED, outcome=Outcome.NOT_OURS, note="Mur d’un voisin.")
    return made


def refused(city: City) -> Report:
    made = taken(city)
    _move(
        city,
        made,
        Status.REJECTED,
        role="referent",
        outcome=Outcome.NOT_OURS,
        text="Ce mur appartient à un particulier : c’est à son propriétaire de l’entretenir.",
    )
    return made


def refused_unplanned(city: City) -> Report:
    made = taken(city)
    _move(
        city,
        made,
        Status.REJECTED,
        role="referent",
        outcome=Outcome.NOT_PLANNED,
        text="La rue entière sera refaite au printemps.",
    )
    return made


def refused_incomplete(city: City) -> Report:
    made = taken(city)
    _move(
        city,
        made,
        Status.REJECTED,
        role="referent",
        outcome=Outcome.INCOMPLETE,
        text="Ni l’adresse ni la photo ne nous ont permis de trouver l’endroit.",
    )
    return made


def _ended(city: City, outcome: Outcome, text: str, **said) -> Report:
    made = _report(city, **said)
    with clock.frozen(clock.now() - 4 * HOUR):  # before anyone's role began
        actions.move(acting=System("test"), report_id=made.pk, to=Status.IN_PROGRESS)
    after = (city.picture(after=True),) if outcome is Outcome.DONE else ()
    _move(city, made, Status.DONE, outcome=outcome, text=text, pictures=after)
    return made


def done(city: City) -> Report:
    return _ended(city, Outcome.DONE, WORDS)


def done_late(city: City) -> Report:
    return _ended(city, Outcome.DONE, WORDS, ago=3 * DAY)


def nothing_found(city: City) -> Report:
    return _ended(
        city, Outcome.NOTHING_FOUND, "Nous sommes passés ce matin et n’avons rien trouvé."
    )


def already_done(city: City) -> Report:
    return _ended(city, Outcome.ALREADY_DONE, "Le sac avait déjà été changé à notre passage.")


def watched(city: City) -> Report:
    made = taken(city)
    _move(city, made, Status.WAITING, reason=Reason.WATCHED, resume_on=_soon(20))
    return made


def thanked(city: City) -> Report:
    made = done(city)
    messages.thank(acting=Reporter(made.pk), report_id=made.pk, text="Bravo à l’équipe !")
    return made


def claimed(city: City) -> Report:
    made = done(city)
    actions.claim(
        acting=Reporter(made.pk),
        report_id=made.pk,
        reason=ClaimReason.PARTLY,
        text="Le sac est neuf, mais les déchets autour sont restés.",
    )
    return made


def reopened(city: City) -> Report:
    made = done(city)
    _move(city, made, Status.TO_PROCESS)
    return made


def _suggestion(city: City, status: Status | None, text: str = "") -> Report:
    made = _report(city, type_code=city.idea, pictures=())
    if status is not None:
        _move(city, made, status, role="administrator", text=text)
    return made


def suggested(city: City) -> Report:
    return _suggestion(city, None)


def kept(city: City) -> Report:
    return _suggestion(city, Status.KEPT, "Deux arceaux seront posés devant l’école en mars.")


def under_study(city: City) -> Report:
    return _suggestion(city, Status.UNDER_STUDY, "Le budget de l’an prochain en décidera.")


def not_kept(city: City) -> Report:
    return _suggestion(city, Status.NOT_KEPT, "Le trottoir est trop étroit à cet endroit.")


def praised(city: City) -> Report:
    made = _report(city, type_code=city.praise, pictures=())
    _move(city, made, Status.PASSED_ON)
    return made


STATES: dict[str, Callable[[City], Report]] = {
    make.__name__: make
    for make in (
        received,
        reachable,
        late,
        taken,
        planned,
        waiting,
        asked,
        watched,
        transferred,
        landlord,
        sent_on,
        rejection_proposed,
        refused,
        refused_unplanned,
        refused_incomplete,
        done,
        done_late,
        nothing_found,
        already_done,
        thanked,
        claimed,
        reopened,
        suggested,
        kept,
        under_study,
        not_kept,
        praised,
    )
}
