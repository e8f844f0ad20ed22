"""A report's page: what is known of it, what happened, what can be done."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.accounts.permissions import Permission
from riverain.catalogue.facts import Nature, Priority
from riverain.files.pictures import THUMB_SIDE
from riverain.files.queries import gone, open_variant
from riverain.reports import consulted, queries, similar, wording
from riverain.reports.lifecycle import RUNNING, Status
from riverain.reports.models import Channel, Picture
from riverain.reports.pictures import pictures_of
from riverain.reports.sight import sight_of
from riverain.web.desk import frame, screen, story_lines
from riverain.web.desk.case import Case, opened
from riverain.web.desk.filters import FilterForm
from riverain.web.desk.people import People
from riverain.web.desk.rows import anchor_of, rows_of, state_kind
from riverain.web.desk.step import Group, Step
from riverain.web.desk.steps import next_step, offered
from riverain.web.desk.words import PRIORITIES, VIEWS
from riverain.web.ui import questions
from riverain.web.ui.access import AgentRequest, signed_in
from riverain.web.ui.links import address

# Kept by the agent's browser, but asked for again each time: a picture that was erased, or is no
# longer theirs, does not show from a cache.
_PICTURE_CACHE = "private, no-cache"
# Beside the filled button; with more of them none is found at a glance.
_IN_BAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """`sizes` is both of them with their widths in pixels, for the browser to choose."""

    thumb: str
    full: str
    sizes: str
    alt: str
    caption: str


@require_safe
@signed_in(Permission.READ_REPORTS)
def report(request: AgentRequest, number: str) -> HttpResponse:
    return draw(request, opened(request.member, number))


def draw(request: AgentRequest, case: Case, *, has_moved: bool = False) -> HttpResponse:
    """The report's page, or its pane. `has_moved`: a step was just taken from the pane, so that
    the list's row and the counts of the views come along."""
    steps = offered(case)
    first = next_step(case, steps)
    moving = _in(steps, {Group.WORK, Group.TRANSMIT, Group.END}, but=first)
    usual = [step for step in moving if not step.is_rare]
    # A letter is worth nothing on a button that is folded away.
    usual.sort(key=lambda step: not step.key)
    corrections = _in(steps, {Group.CORRECT})
    if first is None and not usual:
        # Who may only put a report right, as a district hall does, has that at hand.
        usual, corrections = corrections[:_IN_BAR], corrections[_IN_BAR:]
    contact = case.story.contact
    return screen.page(
        request,
        "desk/report.html",
        about(case)
        | {
            "first": first,
            "acts": usual[:_IN_BAR],
            "folded": usual[_IN_BAR:] + [step for step in moving if step.is_rare],
            "says": _in(steps, {Group.SAY}),
            "notes": _in(steps, {Group.NOTE}),
            "corrections": corrections,
            "nearby": similar.nearby(case.member, case.report) if case.sight.texts else [],
            "known": similar.of_same_person(case.member, case.report, contact)
            if case.sight.contacts
            else similar.Known(0, ()),
            "back": back(request, number=case.report.number),
            "fresh": _fresh(request, case) if has_moved else None,
        },
        town=case.town,
        number=case.report.number,
    )


def back(request: AgentRequest, *, number: str) -> str:
    """The list again, at this report's row."""
    carried = frame.carried(request) or f"?vue={VIEWS[frame.first_view(request.member)][0]}"
    return f"{address('desk:worklist')}{carried}#{anchor_of(number)}"


def _fresh(request: AgentRequest, case: Case) -> dict[str, Any]:
    """The row, how many the list holds and the views as they are after a step."""
    form = FilterForm(request.GET, member=case.member)
    form.is_valid()
    rows = rows_of(
        case.member,
        [case.report],
        carried=frame.carried(request),
        open_number=case.report.number,
    )
    return {
        "rows": rows,
        "has_left": not queries.holds(case.member, form.filters, case.report.pk),
        "groups": frame.groups(case.member, form.view),
        "total": queries.count(case.member, form.filters),
        "view": form.view,
    }


@require_safe
@signed_in(Permission.READ_REPORTS)
def photo(request: AgentRequest, number: str, picture_id: int, variant: str) -> HttpResponseBase:
    """A picture of a report, for whoever may read that report's pictures. Raises NotFound."""
    found = queries.readable(request.member, number)
    picture = queries.picture(found, picture_id)
    if not sight_of(request.member, found).shows(picture):
        raise gone()
    etag = f'"{picture.file.sha256}-{variant}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        content = open_variant(picture.file, variant)
        response = FileResponse(content, content_type="image/jpeg", headers={"ETag": etag})
    response["Cache-Control"] = _PICTURE_CACHE
    response["X-Content-Type-Options"] = "nosniff"
    return response


def about(case: Case) -> dict[str, Any]:
    """What the report's page and the pages of its steps show of it."""
    report, sight = case.report, case.sight
    if case.story.contact:
        consulted.contact(case.member, report)
    photos, people = _photos(case), People(case)
    return {
        "case": case,
        "report": report,
        "sight": sight,
        "state": case.state,
        "state_kind": state_kind(case.status),
        "priority": PRIORITIES[Priority(report.priority)],
        "is_pressing": report.is_open and report.priority < Priority.NORMAL,
        "runs": case.status in RUNNING,
        # A first one is the status itself, until it is answered.
        "claims": 0 if report.claims == 1 and case.status is Status.CLAIMED else report.claims,
        "channel": wording.CHANNELS[Channel(report.channel)],
        "nature": wording.NATURES[case.nature],
        "is_unusual": case.nature is not Nature.REPORT,
        "agent_in_charge": people.in_charge,
        "answers": _answers(case),
        "before": [one for moment, one in photos if moment == Picture.Moment.BEFORE],
        "after": [one for moment, one in photos if moment == Picture.Moment.AFTER],
        "photos": [one for _moment, one in photos],
        "contact": case.story.contact,
        "reporter_page": address("portal:as-reporter", report.number)
        if sight.texts and not sight.outside
        else "",
        "planned": wording.day(report.planned_for) if report.planned_for else "",
        "resumes": wording.day(report.resume_on) if report.resume_on else "",
        "lines": story_lines.lines(case, people),
        "areas_url": address("desk:areas", case.town.slug),
        # Looked for on the report's own page only (`draw`).
        "says": [],
        "nearby": [],
        "known": similar.Known(0, ()),
    }


def _answers(case: Case) -> list[tuple[str, str]]:
    """In the words of the type under which the report was made: an agent may have changed it."""
    first = str(case.story.steps[0].said.get("type", case.type.code))
    return questions.answered(case.catalogue.type(first) or case.type, case.story.answers)


def _in(steps: list[Step], groups: set[Group], *, but: Step | None = None) -> list[Step]:
    return [step for step in steps if step.group in groups and step is not but]


def _photos(case: Case) -> list[tuple[str, Photo]]:
    number = case.report.number
    found = []
    shown = [one for one in pictures_of(case.report, case.story.steps) if case.sight.shows(one)]
    # There is a "before" only once there is an "after".
    compared = any(one.moment == Picture.Moment.AFTER for one in shown)
    for index, picture in enumerate(shown, 1):
        caption = _("Après") if picture.moment == Picture.Moment.AFTER else _("Avant")
        thumb, full = (
            address("desk:photo", number, picture.pk, variant) for variant in ("thumb", "full")
        )
        width, height = picture.file.width, picture.file.height
        small = width * min(THUMB_SIDE / max(width, height), 1)
        found.append(
            (
                picture.moment,
                Photo(
                    thumb=thumb,
                    full=full,
                    sizes=f"{thumb} {small:.0f}w, {full} {width}w",
                    alt=_("Photo %(index)d, %(moment)s l’intervention")
                    % {"index": index, "moment": caption.lower()},
                    caption=caption if compared else "",
                ),
            )
        )
    return found
