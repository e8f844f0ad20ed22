"""The photos of the demo's reports: few drawings of a scene, files of its own for each report."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final
from uuid import UUID

from riverain.files.actions import store_prepared
from riverain.reports.lifecycle import Status
from riverain.site.demo.cases import Case
from riverain.site.demo.scenes import VARIANTS
from riverain.site.demo.scenes.printing import Print, prints

# Which report, and whether the photo is from "before" or from "after".
Place = tuple[int, str]
_MOST_PROGRESS: Final = 4


def store(
    cases: Sequence[Case], *, progress: Callable[[int, int], None]
) -> dict[Place, tuple[UUID, ...]]:
    """Draws and stores the pictures, pending: before the transaction of the reports, which confirms
    them. `progress` is told how many of how many are stored, a few times."""
    wanted: dict[Print, list[Place]] = {}
    for place, one in _wanted(cases):
        wanted.setdefault(one, []).append(place)
    total = sum(map(len, wanted.values()))
    marks = [total * part // _MOST_PROGRESS for part in range(1, _MOST_PROGRESS)]
    stored: dict[Place, tuple[UUID, ...]] = {}
    for one, picture in prints(list(wanted)):
        for place in wanted[one]:
            sender = "system:demo" if one.after else "reporter"
            file = store_prepared(acting=sender, picture=picture, shown="photo.jpg")
            stored[place] = (file.id,)
            if len(stored) in marks:
                progress(len(stored), total)
    return stored


def _wanted(cases: Sequence[Case]) -> Iterator[tuple[Place, Print]]:
    for case in cases:
        if not case.scene:
            continue
        variant = case.number % VARIANTS
        yield (case.number, "before"), Print(case.scene, variant, after=False)
        worked = any(act.verb == "work_done" for act in case.acts)
        if case.ending is Status.DONE and worked:
            yield (case.number, "after"), Print(case.scene, variant, after=True)
