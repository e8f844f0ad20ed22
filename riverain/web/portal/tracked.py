"""A report as its reporter reads it: the answer first, then the history in plain words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import Nature, Outcome
from riverain.core import clock
from riverain.organisation import queries as organisation
from riverain.organisation.facts import PartnerFacts, ServiceFacts
from riverain.reports import messages, names, states, timeline, wording
from riverain.reports.answers import Answer, answer, closed
from riverain.reports.lifecycle import CLOSED, ELSEWHERE, Reason, Status, may_claim
from riverain.reports.models import Picture, Report
from riverain.reports.pictures import Shown, for_reporter
from riverain.reports.timeline import Step, Story
from riverain.reports.wording import State
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.ui import questions, speech

# The steps that the reporter made, told to nobody by mail but theirs to read again.
OWN = frozenset({"report.message", "report.thanked"})
# How a chip looks: its kind and its icon.
LOOKS: dict[Status, tuple[str, str]] = {
    Status.TO_PROCESS: ("brand", "mail"),
    Status.REJECTION_PROPOSED: ("brand", "mail"),
    Status.IN_PROGRESS: ("brand", "user"),
    Status.WAITING: ("wait", "pause"),
    Status.TRANSFERRED: ("wait", "transfer"),
    Status.LANDLORD: ("wait", "transfer"),
    Status.CLOSED_TRANSFERRED: ("plain", "transfer"),
    Status.REJECTED: ("plain", "cross"),
    Status.DONE: ("done", "check"),
    Status.CLAIMED: ("soon", "flag"),
    Status.KEPT: ("done", "check"),
    Status.UNDER_STUDY: ("wait", "clock"),
    Status.NOT_KEPT: ("plain", "cross"),
    Status.PASSED_ON: ("done", "heart"),
}
WITH_A_BODY = ELSEWHERE | {Status.CLOSED_TRANSFERRED}

# The address of a picture, by what is shown and its variant.
Address = Callable[[Shown, str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the history; `by_town` says whose words `text` are."""

    at: datetime
    sentence: str
    text: str
    by_town: bool


@dataclass(frozen=True, slots=True)
class Photo:
    thumb: str
    full: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    label: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """All that the tracking page shows. `due` is None where no deadline runs; `closed_at` is None
    while the report is open for its reporter; `body` is whoever else has it; `question` what the
    service asked last, when the reporter has not answered; `called` is the service's name with its
    article; `told` what the town wrote last, a sentence or more, empty where it wrote nothing."""

    report: Report
    town: CollectivityFacts
    service: ServiceFacts | None
    body: PartnerFacts | None
    competent: str
    answer: Answer
    told: str
    chip: Chip
    is_open: bool
    due: datetime | None
    late: bool
    closed_at: datetime | None
    took: str
    missed_by: str
    kept: Chip | None
    is_refused: bool
    lines: tuple[Line, ...]
    description: str
    answers: tuple[tuple[str, str], ...]
    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    may_claim: bool
    may_thank: bool
    question: str
    waits_for_answer: bool
    has_email: bool
    called: str


def tracked(report: Report, *, picture_at: Address | None = None) -> Tracked:
    """Three queries, whatever the report holds. Contacts and notes among agents are not read."""
    town = territory.known_collectivity(report.collectivity_id)
    now = clock.now()
    story = timeline.story(report.pk, contacts=False, notes=False)
    state = states.known_to_reporter(report, story)
    pictures = for_reporter(report, story.steps)
    closed_at = report.closed_at if state.status in CLOSED else None
    said = answer(state, speech.Spoken(now, town.timezone))
    question = _question(story) if state.status not in CLOSED else ""
    missed = _missed(report, closed_at)
    address = picture_at or _by_code(report)
    return Tracked(
        report=report,
        town=town,
        service=organisation.directory().service(report.service_id),
        body=_body(report, state),
        competent=_competent(report, state),
        answer=said,
        told=closed(state.text) if state.text else "",
        chip=_chip(state),
        is_open=state.status not in CLOSED,
        due=state.due_at,
        late=state.due_at is not None and state.due_at < now,
        closed_at=closed_at,
        took=_took(report, closed_at),
        missed_by=speech.spelled(missed) if missed else "",
        kept=_kept(report, state, closed_at),
        is_refused=state.status in {Status.REJECTED, Status.NOT_KEPT},
        lines=_lines(story, town, above=(said.title, said.detail, question)),
        description=story.description,
        answers=_answers(report, story),
        before=_photos(pictures, Picture.Moment.BEFORE, address),
        after=_photos(pictures, Picture.Moment.AFTER, address),
        may_claim=may_claim(Status(report.status), nature=Nature(report.nature)),
        may_thank=messages.may_thank(report, (step.kind for step in story.steps)),
        question=question,
        waits_for_answer=state.status is Status.WAITING and state.reason is Reason.REPORTER,
        has_email=story.has_email,
        called=names.service(state.service),
    )


def _chip(state: State) -> Chip:
    kind, icon = LOOKS[state.status]
    if state.status is Status.DONE and state.outcome in wording.ENDED_OTHERWISE:
        kind = "plain"
    return Chip(label=wording.in_a_word(state), kind=kind, icon=icon)


def _body(report: Report, state: State) -> PartnerFacts | None:
    """Who has it instead of the town."""
    if state.status not in WITH_A_BODY or report.partner_id is None:
        return None
    return organisation.directory().partner(report.partner_id)


def _competent(report: Report, state: State) -> str:
    """Who does it, for what the town refused as not its own (P-31)."""
    if state.status is not Status.REJECTED or state.outcome is not Outcome.NOT_OURS:
        return ""
    type_ = catalogues.catalogue(report.collectivity_id).type_by_id(report.type_id)
    return type_.competent_body if type_ else ""


def _took(report: Report, closed_at: datetime | None) -> str:
    """« 21 heures »: from the report to its end; empty for a past without its hours (imports)."""
    if closed_at is None or not report.received_has_time or closed_at < report.received_at:
        return ""
    return speech.spelled(closed_at - report.received_at)


def _missed(report: Report, closed_at: datetime | None) -> timedelta | None:
    """By how much an ended report missed its deadline."""
    if closed_at is None or not _had_deadline(report) or report.due_at is None:
        return None
    return closed_at - report.due_at if closed_at > report.due_at else None


def _kept(report: Report, state: State, closed_at: datetime | None) -> Chip | None:
    """Whether the deadline was kept. A missed one is always said; a kept one where something was
    done, since no refusal is a promise kept."""
    if closed_at is None or not _had_deadline(report) or report.due_at is None:
        return None
    in_time = closed_at <= report.due_at
    if in_time and state.status is not Status.DONE:
        return None
    label = speech.kept(closed_at, due=report.due_at)
    return Chip(label=label, kind="done" if in_time else "late", icon="clock")


def _had_deadline(report: Report) -> bool:
    return report.nature == Nature.REPORT and report.received_has_time


def _lines(story: Story, town: CollectivityFacts, *, above: tuple[str, ...]) -> tuple[Line, ...]:
    """The history, newest first. The newest step does not repeat words that stand `above`."""
    shown = [step for step in story.steps if step.told or step.kind in OWN]
    lines = [_line(step, town) for step in reversed(shown)]
    if lines and lines[0].text in {*above, f"{above[0]} {above[1]}"}:
        lines[0] = replace(lines[0], text="")
    return tuple(lines)


def _line(step: Step, town: CollectivityFacts) -> Line:
    """The words of the town stand under what happened."""
    text = states.words(step)
    if step.kind != "report.moved":
        return Line(
            at=step.at,
            sentence=states.sentence(step, town),
            text=text,
            by_town=states.by_town(step),
        )
    return Line(at=step.at, sentence=states.happened(step), text=text, by_town=states.by_town(step))


def _question(story: Story) -> str:
    """What the service wrote, while its word is the last between them."""
    words = [step for step in story.steps if step.kind == "report.message"]
    if not words or words[-1].said.get("from") != "service":
        return ""
    return states.words(words[-1])


def _answers(report: Report, story: Story) -> tuple[tuple[str, str], ...]:
    """Question and answer, in the words of the type that was first reported: an agent may have
    changed it, and a question may be gone from the catalogue since."""
    given = story.answers
    if not given:
        return ()
    first = catalogues.catalogue(report.collectivity_id).type(str(story.steps[0].said["type"]))
    if first is None:
        return ()
    return tuple(questions.answered(first, given))


def _by_code(report: Report) -> Address:
    """Pictures at the address that the tracking code opens."""

    def address(shown: Shown, variant: str) -> str:
        return reverse("portal:photo", args=[report.tracking_code, shown.rank, variant])

    return address


def _photos(pictures: tuple[Shown, ...], moment: str, address: Address) -> tuple[Photo, ...]:
    found = [one for one in pictures if one.picture.moment == moment]
    compared = any(one.picture.moment == Picture.Moment.AFTER for one in pictures)
    photos = []
    for number, one in enumerate(found, start=1):
        alt, caption = _said_of(one.picture, compared=compared)
        photos.append(
            Photo(
                thumb=address(one, "thumb"),
                full=address(one, "full"),
                alt=f"{alt} {number}" if len(found) > 1 else alt,
                caption=caption,
            )
        )
    return tuple(photos)


def _said_of(picture: Picture, *, compared: bool) -> tuple[str, str]:
    """What it is for those who do not see it, and the caption on it: there is a "before" only once
    there is an "after"."""
    if picture.moment == Picture.Moment.AFTER:
        return _("Photo après l’intervention"), _("Après")
    if not picture.from_reporter:
        return _("Photo du signalement"), _("Avant") if compared else _("Photo du signalement")
    if picture.seq == 1:
        return _("Votre photo"), _("Avant, votre photo") if compared else _("Votre photo")
    return _("Photo jointe à votre message"), _("Votre message")
