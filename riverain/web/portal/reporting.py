"""The page where a resident reports, the one where they check it (with JavaScript, both are one),
and the photos that wait meanwhile."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from riverain.catalogue.facts import TypeFacts
from riverain.core.refusals import Refused, TooMany
from riverain.files.queries import open_upload
from riverain.guard.client import address
from riverain.reports import intake, submission
from riverain.reports.acting import Reporter
from riverain.reports.models import Channel
from riverain.reports.submission import DeadEnd, Elsewhere
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal import candidates, checking, offers
from riverain.web.portal.beginning import Beginning, begun
from riverain.web.portal.forms import ReportForm
from riverain.web.portal.origin import anonymous_form
from riverain.web.portal.towns import takes_reports
from riverain.web.ui import speech
from riverain.web.ui.access import public
from riverain.web.ui.redirects import see_other

# What the button of a form asks for; a form that says nothing is sent.
CHECK, SEND = "verifier", "envoyer"


@public("anyone may report without an account (S2-02)")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@anonymous_form
@never_cache
@takes_reports
def report(request: HttpRequest, town: CollectivityFacts, code: str) -> HttpResponse:
    """The form of a type, and its sending. The page is in no cache: it carries the identifier of
    one submission. Never reads session or user (`anonymous_form`)."""
    type_ = offers.type_for_residents(town, code)
    sent = request.method == "POST"
    if type_.dead_end:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
        return render(request, "portal/dead_end.html", {"type": type_}, status=status)
    if sent:
        return _receive(request, town, type_)
    start = begun(request)
    if type_.dangerous and request.GET.get("vu") != "1":
        return render(request, "portal/danger.html", {"type": type_, "begun": start})
    return _draw(request, town, type_, ReportForm(type_, begun=start), start=start)


@public("whoever holds the signed token sent the photo")
@require_safe
def waiting_photo(request: HttpRequest) -> HttpResponseBase:
    """A photo of a form that came back with errors, for its sender. Raises NotFound."""
    content = open_upload(request.GET.get("jeton", ""), "thumb")
    response = FileResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _receive(request: HttpRequest, town: CollectivityFacts, type_: TypeFacts) -> HttpResponse:
    """The cheap checks first, then the gate, then the photos, then the report: nobody can make us
    decode pictures without spending of a limit."""
    form = ReportForm(type_, candidates.taken(request.POST), request.FILES)
    asked = request.POST.get("etape", SEND)
    if not form.is_valid():
        return _again(request, town, type_, form)
    form.settle_place(town)
    if asked != SEND:
        return _check(request, town, type_, form, edit=asked != CHECK)
    client = address(request)
    channel = _channel(request)
    try:
        draft = form.draft(town=town, channel=channel)
        receiver, _place = submission.receiver(draft)
        proved = intake.admit(
            collectivity_id=receiver.id,
            address=client,
            contact=draft.contact,
            proof=request.POST.get("proof", ""),
        )
        pictures = form.take_photos()
        if form.errors:
            return _draw(request, town, type_, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        done = submission.submit(
            acting=Reporter(),
            draft=form.draft(town=town, channel=channel, pictures=pictures, proved=proved),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, town, type_, form, refusal)
    tracking = reverse("portal:tracking", args=[done.report.tracking_code])
    location = f"{tracking}?recu=1"
    if request.headers.get("Accept") == "application/json":
        # js/send.js opens it by itself: following a redirection would draw the page twice.
        return JsonResponse({"location": location}, status=HTTPStatus.CREATED)
    return see_other(location)


def _check(
    request: HttpRequest,
    town: CollectivityFacts,
    type_: TypeFacts,
    form: ReportForm,
    *,
    edit: bool,
) -> HttpResponse:
    """What was said, to be checked before it is sent; or, with `edit`, the form with all of it.
    Nothing is sent yet: only what can be known without spending of the limits on reports is
    refused here."""
    if edit:
        form.keep_photos(client=address(request))
        return _draw(request, town, type_, form)
    try:
        submission.receiver(form.draft(town=town, channel=_channel(request)))
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, town, type_, form, refusal)
    form.keep_photos(client=address(request))
    if form.errors:
        return _draw(request, town, type_, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context = {
        "type": type_,
        "form": form,
        "lines": checking.said(form),
        "carried": list(checking.carried(form)),
        "candidates": candidates.offered(request, form, town),
        "committed": speech.committed(type_, town),
    }
    return render(request, "portal/check.html", context)


def _again(
    request: HttpRequest,
    town: CollectivityFacts,
    type_: TypeFacts,
    form: ReportForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The form with what was typed and, within a limit, the photos that came with it."""
    form.keep_photos(client=address(request))
    status = refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY
    response = _draw(request, town, type_, form, refusal=refusal, status=status)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _draw(
    request: HttpRequest,
    town: CollectivityFacts,
    type_: TypeFacts,
    form: ReportForm,
    *,
    refusal: Refused | None = None,
    start: Beginning | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "begun": start or Beginning(),
        "type": type_,
        "form": form,
        "committed": speech.committed(type_, town),
        "centre": territory.centre(town.id),
        "elsewhere": refusal if isinstance(refusal, Elsewhere) else None,
        "dead_end": refusal if isinstance(refusal, DeadEnd) else None,
        "proof": settings.PROOF_OF_WORK,
    }
    return render(request, "portal/report.html", context, status=status)


def _channel(request: HttpRequest) -> Channel:
    """Telephone or computer, as far as the browser says; only the figures by channel read it."""
    hint = request.headers.get("Sec-CH-UA-Mobile")
    told = hint == "?1" if hint else "Mobi" in request.headers.get("User-Agent", "")
    return Channel.MOBILE if told else Channel.WEB
