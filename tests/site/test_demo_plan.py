"""What the demo plans before it writes: shares, hours, nothing in the future; its drawings and its
words. Pure.
"""

import io
import json
import string
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shapely
from PIL import Image

from riverain.catalogue.facts import Nature, Priority, TypeFacts
from riverain.catalogue.reading import read
from riverain.catalogue.rules import check_answers
from riverain.core.identifiers import slug
from riverain.reports.lifecycle import OPEN, Status
from riverain.site.demo import filling, history, people, scenes, subjects, today
from riverain.site.demo.town import AREAS, CATALOGUE

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 3, 10, 9, 40, tzinfo=UTC)
# A night, the last minutes of a day, a Sunday, Christmas, the first of a year, both changes of
# the clocks, the end of August.
INSTANTS = [
    MORNING,
    datetime(2026, 6, 18, 1, 10, tzinfo=UTC),
    datetime(2026, 11, 15, 22, 57, tzinfo=UTC),
    datetime(2026, 8, 30, 12, 0, tzinfo=UTC),
    datetime(2026, 12, 25, 8, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
]
BOOK = subjects.read()
FEATURES = json.loads(AREAS.read_text(encoding="utf-8"))["features"]


def types():
    """The demo's catalogue as its towns have it, by code."""
    spec = read(CATALOGUE.read_bytes()).spec
    return {
        one.code: TypeFacts(
            **{name: getattr(one, name) for name in one.__dataclass_fields__},
            id=number,
            collectivity_id=1,
            family_id=1,
            family_code=family.code,
            category_id=None,
            position=number,
            active=True,
        )
        for family in spec.families
        for number, one in enumerate(family.types)
    }


TYPES = types()


def plan(now=MORNING):
    return history.plan(now, book=BOOK, types=TYPES, due=filling.due)


@pytest.fixture(scope="module")
def cases():
    return plan()


def test_the_shares_by_status_are_those_of_lille(cases):
    reported = [one for one in cases if one.type_.nature is Nature.REPORT]
    assert Counter(one.ending for one in reported) == history.ENDINGS
    real = {"done": 653, "in_progress": 174, "rejected": 124, "closed_transferred": 26}
    for status, count in real.items():
        assert history.ENDINGS[Status(status)] / len(reported) == pytest.approx(
            count / 1019, abs=0.02
        )


def test_the_shares_by_sector_are_those_of_lille(cases):
    reported = [one for one in cases if one.type_.nature is Nature.REPORT]
    found = Counter(one.sector for one in reported)
    real = {"intra-muros": 608, "extra-muros": 380, "hellemmes": 31}
    for sector, count in real.items():
        assert found[sector] / len(reported) == pytest.approx(count / 1019, abs=0.01)


def test_most_are_dirty_streets_and_tags(cases):
    counted = Counter(one.type_.code for one in cases)
    (first, dirty), (second, tags) = counted.most_common(2)
    assert (first, second) == ("salissures-depots-dejections", "tag-non-injurieux")
    assert dirty + tags > len(cases) * 0.45
    assert len(counted) > 30


def test_suggestions_and_praise_have_every_ending(cases):
    endings = {one.ending for one in cases if one.type_.nature is Nature.SUGGESTION}
    assert endings == {Status.KEPT, Status.UNDER_STUDY, Status.NOT_KEPT, Status.TO_PROCESS}
    praised = {one.ending for one in cases if one.type_.nature is Nature.PRAISE}
    assert praised == {Status.PASSED_ON, Status.TO_PROCESS}


@pytest.mark.parametrize("now", INSTANTS, ids=lambda now: f"{now:%m-%dT%H:%M}")
def test_at_any_instant_nothing_lies_in_the_future_and_all_comes_in_order(now):
    for case in plan(now):
        instants = [case.received, *(act.at for act in case.acts)]
        assert instants == sorted(instants)
        assert now - timedelta(days=62) < instants[0] <= instants[-1] < now


@pytest.mark.parametrize("now", INSTANTS, ids=lambda now: f"{now:%m-%dT%H:%M}")
def test_at_any_instant_something_is_new_due_today_and_late(now):
    pending = [
        one
        for one in plan(now)
        if one.ending in {Status.TO_PROCESS, Status.IN_PROGRESS}
        and one.type_.nature is Nature.REPORT
    ]
    midnight = (now.astimezone(PARIS) + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    dues = [filling.due(one.type_, one.received) for one in pending]
    assert sum(now < due < midnight for due in dues) >= 3
    assert 10 <= sum(due < now for due in dues) <= 20
    assert sum(now - one.received < timedelta(hours=4) for one in pending) >= 3


def test_the_same_instant_makes_the_same_past():
    assert plan() == plan()
    assert plan() != plan(MORNING + timedelta(days=1))


def test_agents_work_when_offices_and_crews_do(cases):
    done = [one for one in cases if one.ending is Status.DONE and not one.loud]
    closings = [act.at.astimezone(PARIS) for one in done for act in one.acts if act.verb == "close"]
    weekdays = [at for at in closings if at.weekday() < 5 and 7 <= at.hour < 18]
    assert len(weekdays) / len(closings) > 0.9


def test_residents_sleep_at_night(cases):
    hours = Counter(one.received.astimezone(PARIS).hour for one in cases)
    assert sum(hours[hour] for hour in range(6)) < len(cases) * 0.02


def test_a_person_is_invented_and_unreachable(cases):
    known = [one.contact for one in cases if not one.contact.is_empty]
    assert len(known) > 200
    for contact in known:
        assert contact.email == "" or contact.email.endswith("@demo.example")
        assert contact.phone == "" or contact.phone.startswith("06 39 98 ")


def test_every_channel_is_used_and_agents_enter_for_others(cases):
    assert {one.channel.value for one in cases} >= {"web", "mobile", "phone", "desk", "field"}
    for case in cases:
        assert bool(case.enters) == (case.channel.value not in {"web", "mobile"})


@pytest.mark.parametrize("subject", [*BOOK.subjects, *BOOK.suggestions, *BOOK.praise])
def test_what_is_said_fits_the_catalogue(subject):
    type_ = TYPES[subject.type_code]
    assert type_.makes_reports
    assert type_.agents_only == subject.agents_only
    assert subject.scene in {"", *scenes.SCENES}
    for telling in subject.tellings:
        check_answers(type_, telling.answers)
        slots = {name for _text, name, _format, _turn in string.Formatter().parse(telling.text)}
        assert slots <= {None, "ou", "depuis"}


def test_the_wishes_leave_room_for_the_rest():
    wished = Counter(one.ending for one in today.wishes(MORNING))
    assert all(count <= history.ENDINGS[ending] for ending, count in wished.items())
    assert set(wished) & OPEN


def test_the_outlines_are_coarse_ours_and_say_so():
    assert "dessinés à la main" in json.loads(AREAS.read_text(encoding="utf-8"))["note"]
    districts = [one for one in FEATURES if one["properties"]["genre"] == "district"]
    assert len(districts) == 12
    for feature in districts:
        (ring,) = feature["geometry"]["coordinates"]
        assert 5 <= len(ring) - 1 <= 9
        assert all(len(str(part).partition(".")[2]) <= 4 for point in ring for part in point)


def test_the_districts_share_their_borders_and_fill_the_town():
    shapes = {
        (one["properties"]["genre"], slug(one["properties"]["nom"])): shapely.from_geojson(
            json.dumps(one["geometry"])
        )
        for one in FEATURES
    }
    districts = [shape for (kind, _code), shape in shapes.items() if kind == "district"]
    assert shapely.coverage_is_valid(districts)
    whole = shapely.union_all(districts)
    assert whole.symmetric_difference(shapes["commune", "lille"]).area == pytest.approx(0)
    assert shapely.coverage_is_valid(
        [shapes["sector", name] for name in ("intra-muros", "extra-muros", "hellemmes")]
    )


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_scene_is_a_photo_of_a_street_before_and_after(scene):
    before, after = (scenes.draw(scene, 3, after=after) for after in (False, True))
    for content in (before, after):
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("JPEG", (960, 720))
    assert before != after
    assert scenes.draw(scene, 3) == before
    assert scenes.draw(scene, 4) != before


def test_a_district_hall_raises_what_is_in_its_district(cases):
    raised = [one for one in cases if any(act.verb == "prioritise" for act in one.acts)]
    assert {one.spot.district for one in raised} == {"wazemmes"}
    said = [act.said for one in raised for act in one.acts if act.verb == "prioritise"]
    assert all(one == {"priority": Priority.HIGH} for one in said)


def test_the_handbook_names_every_account():
    handbook = Path(__file__).resolve().parents[2] / "docs" / "demo.md"
    written = handbook.read_text(encoding="utf-8")
    assert [one.account for one in people.PEOPLE if f"`{one.account}`" not in written] == []
