"""Every step that an agent can take on a report, in the order of the page."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from riverain.accounts.permissions import Permission as May
from riverain.core.refusals import NotFound
from riverain.reports.actions import RECEIVERS
from riverain.reports.lifecycle import ELSEWHERE, Reason, Status, is_worked
from riverain.web.desk import step_acts as acts
from riverain.web.desk import step_forms as forms
from riverain.web.desk.case import Case
from riverain.web.desk.step import Group, Step


def offered(case: Case) -> list[Step]:
    """What this member may do with the report now, in the order of the page."""
    return [step for step in STEPS if step.is_offered(case)]


def step_called(code: str) -> Step:
    """Raises NotFound for an address that names no step."""
    for step in STEPS:
        if step.code == code:
            return step
    raise NotFound(_("Cette étape n’existe pas."))


def next_step(case: Case, steps: list[Step]) -> Step | None:
    """The one filled button: what usually comes next, among what is offered."""
    by_code = {step.code: step for step in steps}
    wanted = _NEXT.get(case.status, ())
    if case.status is Status.IN_PROGRESS and case.report.work_done_at is None:
        wanted = ("fait", *wanted)
    return next((by_code[code] for code in wanted if code in by_code), None)


_NEXT: Final[dict[Status, tuple[str, ...]]] = {
    Status.TO_PROCESS: ("prendre", "feliciter", "cloturer"),
    Status.CLAIMED: ("prendre", "cloturer"),
    Status.WAITING: ("prendre",),
    Status.IN_PROGRESS: ("cloturer", "retenir"),
    Status.TRANSFERRED: ("prendre", "cloturer"),
    Status.LANDLORD: ("prendre", "cloturer"),
    Status.REJECTION_PROPOSED: ("rejeter",),
    Status.UNDER_STUDY: ("retenir",),
}


def _moves(code: str, to: Status, *, fixed: dict[str, Any] | None = None, **about: Any) -> Step:
    return Step(code=code, to=to, act=acts.move(to, **(fixed or {})), **about)


def _is_open(case: Case) -> bool:
    return case.report.is_open


def _is_ours(case: Case) -> bool:
    return case.report.is_open and case.status not in ELSEWHERE


def _is_worked(case: Case) -> bool:
    return is_worked(case.status, nature=case.nature)


def _is_proposed(case: Case) -> bool:
    return case.status is Status.REJECTION_PROPOSED


def _is_closed(case: Case) -> bool:
    return not case.report.is_open


def _is_personal(case: Case) -> bool:
    """Whether words or contacts may stand: agents may have written some after an erasure."""
    erased = case.report.anonymised_at is not None
    return not erased or any(step.words for step in case.story.steps)


def _has_receiver(to: Status) -> Callable[[Case], bool]:
    return lambda case: bool(case.partners(*RECEIVERS[to]))


def _all() -> Iterator[Step]:
    S = Status  # noqa: N806 - short, as in the lifecycle's table
    yield _moves(
        "prendre",
        S.IN_PROGRESS,
        label=_("Prendre en charge"),
        title=_("Prendre en charge"),
        said=_("Pris en charge."),
        group=Group.WORK,
        when=lambda case: case.status is not S.IN_PROGRESS,
        direct=True,
        key="P",
    )
    yield _moves(
        "prevoir",
        S.IN_PROGRESS,
        label=_("Prévoir une date…"),
        title=_("Quand l’intervention est-elle prévue ?"),
        said=_("Intervention prévue."),
        group=Group.WORK,
        form=forms.PlanForm,
        is_rare=True,
    )
    yield Step(
        code="fait",
        label=_("Travaux faits…"),
        title=_("Déclarer les travaux faits"),
        said=_("Travaux déclarés faits : il reste à clôturer."),
        group=Group.WORK,
        form=forms.DoneForm,
        may=May.DECLARE_DONE,
        act=acts.declare_done,
        when=_is_worked,
    )
    yield Step(
        code="confier",
        label=_("Confier à…"),
        does=_("Confier"),
        title=_("Confier à un service ou à un prestataire"),
        said=_("Confié."),
        group=Group.WORK,
        form=forms.HandOverForm,
        may=May.HAND_OVER,
        act=acts.hand_over,
        when=_is_ours,
        told="report.handed_over",
        key="C",
    )
    yield _moves(
        "attente",
        S.WAITING,
        label=_("Mettre en attente…"),
        title=_("Mettre en attente"),
        said=_("Mis en attente."),
        group=Group.WORK,
        form=forms.HoldForm,
    )
    yield _moves(
        "surveiller",
        S.WAITING,
        fixed={"reason": Reason.WATCHED},
        label=_("Surveiller…"),
        title=_("Surveiller, et y revenir plus tard"),
        said=_("Mis sous surveillance."),
        group=Group.WORK,
        form=forms.ResumeForm,
        is_rare=True,
    )
    yield _moves(
        "transmettre",
        S.TRANSFERRED,
        label=_("Transmettre hors ville…"),
        title=_("Transmettre à un organisme compétent"),
        said=_("Transmis : la Ville suit."),
        group=Group.TRANSMIT,
        form=forms.TransferForm,
        when=_has_receiver(S.TRANSFERRED),
        key="T",
    )
    yield _moves(
        "bailleur",
        S.LANDLORD,
        label=_("Demander au bailleur…"),
        title=_("Transmettre à un bailleur"),
        said=_("Transmis au bailleur : la Ville suit."),
        group=Group.TRANSMIT,
        form=forms.LandlordForm,
        when=_has_receiver(S.LANDLORD),
        is_rare=True,
    )
    yield _moves(
        "cloturer",
        S.DONE,
        label=_("Clôturer…"),
        title=_("Clôturer : ce qui est fait, ou constaté"),
        said=_("Clôturé."),
        group=Group.END,
        form=forms.CloseForm,
        key="F",
    )
    yield _moves(
        "cloturer-transfere",
        S.CLOSED_TRANSFERRED,
        label=_("Clôturer : un autre répondra…"),
        title=_("Clôturer en transmettant : l’organisme répondra lui-même"),
        said=_("Clôturé, transmis."),
        group=Group.END,
        form=forms.CloseTransferredForm,
        when=_has_receiver(S.CLOSED_TRANSFERRED),
        is_rare=True,
    )
    yield _moves(
        "proposer-rejet",
        S.REJECTION_PROPOSED,
        label=_("Proposer le rejet…"),
        title=_("Proposer le rejet"),
        said=_("Rejet proposé : un responsable tranche. L’usager n’en sait rien d’ici là."),
        group=Group.END,
        form=forms.ProposeForm,
    )
    yield _moves(
        "rejeter",
        S.REJECTED,
        label=_("Rejeter…"),
        title=_("Rejeter la demande"),
        said=_("Demande rejetée."),
        group=Group.END,
        form=forms.RejectForm,
        is_grave=True,
    )
    yield _moves(
        "refuser-rejet",
        S.TO_PROCESS,
        label=_("Refuser la proposition…"),
        title=_("Refuser la proposition de rejet"),
        said=_("Proposition refusée : le signalement est de nouveau à traiter."),
        group=Group.END,
        form=forms.OnlyNoteForm,
        when=_is_proposed,
    )
    yield _moves(
        "retenir",
        S.KEPT,
        label=_("Retenir la suggestion…"),
        title=_("Retenir la suggestion"),
        said=_("Suggestion retenue."),
        group=Group.END,
        form=forms.SuggestionForm,
    )
    yield _moves(
        "etudier",
        S.UNDER_STUDY,
        label=_("Mettre à l’étude…"),
        title=_("Mettre la suggestion à l’étude"),
        said=_("Suggestion à l’étude."),
        group=Group.END,
        form=forms.SuggestionForm,
    )
    yield _moves(
        "ne-pas-retenir",
        S.NOT_KEPT,
        label=_("Ne pas retenir…"),
        title=_("Ne pas retenir la suggestion"),
        said=_("Suggestion non retenue."),
        group=Group.END,
        form=forms.SuggestionForm,
    )
    yield _moves(
        "feliciter",
        S.PASSED_ON,
        label=_("Transmettre à l’équipe"),
        title=_("Transmettre les félicitations à l’équipe"),
        said=_("Félicitations transmises à l’équipe."),
        group=Group.END,
        direct=True,
    )
    yield _moves(
        "rouvrir",
        S.TO_PROCESS,
        label=_("Rouvrir…"),
        title=_("Rouvrir le signalement"),
        said=_("Rouvert, avec un nouveau délai."),
        group=Group.END,
        form=forms.TellForm,
        when=_is_closed,
    )
    yield Step(
        code="ecrire",
        label=_("Écrire à l’usager…"),
        title=_("Écrire à l’usager"),
        said=_("Message envoyé."),
        group=Group.SAY,
        form=forms.WriteForm,
        may=May.WRITE_TO_REPORTER,
        act=acts.write,
        told="report.message",
        key="E",
    )
    yield Step(
        code="note",
        label=_("Ajouter une note…"),
        title=_("Ajouter une note pour les agents"),
        said=_("Note ajoutée."),
        group=Group.NOTE,
        form=forms.NoteForm,
        may=May.NOTE,
        act=acts.note,
    )
    yield Step(
        code="verifie",
        label=_("Marquer comme vérifié"),
        title=_("Marquer comme vérifié"),
        said=_("Vérifié."),
        group=Group.CORRECT,
        may=May.CORRECT,
        act=acts.look_at,
        when=lambda case: not case.report.looked_at,
        direct=True,
    )
    yield Step(
        code="type",
        label=_("Corriger le type…"),
        title=_("Corriger le type"),
        said=_("Type corrigé : service, priorité et délai suivent."),
        group=Group.CORRECT,
        form=forms.TypeForm,
        may=May.CORRECT,
        act=acts.change_type,
        when=_is_ours,
        told="report.type_changed",
    )
    yield Step(
        code="lieu",
        label=_("Corriger le lieu…"),
        title=_("Corriger le lieu"),
        said=_("Lieu corrigé."),
        group=Group.CORRECT,
        form=forms.PlaceForm,
        may=May.CORRECT,
        act=acts.relocate,
        when=_is_ours,
    )
    yield Step(
        code="priorite",
        label=_("Changer la priorité…"),
        title=_("Changer la priorité"),
        said=_("Priorité changée."),
        group=Group.CORRECT,
        form=forms.PriorityForm,
        may=May.PRIORITISE,
        act=acts.prioritise,
        when=_is_open,
    )
    yield Step(
        code="effacer",
        label=_("Effacer les données de l’usager…"),
        title=_("Effacer les données de l’usager"),
        said=_("Tout ce qui était personnel est effacé."),
        group=Group.CORRECT,
        form=forms.EraseForm,
        may=May.ERASE,
        act=acts.erase,
        when=_is_personal,
        is_grave=True,
    )


STEPS: Final = tuple(_all())
