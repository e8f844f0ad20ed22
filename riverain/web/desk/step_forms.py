"""The forms of the steps: what each asks of the agent. What is needed, the lifecycle decides."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from riverain.catalogue import rules as catalogue_rules
from riverain.catalogue.facts import Outcome, Priority
from riverain.core import clock
from riverain.core.refusals import Refused
from riverain.organisation.facts import PartnerFacts
from riverain.organisation.models import PartnerKind
from riverain.reports import answers as answering
from riverain.reports import wording
from riverain.reports.actions import RECEIVERS, Given
from riverain.reports.lifecycle import DONE_OUTCOMES, REJECTED_OUTCOMES, Reason, Status
from riverain.web.desk.case import Case
from riverain.web.desk.place_fields import PlaceFields
from riverain.web.desk.step_fields import (
    choice_field,
    day_field,
    note_field,
    radios_field,
    words_field,
)
from riverain.web.desk.words import PRIORITIES
from riverain.web.ui.pictures import PhotosForm

A_WEEK = timedelta(days=7)


class StepForm(forms.Form):
    """`seq` is the entry that the page was drawn from: a step does not pass over another's."""

    seq = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    # Whether the form chooses who has the report next, and reads its note.
    names_partner = False

    def __init__(
        self,
        data: MultiValueDict[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        case: Case,
    ) -> None:
        super().__init__(data, files, initial={"seq": case.report.seq}, label_suffix="")
        self.case = case
        self.prepare(case)
        if "note" in self.fields and case.partner and not self.names_partner:
            self.fields["note"].help_text = _("L’usager ne la lit pas ; %(body)s la lit.") % {
                "body": case.partner.name
            }

    def prepare(self, case: Case) -> None:
        """Gives the fields their choices and first values."""

    @property
    def outcome_hints(self) -> Mapping[str, str]:
        """What stands under the choices of the outcome, by their values."""
        return {}

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "seq" in self.errors:
            del self.errors["seq"]
            raise ValidationError(_("Cette page n’est plus à jour : relisez-la, puis recommencez."))
        return self.cleaned_data

    def refuse(self, refusal: Refused) -> None:
        """Puts an action's refusal beside its field."""
        field = {"place": "address", "photos": "photos"}.get(refusal.field, refusal.field)
        self.add_error(field if field in self.fields else None, str(refusal))

    def renew(self, case: Case) -> None:
        """What was typed, to be sent again on the report as it stands now."""
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict once it is bound
        data["seq"] = str(case.report.seq)
        self.data = data

    def given(self, pictures: tuple[UUID, ...] = ()) -> Given:
        """What goes with a move."""
        said = self.cleaned_data
        return Given(
            reason=Reason(said["reason"]) if said.get("reason") else None,
            resume_on=said.get("resume_on"),
            planned_for=said.get("planned_for"),
            partner_id=said.get("partner"),
            outcome=Outcome(said["outcome"]) if said.get("outcome") else None,
            text=said.get("text", ""),
            note=said.get("note", ""),
            pictures=pictures,
        )


class NothingForm(StepForm):
    """A step that asks nothing."""


class NoteForm(StepForm):
    text = words_field(gettext_lazy("Votre note"), required=True)


class WriteForm(StepForm):
    text = words_field(gettext_lazy("Votre message à l’usager"), required=True, rows=6)


class OnlyNoteForm(StepForm):
    note = note_field()


class TellForm(StepForm):
    """Words to the reporter are welcome, not needed."""

    text = words_field(gettext_lazy("Un mot à l’usager"))
    note = note_field()


class SuggestionForm(StepForm):
    text = words_field(gettext_lazy("Ce que vous répondez à l’usager"), required=True)
    note = note_field()


class PlanForm(TellForm):
    planned_for = day_field(gettext_lazy("Jour de l’intervention"))
    field_order = ["planned_for", "text", "note"]


class ResumeForm(TellForm):
    resume_on = day_field(gettext_lazy("Reprise le"))
    field_order = ["resume_on", "text", "note"]

    def prepare(self, case: Case) -> None:
        self.fields["resume_on"].initial = _today(case) + A_WEEK


class HoldForm(ResumeForm):
    reason = radios_field(
        gettext_lazy("Ce que le signalement attend"),
        [
            (one.value, capfirst(wording.REASONS[one]))
            for one in Reason
            if one is not Reason.WATCHED
        ],
        hint=gettext_lazy("L’usager lira ces mots."),
    )
    text = words_field(
        gettext_lazy("Un mot à l’usager"),
        hint=gettext_lazy("Si vous attendez sa réponse, ce que vous lui demandez."),
    )
    field_order = ["reason", "resume_on", "text", "note"]


class HandOverForm(StepForm):
    names_partner = True

    service = choice_field(gettext_lazy("Service"))
    partner = choice_field(
        gettext_lazy("Prestataire"),
        required=False,
        hint=gettext_lazy("Il verra ce signalement, sans les coordonnées de l’usager."),
    )
    note = words_field(
        gettext_lazy("Note pour les agents et le prestataire"),
        hint=gettext_lazy("L’usager ne la lit pas."),
        rows=3,
    )

    def prepare(self, case: Case) -> None:
        _choose(self, "service", ((one.id, one.name) for one in case.services))
        contractors = case.partners(PartnerKind.CONTRACTOR)
        _choose(self, "partner", _named(contractors))
        self.fields["service"].initial = case.report.service_id
        if case.partner in contractors:
            self.fields["partner"].initial = case.report.partner_id


class _PartnerForm(StepForm):
    names_partner = True

    partner = choice_field(gettext_lazy("Organisme"))
    text = words_field(gettext_lazy("Un mot à l’usager"))
    note = words_field(
        gettext_lazy("Note pour l’organisme et les agents"),
        hint=gettext_lazy("L’usager ne la lit pas."),
        rows=3,
    )

    to = Status.TRANSFERRED

    def prepare(self, case: Case) -> None:
        there = case.partners(*RECEIVERS[self.to])
        _choose(self, "partner", _named(there))
        # A contractor may have it: no body to pass it on to.
        if case.partner in there:
            self.fields["partner"].initial = case.report.partner_id


class TransferForm(_PartnerForm):
    pass


class LandlordForm(_PartnerForm):
    to = Status.LANDLORD


class CloseTransferredForm(_PartnerForm):
    to = Status.CLOSED_TRANSFERRED


class ProposeForm(StepForm):
    outcome = radios_field(
        gettext_lazy("Pourquoi"),
        [(one.value, wording.OUTCOMES[one]) for one in Outcome if one in REJECTED_OUTCOMES],
    )
    note = note_field()


def _read_now(read: Callable[[], str]) -> str:
    return read()


# Read where the widget is written.
_drawn: Final = lazy(_read_now, str)


def _prepared(case: Case, outcome: Outcome) -> str:
    """In the language of the reporter, who reads it, whatever that of the agent."""
    with override(case.story.language):
        return catalogue_rules.answer(case.type, outcome)


class _EndForm(StepForm):
    """An ending with the catalogue's prepared answer: an empty text sends it as it stands."""

    outcome = radios_field(gettext_lazy("Issue"))
    text = words_field(
        gettext_lazy("Votre réponse à l’usager"),
        hint=gettext_lazy("Laissez vide pour envoyer la réponse préparée de l’issue choisie."),
    )
    note = note_field()

    outcomes: frozenset[Outcome] = frozenset()
    target = Status.DONE

    def prepare(self, case: Case) -> None:
        offered = self._offered()
        self._field("outcome").choices = [(one.value, wording.OUTCOMES[one]) for one in offered]
        self.fields["text"].widget.attrs |= {
            "data-prepared": _drawn(self._answers),
            "data-prepared-by": "outcome",
        }
        if case.report.outcome in {one.value for one in offered}:
            self.fields["outcome"].initial = case.report.outcome

    # What follows is read when the form is drawn: one that is sent goes without the story.

    @property
    def outcome_hints(self) -> Mapping[str, str]:
        return {
            one.value: self._read(self.case, one, _prepared(self.case, one))
            for one in self._offered()
        }

    def _answers(self) -> str:
        answers = {one.value: _prepared(self.case, one) for one in self._offered()}
        return json.dumps(answers, ensure_ascii=False)

    def _offered(self) -> list[Outcome]:
        return [one for one in Outcome if one in self.outcomes]

    def _read(self, case: Case, outcome: Outcome, text: str) -> str:
        """What the reporter reads of the prepared answer, as the mail begins."""
        # The sentence of an ending names no service.
        state = wording.State(status=self.target, service="", outcome=outcome, text=text)
        with override(case.story.language):
            read = answering.answer(state, answering.Dated(case.town.timezone))
        return f"{read.title} {read.detail}".strip()

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("outcome") and not said.get("text"):
            said["text"] = _prepared(self.case, Outcome(said["outcome"]))
        return said

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class CloseForm(_EndForm, PhotosForm):
    outcomes = DONE_OUTCOMES
    field_order = ["outcome", "text", "kept", "photos", "note"]


class RejectForm(_EndForm):
    outcomes = REJECTED_OUTCOMES
    target = Status.REJECTED


class DoneForm(StepForm, PhotosForm):
    text = words_field(
        gettext_lazy("Ce qui a été fait"),
        hint=gettext_lazy("Pour l’agent qui clôture : l’usager ne le lit pas tel quel."),
    )
    field_order = ["text", "kept", "photos"]


class TypeForm(StepForm):
    type = forms.ChoiceField(
        label=gettext_lazy("Nouveau type"),
        error_messages={"required": gettext_lazy("Choisissez dans la liste.")},
    )

    def prepare(self, case: Case) -> None:
        groups = [
            (
                family.name,
                [
                    (one.code, one.name)
                    for one in family.types
                    if one.nature is case.nature and one.makes_reports and one.id != case.type.id
                ],
            )
            for family in case.catalogue.families
        ]
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choisir")), *(group for group in groups if group[1])]


class PlaceForm(StepForm, PlaceFields):
    def prepare(self, case: Case) -> None:
        self.fields["address"].initial = case.report.address
        self.fields["latitude"].initial = case.report.lat
        self.fields["longitude"].initial = case.report.lon

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and said.get("longitude") is None:
            self.add_error(
                "coordinates", _("Placez le repère sur la carte, ou écrivez les coordonnées.")
            )
        return said


class PriorityForm(StepForm):
    priority = radios_field(
        gettext_lazy("Priorité"), [(one.value, PRIORITIES[one]) for one in Priority]
    )

    def prepare(self, case: Case) -> None:
        self.fields["priority"].initial = str(case.report.priority)


class EraseForm(StepForm):
    scope = radios_field(
        gettext_lazy("Ce qui est effacé"),
        [
            ("report", gettext_lazy("Ce signalement seulement")),
            ("person", gettext_lazy("Tous les signalements de cette personne")),
        ],
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("Je le confirme : c’est sans retour"),
        error_messages={"required": gettext_lazy("Cochez la case pour effacer.")},
    )

    def prepare(self, case: Case) -> None:
        self.fields["scope"].initial = "report"
        contact = case.story.contact
        if not (contact.get("email") or contact.get("phone")):
            del self.fields["scope"]


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[int, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    empty = _("Choisir") if field.required else _("Aucun")
    field.choices = [("", empty), *choices]


def _named(partners: Iterable[PartnerFacts]) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in partners]


def _today(case: Case) -> date:
    return clock.local(clock.now(), case.town.timezone).date()
