"""Taking a step on a report: its form, its sending, and what is said when someone came first."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from riverain.accounts.permissions import Permission
from riverain.core.refusals import Conflict, Forbidden, NotFound, Refused
from riverain.organisation.members import Member
from riverain.reports import door
from riverain.reports.models import Report
from riverain.reports.timeline import email_of
from riverain.territory import queries as territory
from riverain.web.desk import frame, photos, screen, story_lines
from riverain.web.desk.case import Case, opened
from riverain.web.desk.file import about, draw
from riverain.web.desk.people import People
from riverain.web.desk.previews import preview
from riverain.web.desk.step import Step
from riverain.web.desk.step_forms import StepForm
from riverain.web.desk.steps import step_called
from riverain.web.ui import speech
from riverain.web.ui.access import AgentRequest, signed_in
from riverain.web.ui.pictures import PhotosForm
from riverain.web.ui.redirects import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Permission.READ_REPORTS)
def step(request: AgentRequest, number: str, code: str) -> HttpResponse:
    """The form of a step (GET), its sending (POST), and what the reporter would read of it (POST
    with `voir`). The action asks for the right again."""
    case, chosen = opened(request.member, number), step_called(code)
    if request.method == "POST":
        return _take(request, case, chosen)
    if chosen.is_offered(case):
        return _draw(request, case, chosen, chosen.form(case=case))
    _refuse_by_right(case, chosen)
    messages.warning(
        request, _("Cette étape n’est pas possible depuis l’état actuel du signalement.")
    )
    return redirect(reverse("desk:report", args=[number]) + frame.carried(request))


def _take(request: AgentRequest, case: Case, chosen: Step) -> HttpResponse:
    _refuse_by_right(case, chosen)
    form = chosen.form(request.POST, request.FILES, case=case)
    valid = form.is_valid()
    if "voir" in request.POST:
        return _show(request, case, chosen, form)
    pictures = _photos(case, form)
    if not valid or form.errors:
        return _draw(request, case, chosen, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        moved = chosen.run(case, form, pictures)
    except Conflict as conflict:
        return _conflict(request, case, chosen, form, conflict)
    except (NotFound, Forbidden):
        raise
    except Refused as refusal:
        form.refuse(refusal)
        return _draw(request, case, chosen, form, status=refusal.status)
    messages.success(request, " ".join(filter(None, [str(chosen.said), _mail(case, chosen)])))
    return _onward(request, case.member, moved)


def _show(request: AgentRequest, case: Case, chosen: Step, form: StepForm) -> HttpResponse:
    """What the reporter would read: alone for the page that asks while one types, else within
    the form as it is, whose faults nobody asked for yet."""
    if request.headers.get("HX-Request"):
        context = {"preview": preview(case, chosen, form)}
        return render(request, "desk/parts/preview.html", context)
    shown = preview(case, chosen, form)
    _photos(case, form)
    form.errors.clear()
    return _draw(request, case, chosen, form, extra={"preview": shown})


def _photos(case: Case, form: StepForm) -> tuple[UUID, ...]:
    return photos.take(form, case.member) if isinstance(form, PhotosForm) else ()


def _refuse_by_right(case: Case, chosen: Step) -> None:
    """Raises Forbidden for a step that exists here and is not this member's."""
    permission = chosen.permission(case)
    if permission is not None and not door.may(case.member, permission, case.report):
        raise Forbidden(_("Votre rôle ne permet pas cette étape sur ce signalement."))


def _onward(request: AgentRequest, member: Member, moved: Report) -> HttpResponse:
    """Back to the report; to the list when the step took it out of the member's sight."""
    carried, number = frame.carried(request), moved.number
    if not door.may(member, Permission.READ_REPORTS, moved):
        left = _("Le signalement %(number)s n’est plus dans vos listes.") % {"number": number}
        messages.info(request, left)
        return screen.leave(request, reverse("desk:worklist") + carried)
    if screen.is_pane(request):
        return draw(request, opened(member, number), has_moved=True)
    return see_other(reverse("desk:report", args=[number]) + carried)


def _conflict(
    request: AgentRequest, case: Case, chosen: Step, form: StepForm, conflict: Conflict
) -> HttpResponse:
    """What changed since the page was drawn, and what was typed, ready to be sent again. Raises
    NotFound when the report left the member's sight meanwhile."""
    fresh = opened(case.member, case.report.number)
    since = story_lines.lines(fresh, People(fresh), after=form.cleaned_data["seq"])
    form.renew(fresh)
    form.case = fresh
    return _draw(
        request,
        fresh,
        chosen,
        form,
        status=conflict.status,
        extra={
            "conflict": str(conflict),
            "since": since,
            "is_possible": chosen.is_offered(fresh),
        },
    )


def _draw(
    request: AgentRequest,
    case: Case,
    chosen: Step,
    form: StepForm,
    *,
    status: int = HTTPStatus.OK,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    extra = extra or {}
    context = about(case) | {
        "step": chosen,
        "form": form,
        "fields": [field for field in form.visible_fields() if field.name not in _DRAWN_APART],
        "tells": chosen.tells(case),
        "preview": preview(case, chosen, form),
        "unreachable": chosen.tells(case) and case.sight.contacts and not case.story.contact,
        "action": reverse("desk:step", args=[case.report.number, chosen.code])
        + frame.carried(request),
        "back": reverse("desk:report", args=[case.report.number]) + frame.carried(request),
        "centre": _centre(case),
        "conflict": "",
        "since": [],
        "is_possible": True,
    }
    return screen.page(
        request,
        "desk/step.html",
        context | extra,
        town=case.town,
        status=status,
        number=case.report.number,
    )


# Drawn by their own components: the photos, the map's coordinates.
_DRAWN_APART = frozenset({"photos", "kept", "coordinates"})


def _centre(case: Case) -> tuple[float, float] | None:
    if case.sight.texts and case.report.lon is not None and case.report.lat is not None:
        return case.report.lon, case.report.lat
    return territory.centre(case.town.id)


def _mail(case: Case, chosen: Step) -> str:
    """What becomes of the reporter's mail, as `notifications` will do it."""
    if not chosen.tells(case):
        return ""
    if not case.sight.contacts:
        return _("L’usager en est informé.")
    if not email_of(case.report.pk):
        return _("L’usager n’a pas laissé d’adresse e-mail : il le lira sur sa page de suivi.")
    if chosen.tells_at_once or not settings.NOTICE_WINDOW:
        return _("Le mail part maintenant.")
    return _("Le mail partira dans %(minutes)s au plus, avec les étapes qui suivraient.") % {
        "minutes": speech.spelled(timedelta(seconds=settings.NOTICE_WINDOW))
    }
