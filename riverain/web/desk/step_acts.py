"""From a step's form to the action of `reports` that takes it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from riverain.catalogue.facts import Priority
from riverain.reports import actions, corrections, erasure, messages
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.web.desk.case import Case
from riverain.web.desk.step import Act
from riverain.web.desk.step_forms import StepForm


def move(to: Status, **fixed: Any) -> Act:
    def act(case: Case, form: StepForm, pictures: tuple[UUID, ...]) -> Report:
        return actions.move(
            acting=case.member,
            report_id=case.report.pk,
            to=to,
            given=replace(form.given(pictures), **fixed),
            seq=form.cleaned_data["seq"],
        )

    return act


def hand_over(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    said = form.cleaned_data
    return actions.hand_over(
        acting=case.member,
        report_id=case.report.pk,
        service_id=said["service"],
        partner_id=said["partner"],
        note=said["note"],
        seq=said["seq"],
    )


def declare_done(case: Case, form: StepForm, pictures: tuple[UUID, ...]) -> Report:
    return actions.declare_done(
        acting=case.member,
        report_id=case.report.pk,
        text=form.cleaned_data["text"],
        pictures=pictures,
        seq=form.cleaned_data["seq"],
    )


def change_type(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    return corrections.change_type(
        acting=case.member,
        report_id=case.report.pk,
        type_code=form.cleaned_data["type"],
        seq=form.cleaned_data["seq"],
    )


def relocate(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    said = form.cleaned_data
    return corrections.relocate(
        acting=case.member,
        report_id=case.report.pk,
        lon=said["longitude"],
        lat=said["latitude"],
        address=said["address"],
        seq=said["seq"],
    )


def prioritise(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    return corrections.prioritise(
        acting=case.member,
        report_id=case.report.pk,
        priority=Priority(int(form.cleaned_data["priority"])),
        seq=form.cleaned_data["seq"],
    )


def look_at(case: Case, _form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    return corrections.look_at(acting=case.member, report_id=case.report.pk)


def note(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    return messages.note(
        acting=case.member, report_id=case.report.pk, text=form.cleaned_data["text"]
    )


def write(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    return messages.write_to_reporter(
        acting=case.member, report_id=case.report.pk, text=form.cleaned_data["text"]
    )


def erase(case: Case, form: StepForm, _pictures: tuple[UUID, ...]) -> Report:
    if form.cleaned_data.get("scope") == "person":
        contact = case.story.contact
        erasure.erase_reporter(
            acting=case.member, email=contact.get("email", ""), phone=contact.get("phone", "")
        )
        return case.report
    return erasure.erase_report(acting=case.member, report_id=case.report.pk)
