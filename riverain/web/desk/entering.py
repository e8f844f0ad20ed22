"""Entering a request for someone: at the desk, on the telephone, in the street."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from riverain.accounts.permissions import Permission
from riverain.catalogue import finding
from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import TypeFacts
from riverain.core.refusals import NotFound, Refused
from riverain.organisation.members import Member
from riverain.reports import queries, submission
from riverain.reports.submission import Elsewhere
from riverain.reports.timeline import email_of
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.desk import frame
from riverain.web.desk.entry_forms import EntryForm
from riverain.web.ui.access import AgentRequest, signed_in
from riverain.web.ui.redirects import see_other

LONGEST_QUESTION = 200


@require_safe
@signed_in(Permission.ENTER_REPORTS)
def choose(request: AgentRequest) -> HttpResponse:
    """The types of a town's catalogue, those for agents too, or those that answer `q`."""
    towns = frame.towns_of(request.member, Permission.ENTER_REPORTS)
    asked = request.GET.get("ville", "")
    town = next((one for one in towns if one.slug == asked), towns[0] if towns else None)
    text = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUESTION]
    catalogue = catalogues.catalogue(town.id) if town else None
    return frame.page(
        request,
        "desk/choose.html",
        {
            "towns": towns if len(towns) > 1 else [],
            "town": town,
            "text": text,
            "found": finding.find(catalogue.types, text) if catalogue and text else [],
            "families": catalogue.families if catalogue else (),
        },
        town=town,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Permission.ENTER_REPORTS)
def enter(request: AgentRequest, town: str, code: str) -> HttpResponse:
    """The form of a type (GET), and its sending (POST)."""
    chosen = _town(request.member, town)
    type_ = catalogues.catalogue(chosen.id).type(code)
    if type_ is None or not type_.active:
        raise NotFound(_("Ce type de signalement n’existe pas, ou plus."))
    if request.method != "POST":
        return _draw(request, chosen, type_, EntryForm(type_))
    form = EntryForm(type_, request.POST, request.FILES)
    valid = form.is_valid()
    pictures = form.take_photos(acting=request.member.label)
    if not valid or form.errors:
        return _draw(request, chosen, type_, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        done = submission.submit(acting=request.member, draft=form.draft(chosen, pictures))
    except Refused as refusal:
        form.refuse(refusal)
        return _draw(request, chosen, type_, form, refusal=refusal, status=refusal.status)
    return see_other("desk:receipt", done.report.number)


@require_safe
@signed_in(Permission.ENTER_REPORTS)
def receipt(request: AgentRequest, number: str) -> HttpResponse:
    """What to tell the person, on the telephone or at the desk, by whoever entered it."""
    report = queries.entered(request.member, number)
    town = territory.collectivity(report.collectivity_id)
    return frame.page(
        request,
        "desk/receipt.html",
        {
            "report": report,
            "mailed": bool(email_of(report.pk)),
            "is_readable": queries.visible(request.member).filter(pk=report.pk).exists(),
            "again": reverse("desk:choose") + (f"?ville={town.slug}" if town else ""),
        },
        town=town,
    )


def _town(member: Member, slug: str) -> CollectivityFacts:
    for one in frame.towns_of(member, Permission.ENTER_REPORTS):
        if one.slug == slug:
            return one
    raise NotFound(_("Vous ne saisissez pas de demande pour cette collectivité."))


def _draw(
    request: AgentRequest,
    town: CollectivityFacts,
    type_: TypeFacts,
    form: EntryForm,
    *,
    refusal: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "town": town,
        "type": type_,
        "form": form,
        "centre": territory.centre(town.id),
        "areas_url": reverse("desk:areas", args=[town.slug]),
        "elsewhere": refusal if isinstance(refusal, Elsewhere) else None,
    }
    return frame.page(request, "desk/enter.html", context, town=town, status=status)
