"""Several at once: what is checked must still hold when it is written."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from django.db import connection, connections, transaction

from riverain.audit.models import Entry, PersonalValue
from riverain.audit.verification import verify
from riverain.catalogue import actions as catalogue
from riverain.catalogue import files
from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.core.refusals import Refused, TooMany
from riverain.files.actions import store_picture
from riverain.guard import limits
from riverain.notifications.actions import hear
from riverain.notifications.models import Notice
from riverain.reports import actions, erasure, intake, messages
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Status
from riverain.reports.models import Picture, Report
from riverain.territory import actions as territory
from riverain.territory.models import Collectivity
from tests import town
from tests.territory.made import bring, districts

MANY = 8


@pytest.fixture
def city(committed_db):
    return town.build()


def at_once(*acts):
    """What each of these said, run together: its result, or its refusal."""

    def run(act):
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def taken(answers):
    return [one for one in answers if not isinstance(one, Refused)]


def ended(city):
    return actions.move(
        acting=city.member("coordinator"),
        report_id=town.report(city).pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text="Fait."),
    )


def test_one_photo_becomes_one_reports(city):
    """Its token sent in eight forms: seven are refused whole."""
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    answers = at_once(*[lambda: town.report(city, pictures=(picture.pk,)) for _ in range(MANY)])
    assert len(taken(answers)) == 1
    assert Report.objects.count() == Picture.objects.count() == 1


def test_one_ending_is_claimed_once(city):
    made = ended(city)
    answers = at_once(
        *[
            lambda: actions.claim(
                acting=Reporter(made.pk), report_id=made.pk, reason=ClaimReason.BADLY
            )
            for _ in range(MANY)
        ]
    )
    assert len(taken(answers)) == 1
    made.refresh_from_db()
    assert (made.claims, made.status) == (1, Status.CLAIMED)


def test_two_agents_who_end_the_same_report_end_it_once(city):
    made = town.report(city)
    given = Given(outcome=Outcome.DONE, text="Fait.")
    answers = at_once(
        *[
            lambda role=role: actions.move(
                acting=city.member(role), report_id=made.pk, to=Status.DONE, given=given, seq=1
            )
            for role in ("coordinator", "crew_chief", "referent", "deputy", "validator")
        ]
    )
    assert len(taken(answers)) == 1
    assert Report.objects.get(pk=made.pk).seq == 2


def test_what_is_written_while_a_report_is_erased_is_erased_or_refused(city):
    made = ended(city)
    holder = Reporter(made.pk)
    answers = at_once(
        lambda: erasure.erase_report(acting=city.member("administrator"), report_id=made.pk),
        *[
            lambda: messages.write_to_service(
                acting=holder, report_id=made.pk, text="C’est moi, Camille"
            )
            for _ in range(MANY)
        ],
    )
    assert isinstance(answers[0], Report)
    assert not PersonalValue.objects.filter(stream_kind="report", stream_id=made.pk).exists()
    assert verify().faults == []


def test_misses_beyond_the_limit_teach_nothing_however_many_come_together(city, monkeypatch):
    monkeypatch.setattr(intake, "MISSES", 3)
    answers = at_once(
        *[lambda: intake.look_up(address="203.0.113.7", code="AAAA-AAAA-AAAA") for _ in range(MANY)]
    )
    assert taken(answers) == []
    assert sum(not isinstance(one, TooMany) for one in answers) <= 3
    with pytest.raises(TooMany):
        limits.spend("tracking-code", "203.0.113.7", limit=2, per_seconds=intake.HOUR, cost=0)


def slowed(monkeypatch, room, name):
    """Those who come together are all past this check before the first of them writes."""
    check = getattr(room, name)

    def slowly(*args, **named):
        answer = check(*args, **named)
        Event().wait(0.2)
        return answer

    monkeypatch.setattr(room, name, slowly)


def loaded(city, words, others):
    """The import of Lille's catalogue with other words in it."""
    content = Path(town.__file__).with_suffix(".yaml").read_text().replace(words, others)
    return files.load(
        acting=town.CLI, collectivity_id=city.lille.pk, stream=io.BytesIO(content.encode())
    )


def test_two_imports_of_one_catalogue_make_its_types_once(city, monkeypatch):
    slowed(monkeypatch, catalogue, "_check_receivers")
    reports = at_once(*[lambda: loaded(city, "sac-plein", "sac-vide")] * 2)
    assert sorted(one.types.created for one in reports) == [(), ("sac-vide",)]


def test_submissions_do_not_wait_for_an_import_of_the_catalogue(city):
    def submit():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        return town.report(city)

    with transaction.atomic():
        assert loaded(city, "délai: 24 h", "délai: 36 h").types.updated == ("sac-plein",)
        (made,) = at_once(submit)
        assert made.type.code == "sac-plein"


def test_two_imports_of_one_file_make_its_areas_once(city, monkeypatch):
    slowed(monkeypatch, territory.matching, "plan")
    file = districts("Moulins", "Fives")
    reports = at_once(*[lambda: bring(city.lille, file, kind="hub")] * 2)
    assert sorted(one.created for one in reports) == [0, 2]


def test_two_towns_never_take_one_host(city, monkeypatch):
    """No index holds the names of an array to be of one row alone."""
    slowed(monkeypatch, territory, "_check_apart")

    def take(collectivity):
        return lambda: territory.update_collectivity(
            acting=town.CLI, collectivity=collectivity, hosts=["signaler.example"]
        )

    answers = at_once(take(city.lille), take(city.caen))
    assert len(taken(answers)) == 1
    assert Collectivity.objects.filter(hosts__contains=["signaler.example"]).count() == 1


def test_two_steps_heard_at_once_make_one_mail(city, monkeypatch):
    made, coordinator = town.report(city, email="camille@exemple.fr"), city.member("coordinator")
    for day in (date(2100, 1, 1), date(2100, 1, 2)):
        with clock.frozen(datetime(2099, 12, 31, 9, tzinfo=UTC)):
            actions.move(
                acting=coordinator,
                report_id=made.pk,
                to=Status.IN_PROGRESS,
                given=Given(planned_for=day),
            )
    slowed(monkeypatch, Notice.objects, "create")
    moves = Entry.objects.filter(kind="report.moved").order_by("seq")
    at_once(*[partial(hear, pk) for pk in moves.values_list("pk", flat=True)])
    notice = Notice.objects.get()
    assert notice.steps.count() == 2
