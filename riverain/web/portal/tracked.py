"""A report as its reporter reads it: the answer first, then the history in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from riverain.catalogue import queries as catalogues
from riverain.catalogue.facts import Nature
from riverain.core import clock
from riverain.organisation import queries as organisation
from riverain.organisation.facts import ServiceFacts
from riverain.reports import states, timeline, wording
from riverain.reports.lifecycle import PAUSED, Actor, Status, transition
from riverain.reports.models import Picture, Report
from riverain.reports.pictures import Shown, for_reporter
from riverain.reports.timeline import Step, Story
from riverain.reports.wording import State
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.web.ui import questions, speech

# A title that a telephone shows without scrolling; the rest of a long answer stands under it.
LONGEST_TITLE = 170
# The steps that the reporter made, told to nobody by mail but theirs to read again.
OWN = frozenset({"report.message", "report.thanked"})


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the history."""

    at: datetime
    sentence: str
    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    rank: int
    alt: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """All that the tracking page shows. `due` is None where no deadline runs; `kept` says of an
    ended report whether it was; `late` that a running one is missed; `is_asked` that the service
    wrote last."""

    report: Report
    town: CollectivityFacts
    service: ServiceFacts | None
    title: str
    rest: str
    is_open: bool
    due: datetime | None
    late: bool
    kept: str
    kept_in_time: bool
    lines: tuple[Line, ...]
    description: str
    answers: tuple[tuple[str, str], ...]
    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    may_claim: bool
    may_thank: bool
    is_asked: bool


def tracked(report: Report) -> Tracked:
    """Three queries, whatever the report holds. Contacts and notes among agents are not read."""
    town = territory.collectivity(report.collectivity_id)
    if town is None:
        raise LookupError(f"report {report.pk} belongs to no collectivity")
    story = timeline.story(report.pk, contacts=False, notes=False)
    status = Status(report.status)
    title, rest = headline(states.state_of(report, story))
    runs = report.is_open and status not in PAUSED and report.nature == Nature.REPORT
    pictures = for_reporter(report, story.steps)
    return Tracked(
        report=report,
        town=town,
        service=organisation.directory().service(report.service_id),
        title=title,
        rest=rest,
        is_open=report.is_open,
        due=report.due_at if runs else None,
        late=runs and report.due_at is not None and report.due_at < clock.now(),
        kept=_kept(report),
        kept_in_time=bool(report.due_at and report.closed_at and report.closed_at <= report.due_at),
        lines=tuple(_line(step, town) for step in reversed(story.steps) if _is_shown(step)),
        description=story.description,
        answers=_answers(report, story),
        before=_photos(pictures, Picture.Moment.BEFORE),
        after=_photos(pictures, Picture.Moment.AFTER),
        may_claim=may_claim(report),
        may_thank=not report.is_open and not _thanked(story),
        is_asked=_is_asked(story),
    )


def headline(state: State) -> tuple[str, str]:
    """The sentence that answers, and what is too long for a title."""
    whole = wording.for_residents(state)
    if len(whole) <= LONGEST_TITLE or not state.text or state.text not in whole:
        return whole, ""
    return whole.replace(state.text, "").rstrip(" \u00a0:"), state.text


def may_claim(report: Report) -> bool:
    """Whether the lifecycle lets the reporter say that it is not settled."""
    line = transition(
        Status(report.status),
        Status.CLAIMED,
        nature=Nature(report.nature),
        actor=Actor.REPORTER,
    )
    return line is not None


def _is_shown(step: Step) -> bool:
    return step.told or step.kind in OWN


def _line(step: Step, town: CollectivityFacts) -> Line:
    if step.kind == "report.moved":
        title, rest = headline(states.state_after(step))
        text = rest or (step.words.get("text", "") if states.shows_text(step) else "")
        return Line(at=step.at, sentence=title, text=text)
    return Line(at=step.at, sentence=states.sentence(step, town), text=step.words.get("text", ""))


def _thanked(story: Story) -> bool:
    """Whether the reporter thanked since the last move."""
    last = [step.kind for step in story.steps if step.kind in {"report.moved", "report.thanked"}]
    return last[-1:] == ["report.thanked"]


def _is_asked(story: Story) -> bool:
    """Whether the last word between them is the service's."""
    words = [step.said.get("from") for step in story.steps if step.kind == "report.message"]
    return words[-1:] == ["service"]


def _kept(report: Report) -> str:
    if report.closed_at is None or report.due_at is None or report.nature != Nature.REPORT:
        return ""
    return speech.kept(report.closed_at, due=report.due_at)


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


def _photos(pictures: tuple[Shown, ...], moment: str) -> tuple[Photo, ...]:
    found = [one for one in pictures if one.picture.moment == moment]
    photos = []
    for number, one in enumerate(found, start=1):
        alt, caption = _said_of(one.picture)
        photos.append(
            Photo(rank=one.rank, alt=f"{alt} {number}" if len(found) > 1 else alt, caption=caption)
        )
    return tuple(photos)


def _said_of(picture: Picture) -> tuple[str, str]:
    """What it is for those who do not see it, and the caption on it."""
    if picture.moment == Picture.Moment.AFTER:
        return _("Photo après l’intervention"), _("Après")
    if not picture.from_reporter:
        return _("Photo du signalement"), _("Avant")
    if picture.seq == 1:
        return _("Votre photo"), _("Avant, votre photo")
    return _("Photo jointe à votre message"), _("Votre message")
