"""What the reporter would read of a step, before it is taken.

The step is taken for real and rolled back: what an agent is shown beforehand cannot differ from
what is recorded and sent afterwards. Nothing stays of it, no entry, no job, no notice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from riverain.reports import states, timeline
from riverain.territory.facts import CollectivityFacts


@dataclass(frozen=True, slots=True)
class Told:
    """In the reporter's language; `text` stands beside the sentence where it is no part of it."""

    sentence: str
    text: str
    language: str


def rehearse(report_id: int, act: Callable[[], object], *, town: CollectivityFacts) -> Told | None:
    """What `act`, an action on this report, would tell; None when nothing. Raises what it
    refuses."""
    with transaction.atomic():
        act()
        story = timeline.story(report_id, contacts=False, notes=False)
        transaction.set_rollback(True)
    step = story.steps[-1]
    if not step.told:
        return None
    with override(story.language):
        text = step.words.get("text", "") if states.shows_text(step) else ""
        return Told(states.sentence(step, town), text, story.language)
