from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from riverain.catalogue.facts import Counts, Deadline, Unit
from riverain.web.ui import speech
from tests.routing.made import a_type, collectivity

PARIS, REUNION = "Europe/Paris", "Indian/Reunion"
# A Wednesday, 10 h 00 in Paris (summer time), 12 h 00 in Réunion.
NOW = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)


def said(language, function, *args, **kwargs):
    with translation.override(language):
        return function(*args, **kwargs).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("shift", "french"),
    [
        (timedelta(0), "à l’instant"),
        (timedelta(seconds=-59), "à l’instant"),
        (timedelta(minutes=-12), "il y a 12~min"),
        (timedelta(minutes=12), "dans 12~min"),
        (timedelta(hours=-1), "aujourd’hui à 9~h"),
        (timedelta(hours=6, minutes=40), "aujourd’hui à 16~h~40"),
        (timedelta(hours=-17, minutes=-20), "hier à 16~h~40"),
        (timedelta(hours=-11), "hier à 23~h"),
        (timedelta(hours=14), "demain à 0~h"),
        (timedelta(days=-2, minutes=5), "avant-hier à 10~h~05"),
        (timedelta(days=2, hours=-1), "vendredi à 9~h"),
        (timedelta(days=-6), "jeudi à 10~h"),
        (timedelta(days=-7), "le 3~juin 2026"),
        (timedelta(days=7), "le 17~juin 2026"),
        (timedelta(days=-9), "le 1er~juin 2026"),
    ],
)
def test_a_moment_is_said_as_people_say_it(shift, french):
    assert said("fr", speech.moment, NOW + shift, now=NOW, zone=PARIS) == french


def test_a_moment_is_said_in_the_zone_of_the_place():
    evening = datetime(2026, 6, 9, 21, 30, tzinfo=UTC)
    assert said("fr", speech.moment, evening, now=NOW, zone=PARIS) == "hier à 23~h~30"
    assert said("fr", speech.moment, evening, now=NOW, zone=REUNION) == "aujourd’hui à 1~h~30"


@pytest.mark.parametrize(
    ("at", "french"),
    [
        # The clocks go forward on 29 March 2026 at 2 h, and back on 25 October at 3 h.
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "dimanche 29~mars 2026 à 1~h~30"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "dimanche 29~mars 2026 à 3~h~30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "dimanche 25~octobre 2026 à 2~h~30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "dimanche 25~octobre 2026 à 2~h~30"),
        (datetime(2026, 3, 1, 11, 0, tzinfo=UTC), "dimanche 1er~mars 2026 à 12~h"),
    ],
)
def test_the_exact_instant_follows_the_clocks_of_the_town(at, french):
    assert said("fr", speech.exact, at, PARIS) == french


@pytest.mark.parametrize(
    ("span", "short", "long"),
    [
        (timedelta(seconds=20), "moins d’une minute", "moins d’une minute"),
        (timedelta(minutes=1), "1~min", "1~minute"),
        (timedelta(minutes=59, seconds=59), "59~min", "59~minutes"),
        (timedelta(hours=1, minutes=59), "1~h", "1~heure"),
        (timedelta(hours=47, minutes=59), "47~h", "47~heures"),
        (timedelta(hours=48), "2~j", "2~jours"),
        (timedelta(days=15, hours=23), "15~j", "15~jours"),
        (timedelta(seconds=-5), "moins d’une minute", "moins d’une minute"),
    ],
)
def test_a_length_of_time_at_a_glance_and_in_words(span, short, long):
    assert said("fr", speech.length, span) == short
    assert said("fr", speech.spelled, span) == long


@pytest.mark.parametrize(
    ("left", "french", "urgency"),
    [
        (timedelta(days=3), "encore 3~j", speech.Urgency.CALM),
        (timedelta(hours=24), "encore 24~h", speech.Urgency.CALM),
        (timedelta(hours=3, minutes=40), "encore 3~h", speech.Urgency.SOON),
        (timedelta(0), "encore moins d’une minute", speech.Urgency.SOON),
        (timedelta(minutes=-20), "en retard de 20~min", speech.Urgency.LATE),
        (timedelta(days=-4), "en retard de 4~j", speech.Urgency.LATE),
    ],
)
def test_a_deadline_says_what_is_left_or_by_how_much_it_is_missed(left, french, urgency):
    assert said("fr", speech.deadline, NOW + left, now=NOW) == french
    assert speech.urgency(NOW + left, now=NOW) is urgency


@pytest.mark.row("S0-58")
@pytest.mark.parametrize(
    ("given", "french", "english"),
    [
        (Deadline(2, Unit.HOURS), "sous 2~h", "within 2~h"),
        (Deadline(24, Unit.HOURS), "sous 24~h", "within 24~h"),
        (Deadline(15, Unit.DAYS), "sous 15~jours", "within 15~days"),
        (Deadline(1, Unit.DAYS), "sous 1~jour", "within 1~day"),
        (Deadline(5, Unit.DAYS, Counts.WORKING), "sous 5~jours ouvrés", "within 5~working days"),
        (Deadline(1, Unit.DAYS, Counts.WORKING), "sous 1~jour ouvré", "within 1~working day"),
        # Its town's own, where a type has none.
        (None, "sous 10~jours", "within 10~days"),
    ],
)
def test_a_commitment_is_said_in_its_own_unit(given, french, english):
    type_, town = a_type(deadline=given), collectivity(default_deadline_days=10)
    assert said("fr", speech.committed, type_, town) == french
    assert said("en", speech.committed, type_, town) == english


def test_a_kept_and_a_missed_commitment():
    assert said("fr", speech.kept, NOW, due=NOW) == "engagement tenu"
    missed = said("fr", speech.kept, NOW + timedelta(hours=3), due=NOW)
    assert missed == "engagement dépassé de 3~h"


@pytest.mark.parametrize(
    ("shift", "english"),
    [
        (timedelta(0), "just now"),
        (timedelta(minutes=-12), "12~min ago"),
        (timedelta(minutes=12), "in 12~min"),
        (timedelta(hours=-1), "today at 09:00"),
        (timedelta(hours=-17, minutes=-20), "yesterday at 16:40"),
        (timedelta(days=-2), "the day before yesterday at 10:00"),
        (timedelta(days=1), "tomorrow at 10:00"),
        (timedelta(days=2), "Friday at 10:00"),
        (timedelta(days=-7), "3~June 2026"),
        (timedelta(days=-9), "1~June 2026"),
    ],
)
def test_a_moment_in_english(shift, english):
    assert said("en", speech.moment, NOW + shift, now=NOW, zone=PARIS) == english


def test_lengths_and_deadlines_in_english():
    assert said("en", speech.exact, NOW, PARIS) == "Wednesday 10~June 2026 at 10:00"
    assert said("en", speech.length, timedelta(days=2)) == "2~d"
    assert said("en", speech.spelled, timedelta(hours=21)) == "21~hours"
    assert said("en", speech.deadline, NOW + timedelta(hours=3), now=NOW) == "3~h left"
    assert said("en", speech.deadline, NOW - timedelta(hours=3), now=NOW) == "3~h late"
    assert said("en", speech.kept, NOW, due=NOW) == "commitment kept"


def test_words_are_left_alone_in_english():
    with translation.override("en"):
        assert speech.typeset("Where ?") == "Where ?"
    with translation.override("fr"):
        assert speech.typeset("Où ?") == "Où\u00a0?"
