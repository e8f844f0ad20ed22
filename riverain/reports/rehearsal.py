"""What the reporter would read of a step, before it is taken.

The step is taken for real and rolled back: what an agent is shown beforehand cannot differ from
what is recorded and sent afterwards. Nothing stays of it, no entry, no job, no notice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from riverain.reports import states, timeline
from riverain.reports.answers import Dated
from riverain.territory.facts import CollectivityFacts


@dataclass(frozen=True, slots=True)
class Told:
    """As the mail begins, in the reporter's language; `text` stands under the sentence where it is
    no part of it."""

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
        said = states.answered(step, town, Dated(town.timezone))
        return Told(said.title, said.detail, story.language)
