"""Following a report with its code. The code in the address is the right to see and to answer;
neither session nor user is read here."""

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riverain.catalogue.facts import Nature
from riverain.core.identifiers import normal_code
from riverain.core.refusals import NotFound, Refused
from riverain.files.queries import gone, open_variant
from riverain.guard.client import address
from riverain.reports import actions, contacts, intake, messages, queries, timeline
from riverain.reports.acting import Reporter
from riverain.reports.lifecycle import Status, may_claim
from riverain.reports.models import Report
from riverain.reports.pictures import for_reporter
from riverain.territory import queries as territory
from riverain.web.portal.follow_forms import (
    ClaimForm,
    CodeForm,
    EmailForm,
    MessageForm,
    ThanksForm,
)
from riverain.web.portal.origin import anonymous_form
from riverain.web.portal.photos import ReporterForm
from riverain.web.portal.towns import town_of
from riverain.web.portal.tracked import tracked
from riverain.web.ui.access import by_code, public
from riverain.web.ui.redirects import see_other

FORM_METHODS = ["GET", "HEAD", "POST"]
# What is shown again of a code that was mistyped.
LONGEST_CODE = 60
# What the page says once something is done, by the word that stands in its address.
SAID = {
    "message": gettext_lazy("Votre message est parti. Le service vous répondra ici."),
    "reclamation": gettext_lazy("Votre réclamation est reçue : la demande est rouverte."),
    "merci": gettext_lazy("Merci ! L’équipe le lira."),
    "mails": gettext_lazy("C’est noté : un mail vous attend, et un autre suivra à chaque étape."),
    "sans-mails": gettext_lazy(
        "Vous ne recevrez plus de mails pour cette demande. Votre adresse est effacée."
    ),
}
_IN_LINK = re.compile(r"/suivi/([^/?#]+)")
_NUMBER = re.compile(r"\s*[A-Za-z]{1,8}[\s-]*20\d\d[\s-]*\d{1,9}\s*")
# Seconds. Short, so that a picture taken off a report is soon gone from this browser too.
PICTURE_LIFE = 300


@public("the question for a code says nothing of any report")
@require_safe
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """Asks for the code, and leads to its page."""
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "portal/follow.html", {"form": CodeForm()})
    if not typed.strip():
        empty = {"form": CodeForm({"code": ""})}
        return render(request, "portal/follow.html", empty, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    link = _IN_LINK.search(typed)
    code = normal_code(link[1] if link else typed)
    if code is None:
        number = _NUMBER.fullmatch(typed)
        return _unknown(request, typed, _is_a_number() if number else queries.no_such_code())
    return redirect("portal:tracking", code=code)


def _is_a_number() -> NotFound:
    """Every report has a number, which agents say on the telephone; it opens nothing."""
    return NotFound(
        _(
            "C’est le numéro de votre demande. Le code de suivi est à côté, dans votre mail de"
            " confirmation : douze lettres et chiffres, par exemple K7QX-92MP-4TFC."
        ),
        field="code",
    )


def _with_report(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the report of the code, and the right that goes with it, to the view. A code that
    leads nowhere gets one page: the same for what never was, for what is gone and for what cannot
    be a code."""

    @wraps(view)
    def guarded(request: HttpRequest, code: str, **rest: Any) -> HttpResponseBase:
        try:
            report, reporter = intake.look_up(address=address(request), code=code)
        except NotFound as refusal:
            return _unknown(request, code, refusal)
        return view(request, report, reporter, **rest)

    return guarded


@by_code
@require_safe
@_with_report
def tracking(request: HttpRequest, report: Report, _reporter: Reporter) -> HttpResponse:
    shown = tracked(report)
    received = request.GET.get("recu") == "1"
    entered_at = town_of(request)
    said = request.GET.get("dit", "")
    return render(
        request,
        "portal/tracking.html",
        {
            "place": shown.town,
            "case": shown,
            "read_only": False,
            "received": received,
            "passed_on": entered_at is not None and entered_at.id != shown.town.id,
            "said": SAID.get(said, ""),
            "draft_sent": f"{said}-{report.number}" if said in SAID else "",
            "message_form": MessageForm() if shown.question or shown.waits_for_answer else None,
            "thanks_form": ThanksForm() if shown.may_thank else None,
            "email_form": EmailForm(),
        },
    )


@by_code
@require_http_methods(FORM_METHODS)
@anonymous_form
@_with_report
def write(request: HttpRequest, report: Report, reporter: Reporter) -> HttpResponse:
    """A message to the service, with photos."""
    if request.method != "POST":
        return _draw_message(request, report, MessageForm())
    form = MessageForm(request.POST, request.FILES)
    status = _sent(
        request,
        report,
        form,
        lambda pictures: messages.write_to_service(
            acting=reporter,
            report_id=report.pk,
            text=form.cleaned_data["text"],
            pictures=pictures,
        ),
    )
    if status != HTTPStatus.OK:
        return _draw_message(request, report, form, status)
    return _back(report, "message")


@by_code
@require_http_methods(FORM_METHODS)
@anonymous_form
@_with_report
def claim(request: HttpRequest, report: Report, reporter: Reporter) -> HttpResponse:
    """« Ce n’est pas réglé », « je conteste »: opens the report again."""
    contesting = report.status == Status.REJECTED
    if request.method != "POST":
        if not may_claim(Status(report.status), nature=Nature(report.nature)):
            return redirect("portal:tracking", code=report.tracking_code)
        return _draw_claim(request, report, ClaimForm(contesting=contesting))
    form = ClaimForm(request.POST, request.FILES, contesting=contesting)
    status = _sent(
        request,
        report,
        form,
        lambda pictures: actions.claim(
            acting=reporter,
            report_id=report.pk,
            reason=form.cleaned_data["claim"],
            text=form.cleaned_data["text"],
            pictures=pictures,
        ),
    )
    if status != HTTPStatus.OK:
        return _draw_claim(request, report, form, status)
    return _back(report, "reclamation")


@by_code
@require_POST
@anonymous_form
@_with_report
def thank(request: HttpRequest, report: Report, reporter: Reporter) -> HttpResponse:
    """« C’est bien réglé, merci », with a word for the crew or without."""
    intake.spend_message(address(request), report.pk)
    # A word that is too long is refused by the action, in its own sentence.
    messages.thank(acting=reporter, report_id=report.pk, text=request.POST.get("text", ""))
    return _back(report, "merci")


@by_code
@require_http_methods(FORM_METHODS)
@anonymous_form
@_with_report
def mails(request: HttpRequest, report: Report, reporter: Reporter) -> HttpResponse:
    """« Être prévenu par e-mail »: leaves an address afterwards; where there is one, offers to
    take it back."""
    if request.method != "POST":
        return _draw_mails(request, report, EmailForm())
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _draw_mails(request, report, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    email = form.cleaned_data["email"]
    try:
        intake.spend_email(address(request), report.pk, email)
        contacts.leave_email(acting=reporter, report_id=report.pk, email=email)
    except Refused as refusal:
        _refuse(form, refusal)
        return _draw_mails(request, report, form, refusal.status)
    return _back(report, "mails")


@by_code
@require_http_methods(FORM_METHODS)
@anonymous_form
@_with_report
def stop_mails(request: HttpRequest, report: Report, reporter: Reporter) -> HttpResponse:
    """« Ne plus recevoir de mails »: a page that asks, since programs open the links of mails
    before people do, and its button. Programs of mail send the same by themselves (RFC 8058)."""
    if request.method != "POST":
        return render(request, "portal/stop_mails.html", _about_mails(report))
    contacts.stop_mails(acting=reporter, report_id=report.pk)
    return _back(report, "sans-mails")


@by_code
@require_safe
@_with_report
def photo(
    _request: HttpRequest, report: Report, _reporter: Reporter, rank: int, variant: str
) -> FileResponse:
    """A picture that the reporter may see, by its place in the report. Raises NotFound for any
    other, as for one that is gone."""
    steps = timeline.story(report.pk, contacts=False, notes=False, texts=False).steps
    for shown in for_reporter(report, steps):
        if shown.rank == rank:
            content = open_variant(shown.picture.file, variant)
            response = FileResponse(
                content, content_type="image/jpeg", filename=f"{report.number}-{rank}.jpg"
            )
            response["Cache-Control"] = f"private, max-age={PICTURE_LIFE}"
            return response
    raise gone()


def _sent(
    request: HttpRequest,
    report: Report,
    form: ReporterForm,
    act: Callable[[tuple[UUID, ...]], object],
) -> int:
    """Does what a form with photos asks for: OK, or the status of the form that comes back with
    all that was in it. The limit is spent before any photo is read."""
    client = address(request)
    if not form.is_valid():
        form.keep_photos(client=client)
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        intake.spend_message(client, report.pk)
        pictures = form.take_photos()
        if form.errors:
            return HTTPStatus.UNPROCESSABLE_ENTITY
        act(pictures)
    except Refused as refusal:
        _refuse(form, refusal)
        form.keep_photos(client=client)
        return refusal.status
    return HTTPStatus.OK


def _refuse(form: Form, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _unknown(request: HttpRequest, code: str, refusal: NotFound) -> HttpResponse:
    form = CodeForm({"code": code.replace("\0", "")[:LONGEST_CODE]})
    form.add_error("code", str(refusal))
    return render(request, "portal/follow.html", {"form": form}, status=refusal.status)


def _draw_message(
    request: HttpRequest, report: Report, form: MessageForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(
        request, "portal/message.html", {"case": tracked(report), "form": form}, status=status
    )


def _draw_mails(
    request: HttpRequest, report: Report, form: EmailForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(
        request, "portal/mails.html", {**_about_mails(report), "form": form}, status=status
    )


def _about_mails(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "place": territory.known_collectivity(report.collectivity_id),
        "has_email": bool(timeline.email_of(report.pk)),
    }


def _draw_claim(
    request: HttpRequest, report: Report, form: ClaimForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(
        request, "portal/claim.html", {"case": tracked(report), "form": form}, status=status
    )


def _back(report: Report, said: str) -> HttpResponse:
    """To the report's page, which says that it is done. No session: the word is in the address."""
    page = reverse("portal:tracking", args=[report.tracking_code])
    return see_other(f"{page}?dit={said}")
