"""What the demo plans before it writes: shares, hours, seasons, crowds, nothing in the future. Pure."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from riverain.catalogue.facts import Nature, Priority, TypeFacts
from riverain.catalogue.reading import read
from riverain.reports.lifecycle import OPEN, Status
from riverain.site.demo import crowds, filling, history, people, subjects, today
from riverain.site.demo.days import PAST, days_until
from riverain.site.demo.town import CATALOGUE

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 3, 10, 9, 40, tzinfo=UTC)
# A night, the last minutes of a day, Sundays, a leap day, Christmas, the first of a year, both
# changes of the clocks, the middle of August.
INSTANTS = [
    MORNING,
    datetime(2026, 6, 18, 1, 10, tzinfo=UTC),
    datetime(2026, 11, 15, 22, 57, tzinfo=UTC),
    datetime(2026, 8, 16, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 15, 30, tzinfo=UTC),
    datetime(2026, 12, 25, 8, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
]
BOOK = subjects.read()


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
            family_icon=family.icon,
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


@pytest.fixture(scope="module")
def reports(cases):
    return [one for one in cases if one.type_.nature is Nature.REPORT]


@pytest.fixture(scope="module", params=INSTANTS, ids=lambda now: f"{now:%Y-%m-%dT%H:%M}")
def at_any_instant(request):
    return request.param, plan(request.param)


def test_the_shares_by_status_are_those_of_lille(reports):
    assert len(reports) == 3000
    assert Counter(one.ending for one in reports) == history.ENDINGS
    real = {"done": 653, "in_progress": 174, "rejected": 124, "closed_transferred": 26}
    real |= {"to_process": 17, "transferred": 15, "landlord": 7, "waiting": 2}
    for status, count in real.items():
        assert history.ENDINGS[Status(status)] / len(reports) == pytest.approx(
            count / 1019, abs=0.006
        )


def test_the_shares_by_sector_are_those_of_lille(reports):
    found = Counter(one.sector for one in reports)
    for sector, count in {"intra-muros": 608, "extra-muros": 380, "hellemmes": 31}.items():
        assert found[sector] / len(reports) == pytest.approx(count / 1019, abs=0.001)


def test_the_districts_come_in_the_order_of_lille_s(reports):
    counted = Counter(one.place.district for one in reports)
    assert [district for district, _count in counted.most_common()] == [
        "lille-centre",
        "wazemmes",
        "fives",
        "lille-sud",
        "lille-moulins",
        "vieux-lille",
        "vauban-esquermes",
        "saint-maurice-pellevoisin",
        "hellemmes",
        "bois-blancs",
        "faubourg-de-bethune",
    ]


def test_most_are_dirty_streets_and_tags(reports):
    counted = Counter(one.type_.code for one in reports)
    first, second, third = (code for code, _count in counted.most_common(3))
    assert (first, second, third) == (
        "salissures-depots-dejections",
        "tag-non-injurieux",
        "tag-injurieux",
    )
    assert (counted[first] + counted[second]) / len(reports) > 0.4
    assert len(counted) > 30
    assert {one.type_.family_code for one in reports} == {
        "proprete-tags",
        "signalisation-stationnement",
        "espaces-verts-jeux",
        "mobilier-urbain",
        "voirie-assainissement",
        "eclairage-public",
    }


def test_suggestions_and_praise_have_every_ending(cases):
    endings = {one.ending for one in cases if one.type_.nature is Nature.SUGGESTION}
    assert endings == {Status.KEPT, Status.UNDER_STUDY, Status.NOT_KEPT, Status.TO_PROCESS}
    praised = {one.ending for one in cases if one.type_.nature is Nature.PRAISE}
    assert praised == {Status.PASSED_ON, Status.TO_PROCESS}


def test_at_any_instant_nothing_lies_in_the_future_and_all_comes_in_order(at_any_instant):
    now, cases = at_any_instant
    for case in cases:
        instants = [case.received, *(act.at for act in case.acts)]
        assert instants == sorted(instants)
        assert now - PAST - timedelta(days=2) < instants[0] <= instants[-1] < now


def test_at_any_instant_something_is_new_due_today_and_late(at_any_instant):
    now, cases = at_any_instant
    pending = [
        one
        for one in cases
        if one.ending in {Status.TO_PROCESS, Status.IN_PROGRESS}
        and one.type_.nature is Nature.REPORT
    ]
    midnight = (now.astimezone(PARIS) + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    dues = [filling.due(one.type_, one.received) for one in pending]
    assert sum(now < due < midnight for due in dues) >= 3
    assert 0.2 < sum(due < now for due in dues) / len(dues) < 0.45
    assert sum(now - one.received < timedelta(hours=4) for one in pending) >= 3


def test_at_any_instant_the_counts_are_kept(at_any_instant):
    _now, cases = at_any_instant
    reports = [one for one in cases if one.type_.nature is Nature.REPORT]
    assert Counter(one.ending for one in reports) == history.ENDINGS
    assert Counter(one.sector for one in reports) == history.SECTORS


def test_the_same_instant_makes_the_same_past():
    assert plan() == plan()
    assert plan() != plan(MORNING + timedelta(days=1))


def test_agents_work_when_offices_and_crews_do(cases):
    done = [one for one in cases if one.ending is Status.DONE and not one.loud]
    closings = [act.at.astimezone(PARIS) for one in done for act in one.acts if act.verb == "close"]
    weekdays = [at for at in closings if at.weekday() < 5 and 7 <= at.hour < 18]
    assert len(weekdays) / len(closings) > 0.8


def test_residents_sleep_at_night_and_write_in_the_evening(cases):
    own = [one for one in cases if not one.enters]
    hours = Counter(one.received.astimezone(PARIS).hour for one in own)
    assert sum(hours[hour] for hour in range(6)) < len(own) * 0.02
    assert sum(hours[hour] for hour in (17, 18, 19)) > sum(hours[hour] for hour in (13, 14, 15))


def test_what_agents_enter_comes_in_office_hours(cases):
    entered = [one.received.astimezone(PARIS) for one in cases if one.enters]
    open_ = [at for at in entered if at.weekday() < 5 and 7 <= at.hour < 18]
    assert len(open_) / len(entered) > 0.95


def test_mondays_bring_more_than_sundays_and_the_year_grows(reports):
    days = Counter(one.received.astimezone(PARIS).weekday() for one in reports)
    assert days[0] > 1.4 * max(days[5], days[6])
    half = MORNING - timedelta(days=182)
    assert sum(one.received > half for one in reports) > 2 * sum(
        one.received < half for one in reports
    )


def test_the_market_is_spoken_of_on_sundays_after_it():
    cases = plan(datetime(2026, 10, 6, 9, 0, tzinfo=UTC))
    market = [one for one in cases if one.market]
    assert len(market) > 10
    assert {one.spot.street.name for one in market} == {"place de la Nouvelle-Aventure"}
    said = [one.received.astimezone(PARIS) for one in market]
    assert {(at.weekday(), 13 <= at.hour <= 17) for at in said} == {(6, True)}


def test_wasps_come_in_summer_and_slippery_ground_in_winter():
    cases = plan(datetime(2026, 12, 31, 9, 0, tzinfo=UTC))
    months = {
        code: Counter(one.received.month for one in cases if one.type_.code == code)
        for code in ("frelons-guepes-animaux-morts", "sol-glissant")
    }
    wasps, slips = months.values()
    assert sum(wasps[month] for month in (6, 7, 8, 9)) > sum(wasps.values()) / 2
    assert sum(slips[month] for month in (5, 6, 7, 8)) < sum(slips.values()) / 4
    christmas = [one for one in cases if "sapins" in one.text]
    assert {one.received.month for one in christmas} <= {1}


def test_a_storm_brings_reports_of_what_it_broke(reports):
    storm = next(iter(storms()))
    broken = [
        (one.received.astimezone(PARIS).date() - storm).days
        for one in reports
        if one.subject.stormy
    ]
    after = sum(0 <= days < 3 for days in broken)
    assert after > 3 * sum(3 <= days < 6 or -3 <= days < 0 for days in broken) / 2
    told = [one.text for one in reports if one.subject.stormy and not one.enters]
    assert any("tempête" in text or "coup de vent" in text or "orage" in text for text in told)


def storms():
    from random import Random

    days = days_until(MORNING, Random(history.SEED))
    assert all(isinstance(day, date) for day in days.storms)
    return days.storms


def test_each_hot_spot_has_more_in_ten_days_than_its_past_explains(reports):
    for hot in crowds.HOT_SPOTS:
        there = [
            (MORNING - one.received).days
            for one in reports
            if one.spot and (one.type_.code, one.spot.street.name) == (hot.type_code, hot.street)
        ]
        recent = sum(days <= 10 for days in there)
        usual = sum(days > 10 for days in there) / 35.4
        assert recent >= hot.done + hot.open
        assert recent > 5 * max(usual, 1)


def test_neighbours_report_the_same_thing(reports):
    seen = Counter(
        (one.type_.code, one.spot.street.name, one.received.date())
        for one in reports
        if one.spot and not one.market and one.received < MORNING - timedelta(days=12)
    )
    assert sum(count > 1 for count in seen.values()) > 60


def test_a_person_is_invented_and_unreachable(cases):
    known = [one.contact for one in cases if not one.contact.is_empty]
    assert len(known) > 2000
    for contact in known:
        assert contact.email == "" or contact.email.endswith("@demo.example")
        assert contact.phone == "" or contact.phone.startswith("06 39 98 ")


def test_every_channel_is_used_and_agents_enter_for_others(cases):
    counted = Counter(one.channel.value for one in cases)
    assert set(counted) == {
        *("web", "mobile", "phone", "desk", "field", "email"),
        *("letter", "social", "elected", "meeting"),
    }
    assert (counted["web"] + counted["mobile"]) / len(cases) == pytest.approx(0.71, abs=0.05)
    for case in cases:
        assert bool(case.enters) == (case.channel.value not in {"web", "mobile"})


def test_a_third_come_with_a_photo_of_what_they_say(reports):
    assert sum(bool(one.scene) for one in reports) / len(reports) == pytest.approx(0.35, abs=0.04)
    pictured = {
        told.scene for subject in (*BOOK.subjects, *BOOK.market) for told in subject.tellings
    }
    assert {one.scene for one in reports} <= pictured


def test_deadlines_are_kept_more_for_what_is_urgent(reports):
    done = [one for one in reports if one.ending is Status.DONE and not one.loud]
    kept = {True: [], False: []}
    for case in done:
        due = filling.due(case.type_, case.received)
        closed = next(act.at for act in case.acts if act.verb == "close")
        kept[due - case.received < timedelta(days=2)].append(closed <= due)
    shares = {urgent: sum(all_) / len(all_) for urgent, all_ in kept.items()}
    assert 0.65 < shares[False] < shares[True] < 1


def test_the_wishes_leave_room_for_the_rest():
    wished = Counter(one.ending for one in today.wishes(MORNING))
    assert all(count <= history.ENDINGS[ending] for ending, count in wished.items())
    assert set(wished) & OPEN


def test_a_district_hall_raises_what_is_in_its_district(cases):
    raised = [one for one in cases if any(act.verb == "prioritise" for act in one.acts)]
    assert {one.spot.district for one in raised} == {"wazemmes"}
    said = [act.said for one in raised for act in one.acts if act.verb == "prioritise"]
    assert all(one == {"priority": Priority.HIGH} for one in said)


def test_the_handbook_names_every_account():
    handbook = Path(__file__).resolve().parents[2] / "docs" / "demo.md"
    written = handbook.read_text(encoding="utf-8")
    assert [one.account for one in people.PEOPLE if f"`{one.account}`" not in written] == []
