"""Entering a request for someone, on one screen: at the desk, on the telephone, in the street."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from riverain.accounts.permissions import Permission
from riverain.catalogue import queries as catalogues
from riverain.core.refusals import NotFound, Refused
from riverain.organisation.members import Member
from riverain.reports import names, queries, submission
from riverain.reports.models import Channel
from riverain.reports.submission import Elsewhere
from riverain.reports.timeline import email_of
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.desk import frame, photos
from riverain.web.desk.entry_forms import EntryForm
from riverain.web.ui import speech
from riverain.web.ui.access import AgentRequest, signed_in
from riverain.web.ui.redirects import see_other

# As many types as one glance takes in; the list beside them holds the others.
MOST_PROPOSED = 4
LONGEST_QUESTION = 200


@require_safe
@signed_in(Permission.ENTER_REPORTS)
def choose(request: AgentRequest) -> HttpResponse:
    """The screen of the town that `ville` names, else of the agent's first one; `canal` is the
    way in which the request before came, and the next one likely does; `q` begins the words."""
    towns = frame.towns_of(request.member, Permission.ENTER_REPORTS)
    asked = request.GET.get("ville", "")
    town = next((one for one in towns if one.slug == asked), towns[0] if towns else None)
    if town is None:
        return frame.page(request, "desk/enter_nowhere.html", {})
    form = EntryForm(
        catalogues.catalogue(town.id),
        channel=request.GET.get("canal", Channel.PHONE),
        words=request.GET.get("q", "").replace("\0", " ")[:LONGEST_QUESTION],
    )
    # Whoever comes here has someone speaking to them.
    form.fields["description"].widget.attrs["autofocus"] = True
    return _draw(request, town, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Permission.ENTER_REPORTS)
def enter(request: AgentRequest, town: str, code: str = "") -> HttpResponse:
    """The screen (GET), with the type that the address names; its sending (POST). `proposer` and
    `choisir` only bring the type's part up to date with what is typed."""
    here = _town(request.member, town)
    catalogue = catalogues.catalogue(here.id)
    if code and ((named := catalogue.type(code)) is None or not named.active):
        raise NotFound(_("Ce type de signalement n’existe pas, ou plus."))
    if request.method != "POST":
        return _draw(request, here, EntryForm(catalogue, code=code))
    said = _said(request.POST, code)
    form = EntryForm(catalogue, said, request.FILES)
    if "choisir" in said or "proposer" in said:
        return _redraw(request, here, form)
    valid = form.is_valid()
    pictures = photos.take(form, request.member)
    if not valid or form.errors:
        return _draw(request, here, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        done = submission.submit(acting=request.member, draft=form.draft(here, pictures))
    except Refused as refusal:
        form.refuse(refusal)
        return _draw(request, here, form, refusal=refusal, status=refusal.status)
    return see_other("desk:receipt", done.report.number)


@require_safe
@signed_in(Permission.ENTER_REPORTS)
def receipt(request: AgentRequest, number: str) -> HttpResponse:
    """What to tell the person, on the telephone or at the desk, by whoever entered it."""
    report = queries.entered(request.member, number)
    town = territory.known_collectivity(report.collectivity_id)
    return frame.page(
        request,
        "desk/receipt.html",
        {
            "report": report,
            "service": capfirst(names.service(report.service.name)),
            "mailed": bool(email_of(report.pk)),
            "is_readable": queries.visible(request.member).filter(pk=report.pk).exists(),
            "again": _again(town, report.channel),
        },
        town=town,
    )


def _again(town: CollectivityFacts, channel: str) -> str:
    asked = {"ville": town.slug, "canal": channel}
    return f"{reverse('desk:choose')}?{urlencode(asked)}"


def _town(member: Member, slug: str) -> CollectivityFacts:
    for one in frame.towns_of(member, Permission.ENTER_REPORTS):
        if one.slug == slug:
            return one
    raise NotFound(_("Vous ne saisissez pas de demande pour cette collectivité."))


def _said(posted: QueryDict, code: str) -> QueryDict:
    """What was posted, with the type that was pressed, or that of the address."""
    said = posted.copy()
    if "choisir" in said:
        said["type"] = str(said["choisir"])
    elif "type" not in said:
        said["type"] = code
    return said


def _redraw(request: AgentRequest, town: CollectivityFacts, form: EntryForm) -> HttpResponse:
    """The type's part alone, for the screen that asks while one types; else the whole screen,
    with what is typed and without its faults, which nobody asked for yet."""
    form.full_clean()
    is_part = bool(request.headers.get("HX-Request"))
    if not is_part:
        photos.take(form, request.member)
    form.errors.clear()
    if is_part:
        return render(request, "desk/parts/entry_type.html", _about_type(town, form))
    return _draw(request, town, form)


def _about_type(town: CollectivityFacts, form: EntryForm) -> dict[str, object]:
    """What the part about the type shows: what the words suggest, and what the choice entails."""
    text = str(form["description"].value() or "")
    found = catalogues.find(town.id, text, for_residents=False)[:MOST_PROPOSED]
    chosen = form.chosen
    return {
        "town": town,
        "form": form,
        "type": chosen,
        "proposed": [one for one in found if one != chosen],
        "promise": speech.committed(chosen, town) if chosen else "",
    }


def _draw(
    request: AgentRequest,
    town: CollectivityFacts,
    form: EntryForm,
    *,
    refusal: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    towns = frame.towns_of(request.member, Permission.ENTER_REPORTS)
    context = _about_type(town, form) | {
        "towns": towns if len(towns) > 1 else [],
        "centre": territory.centre(town.id),
        "areas_url": reverse("desk:areas", args=[town.slug]),
        "elsewhere": refusal if isinstance(refusal, Elsewhere) else None,
    }
    return frame.page(request, "desk/enter.html", context, town=town, status=status)
