"""What the reporter will read of a step, shown beside its form before it is sent."""

from dataclasses import dataclass

from django.http import QueryDict

from riverain.core.refusals import Refused
from riverain.reports.rehearsal import Told, rehearse
from riverain.web.desk.case import Case
from riverain.web.desk.step import Step
from riverain.web.desk.step_forms import StepForm


@dataclass(frozen=True, slots=True)
class Preview:
    """`told` is what would be read; until the form is complete, `missing` says what it lacks;
    `refused` says why the step cannot be taken as the form stands."""

    told: Told | None
    missing: str = ""
    refused: str = ""


def preview(case: Case, step: Step, form: StepForm) -> Preview | None:
    """By what the form holds now, typed or proposed; None for a step that tells nothing."""
    if not step.tells(case):
        return None
    # Anew: what was refused before, and on an older state of the report, does not count.
    form = type(form)(_said(form), None, case=case)
    if not form.is_valid():
        return Preview(None, " ".join(_faults(form)))
    try:
        told = rehearse(case.report.pk, lambda: step.run(case, form, ()), town=case.town)
    except Refused as refusal:
        return Preview(None, refused=str(refusal))
    return Preview(told) if told else None


def _said(form: StepForm) -> QueryDict:
    """What the form sends as it stands: what was typed, else what it proposes."""
    if isinstance(form.data, QueryDict):
        return form.data
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if value is not None:
            data[name] = str(value)
    return data


def _faults(form: StepForm) -> list[str]:
    """Each field that is missing by its label, and what is wrong in the words of the form."""
    faults = []
    for name, errors in form.errors.as_data().items():
        for error in errors:
            is_missing = error.code == "required" and name in form.fields
            faults.append(f"{form.fields[name].label}." if is_missing else " ".join(error.messages))
    return faults
