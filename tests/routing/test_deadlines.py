from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from riverain.catalogue.facts import Counts, Deadline, Unit
from riverain.organisation.facts import Calendar
from riverain.routing.deadlines import due_at, is_working_day
from riverain.territory.kinds import HolidayZone

# Each zone with the clocks of one of its towns.
CLOCKS = {
    "metropole": "Europe/Paris",
    "alsace-moselle": "Europe/Paris",
    "guadeloupe": "America/Guadeloupe",
    "martinique": "America/Martinique",
    "guyane": "America/Cayenne",
    "reunion": "Indian/Reunion",
    "mayotte": "Indian/Mayotte",
    "saint-barthelemy": "America/St_Barthelemy",
    "saint-martin": "America/Marigot",
    "saint-pierre-et-miquelon": "America/Miquelon",
    "nouvelle-caledonie": "Pacific/Noumea",
    "polynesie": "Pacific/Tahiti",
    "wallis-et-futuna": "Pacific/Wallis",
}
WEEK = Calendar()


def at(text, zone="Europe/Paris"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def due(deadline, text, *, zone="metropole", calendar=WEEK):
    """The local time when a deadline falls, as text, for a report at a local time."""
    clocks = CLOCKS[zone]
    found = due_at(
        deadline,
        instant=at(text, clocks),
        timezone=clocks,
        holiday_zone=zone,
        calendar=calendar,
    )
    assert found.tzinfo is UTC
    return found.astimezone(ZoneInfo(clocks)).strftime("%Y-%m-%d %H:%M")


def hours(amount):
    return Deadline(amount, Unit.HOURS)


def days(amount):
    return Deadline(amount, Unit.DAYS)


def working(amount):
    return Deadline(amount, Unit.DAYS, Counts.WORKING)


def test_every_holiday_zone_is_tried():
    assert set(CLOCKS) == set(HolidayZone.values)


@pytest.mark.row("S0-55", "S0-56", "S0-57")
def test_hours_elapse_through_nights_weekends_and_changes_of_the_clocks():
    assert due(hours(2), "2026-11-20 23:30") == "2026-11-21 01:30"
    assert due(hours(48), "2026-05-01 10:00") == "2026-05-03 10:00"
    # 29 March 2026: 02:00 becomes 03:00; 25 October 2026: 03:00 becomes 02:00
    assert due(hours(24), "2026-03-28 10:00") == "2026-03-29 11:00"
    assert due(hours(24), "2026-10-24 10:00") == "2026-10-25 09:00"


def test_days_elapse_on_the_clocks_of_the_town():
    assert due(days(15), "2026-11-22 16:40") == "2026-12-07 16:40"
    assert due(days(1), "2026-03-28 10:00") == "2026-03-29 10:00"
    assert due(days(1), "2026-10-24 10:00") == "2026-10-25 10:00"
    # a local time that does not exist is taken an hour later, one that comes twice at its first
    assert due(days(1), "2026-03-28 02:30") == "2026-03-29 03:30"
    twice = due_at(
        days(1),
        instant=at("2026-10-24 02:30"),
        timezone="Europe/Paris",
        holiday_zone="metropole",
        calendar=WEEK,
    )
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_leap_years():
    assert due(days(1), "2028-02-28 09:00") == "2028-02-29 09:00"
    assert due(days(365), "2027-03-01 09:00") == "2028-02-29 09:00"
    assert due(working(1), "2028-02-28 09:00") == "2028-02-29 09:00"
    assert due(days(1), "2027-02-28 09:00") == "2027-03-01 09:00"


def test_working_days_are_counted_after_the_day_of_the_report():
    # 2026-11-20 is a Friday
    assert due(working(1), "2026-11-19 16:40") == "2026-11-20 16:40"
    assert due(working(1), "2026-11-20 16:40") == "2026-11-23 16:40"
    assert due(working(5), "2026-11-20 23:59") == "2026-11-27 23:59"


def test_what_comes_on_a_day_off_counts_from_the_next_opening():
    assert due(working(1), "2026-11-21 10:00") == "2026-11-24 08:00"
    assert due(working(1), "2026-11-22 00:00") == "2026-11-24 08:00"
    assert due(working(1), "2026-11-23 00:00") == "2026-11-24 00:00"
    early = Calendar(opens=time(5, 30))
    assert due(working(1), "2026-11-21 10:00", calendar=early) == "2026-11-24 05:30"


@pytest.mark.row("L-07")
def test_a_public_holiday_is_no_working_day():
    # 11 November 2026 is a Wednesday, 14 May (Ascension) a Thursday
    assert due(working(1), "2026-11-10 10:00") == "2026-11-12 10:00"
    assert due(working(2), "2026-05-13 10:00") == "2026-05-18 10:00"
    assert due(working(1), "2026-11-11 10:00") == "2026-11-13 08:00"


@pytest.mark.row("L-07")
def test_alsace_and_moselle_have_good_friday_and_the_26th_of_december():
    # Good Friday is 3 April 2026; 26 December 2028 is a Tuesday
    assert due(working(1), "2026-04-02 10:00") == "2026-04-03 10:00"
    assert due(working(1), "2026-04-02 10:00", zone="alsace-moselle") == "2026-04-07 10:00"
    assert due(working(1), "2028-12-22 10:00") == "2028-12-26 10:00"
    assert due(working(1), "2028-12-22 10:00", zone="alsace-moselle") == "2028-12-27 10:00"


@pytest.mark.row("L-07")
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("guadeloupe", date(2026, 5, 27)),
        ("martinique", date(2026, 5, 22)),
        ("guyane", date(2026, 6, 10)),
        ("reunion", date(2027, 12, 20)),
        ("mayotte", date(2026, 4, 27)),
    ],
)
def test_overseas_the_end_of_slavery_has_its_own_day(zone, day):
    assert is_working_day(day, holiday_zone="metropole", calendar=WEEK)
    assert not is_working_day(day, holiday_zone=zone, calendar=WEEK)


def test_in_reunion_the_clocks_are_those_of_reunion():
    found = due_at(
        working(1),
        instant=datetime(2026, 11, 22, 21, 0, tzinfo=UTC),  # already Monday there
        timezone="Indian/Reunion",
        holiday_zone="reunion",
        calendar=WEEK,
    )
    assert found == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def test_a_service_that_works_one_day_a_week_still_comes():
    mondays = Calendar(weekdays=frozenset({0}))
    # Easter Monday is 6 April 2026
    assert due(working(2), "2026-03-23 09:00", calendar=mondays) == "2026-04-13 09:00"


def test_a_naive_instant_and_an_unknown_zone_are_refused():
    rest = {"timezone": "Europe/Paris", "calendar": WEEK}
    with pytest.raises(ValueError, match="aware"):
        due_at(days(1), instant=datetime(2026, 1, 1), holiday_zone="metropole", **rest)  # noqa: DTZ001 - the point
    with pytest.raises(KeyError):
        due_at(working(1), instant=at("2026-01-02 10:00"), holiday_zone="atlantide", **rest)


# --- properties ---

zones = st.sampled_from(sorted(CLOCKS))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
# Around the nights when the clocks of Europe and of Miquelon change.
changes = st.builds(
    lambda night, minutes: night + timedelta(minutes=minutes),
    st.sampled_from(
        [
            datetime(2026, month, day, tzinfo=UTC)
            for month, day in ((3, 8), (3, 29), (10, 25), (11, 1))
        ]
    ),
    st.integers(-3000, 3000),
)
calendars = st.builds(Calendar, st.frozensets(st.integers(0, 6), min_size=1))
anything = st.one_of(
    st.builds(hours, st.integers(1, 400)),
    st.builds(days, st.integers(1, 100)),
    st.builds(working, st.integers(1, 60)),
)


def fall(deadline, instant, zone, calendar):
    return due_at(
        deadline,
        instant=instant,
        timezone=CLOCKS[zone],
        holiday_zone=zone,
        calendar=calendar,
    )


@given(anything, instants | changes, zones, calendars)
def test_a_deadline_is_never_before_its_report(deadline, instant, zone, calendar):
    assert fall(deadline, instant, zone, calendar) > instant


@given(anything, instants | changes, zones, calendars)
def test_a_longer_deadline_never_falls_earlier(deadline, instant, zone, calendar):
    longer = Deadline(deadline.amount + 1, deadline.unit, deadline.counts)
    assert fall(longer, instant, zone, calendar) > fall(deadline, instant, zone, calendar)


@given(st.integers(1, 40), instants | changes, zones, calendars)
def test_working_days_never_fall_on_a_day_off(amount, instant, zone, calendar):
    found = fall(working(amount), instant, zone, calendar)
    day = found.astimezone(ZoneInfo(CLOCKS[zone])).date()
    assert is_working_day(day, holiday_zone=zone, calendar=calendar)


@given(st.integers(1, 40), instants | changes, zones, calendars)
def test_so_many_working_days_lie_between_the_report_and_its_deadline(
    amount, instant, zone, calendar
):
    """Counted the other way round: the days after the report's, up to the deadline's."""
    clocks = ZoneInfo(CLOCKS[zone])
    first = instant.astimezone(clocks).date()
    last = fall(working(amount), instant, zone, calendar).astimezone(clocks).date()
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [day for day in span if is_working_day(day, holiday_zone=zone, calendar=calendar)]
    assert len(worked) == amount + 1


@given(
    anything, instants | changes, st.timedeltas(timedelta(0), timedelta(days=9)), zones, calendars
)
def test_who_reports_later_is_not_served_on_an_earlier_day(
    deadline, instant, delay, zone, calendar
):
    clocks = ZoneInfo(CLOCKS[zone])
    sooner = fall(deadline, instant, zone, calendar).astimezone(clocks)
    later = fall(deadline, instant + delay, zone, calendar).astimezone(clocks)
    assert later.date() >= sooner.date()


@given(anything, instants, calendars)
def test_a_deadline_in_days_keeps_the_time_of_day_or_the_opening(deadline, instant, calendar):
    assume(deadline.unit is Unit.DAYS)
    clocks = ZoneInfo("Indian/Reunion")
    found = fall(deadline, instant, "reunion", calendar).astimezone(clocks)
    assert found.time() in {instant.astimezone(clocks).time(), calendar.opens}
