"""The demo's towns, people and reports, filled once for this module and taken back after it."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from riverain.accounts.models import User
from riverain.accounts.permissions import Permission
from riverain.audit.models import Entry, PersonalValue
from riverain.audit.verification import verify
from riverain.config.env import SettingError
from riverain.core import clock, versions
from riverain.organisation.members import member_for
from riverain.organisation.models import Membership
from riverain.organisation.queries import directory
from riverain.organisation.roles import DEFAULT_ROLES
from riverain.reports import queries, submission
from riverain.reports.acting import Reporter
from riverain.reports.models import Picture, Report
from riverain.reports.rules import Contact, Draft
from riverain.reports.submission import Elsewhere
from riverain.site.demo import crowds, filling, history, people, telling
from riverain.territory import actions, geojson
from riverain.territory import queries as territory
from riverain.territory.locator import locate
from riverain.territory.models import Area, Collectivity, House, Street

NOW = datetime(2026, 3, 10, 9, 40, tzinfo=UTC)
PASSWORD = "cerise-marelle-tilleul"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "lille-quartiers.geojson"


def undone():
    """Takes back all that is written inside, and lets a durable transaction stand within."""
    block = transaction.atomic()
    block._from_testcase = True
    return block


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("RIVERAIN_DEMO_PASSWORD", PASSWORD)
        with undone():
            with clock.frozen(NOW):
                filling.fill()
            yield
            transaction.set_rollback(True)
        versions.forget()


@pytest.fixture
def town(filled):
    """The filled demo at its instant; what the test changes is taken back."""
    with clock.frozen(NOW), undone():
        yield
        transaction.set_rollback(True)
    versions.forget()


def member(account):
    return member_for(User.objects.get(email=f"{account}@demo.example"))


def districts():
    """Name, commune and (longitude, latitude) of the real districts, where the file is there."""
    if not REAL.exists():
        return []
    found = [feature["properties"] for feature in json.loads(REAL.read_text())["features"]]
    return [(one["quartier"], one["commune"].lower(), one["geo_point_2d"][::-1]) for one in found]


@pytest.mark.row("S0-03", "S0-04")
def test_the_towns_are_lille_hellemmes_lomme_and_a_paris_for_imports(town):
    found = {
        one.slug: (one.prefix, one.state, one.is_default, bool(territory.areas(one.id)))
        for one in territory.collectivities()
    }
    assert found == {
        "lille": ("LIL", "open", True, True),
        "hellemmes": ("HEL", "open", False, True),
        "lomme": ("LOM", "elsewhere", False, True),
        "paris": ("PAR", "open", False, False),
    }
    assert all(one.duty_phone == "03 00 00 00 17" for one in territory.collectivities())


@pytest.mark.row("S0-72")
def test_the_sectors_are_inside_and_outside_the_old_walls(town):
    sectors = Area.objects.filter(kind="sector").order_by("collectivity__slug", "code")
    assert list(sectors.values_list("collectivity__slug", "code")) == [
        ("hellemmes", "hellemmes"),
        ("lille", "extra-muros"),
        ("lille", "intra-muros"),
    ]


@pytest.mark.row("S0-04")
def test_a_point_in_lomme_leads_to_its_own_tool(town):
    lille = territory.collectivity_by_slug("lille")
    draft = Draft(
        submission_id="b5a3f1f4-6f0a-4f37-9b1e-7a3c7c1f0c11",
        collectivity_id=lille.id,
        type_code="sac-plein",
        channel="web",
        description="Sac plein",
        lon=2.994,
        lat=50.642,
        contact=Contact(),
    )
    with pytest.raises(Elsewhere) as refusal:
        submission.submit(acting=Reporter(), draft=draft)
    assert refusal.value.url.startswith("https://proximite.lomme.demo.example/signaler?type=sac-p")
    assert refusal.value.url.endswith("texte=Sac%20plein")


if REAL.exists():

    @pytest.mark.row("S0-71", "S0-73")
    @pytest.mark.parametrize("key_field", ["", "quartier", "code_quar"])
    def test_every_real_middle_is_in_its_district_and_its_town(town, key_field):
        if key_field:
            lille = Collectivity.objects.get(slug="lille")
            report = actions.import_areas(
                acting="system:test",
                collectivity=lille,
                kind="district",
                file=geojson.open_file(REAL),
                key_field=key_field,
                name_field="quartier",
            )
            assert (report.created, report.updated, report.refused) == (0, 12, ())
        found = [
            (place.district.name, place.collectivity.slug, tuple(point))
            for _name, _commune, point in districts()
            for place in [locate(*point)]
        ]
        assert found == [(name, commune, tuple(point)) for name, commune, point in districts()]


def test_one_department_cleans_lille_and_hellemmes(town):
    slugs = {one.id: one.slug for one in territory.collectivities()}
    served = {
        (one.code, tuple(sorted(slugs[town] for town in one.collectivity_ids)))
        for one in directory().services.values()
    }
    assert ("proprete", ("hellemmes", "lille")) in served
    assert ("espaces-verts", ("hellemmes",)) in served
    assert ("espaces-verts", ("lille",)) in served
    assert ("proprete", ("paris",)) in served
    assert member("coordination").collectivity_ids == {
        one.id for one in territory.collectivities() if one.slug in {"lille", "hellemmes"}
    }


def test_every_contact_is_invented(town):
    for one in (*directory().services.values(), *directory().partners.values()):
        assert one.phone.startswith("03 00 00 00 ")
        assert one.email.endswith("demo.example")


def test_each_role_has_an_account_and_the_eight_known_ones_are_first(town):
    assert [address.partition("@")[0] for address, _role in people.ACCOUNTS[:8]] == [
        "admin",
        "coordination",
        "accueil",
        "terrain",
        "chef",
        "mairie",
        "elu",
        "prestataire",
    ]
    roles = {one.role.code for one in Membership.objects.select_related("role").order_by("id")}
    assert roles == {one.code for one in DEFAULT_ROLES}
    assert len(people.ACCOUNTS) == len(DEFAULT_ROLES)
    for address, _role in people.ACCOUNTS:
        assert member_for(User.objects.get(email=address)).grants


def test_the_password_is_the_one_that_is_set(town, monkeypatch):
    users = User.objects.order_by("pk")
    assert users.first().check_password(PASSWORD)
    assert users.last().check_password(PASSWORD)
    recorded = Entry.objects.count()
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", "bobine-cerceau-lanterne")
    filling.fill()
    assert users.last().check_password("bobine-cerceau-lanterne")
    assert Entry.objects.count() == recorded + len(people.PEOPLE)


def test_a_password_too_weak_is_said_with_its_setting(town, monkeypatch):
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", "motdepasse")
    with pytest.raises(SettingError, match="RIVERAIN_DEMO_PASSWORD"):
        filling.fill()
    assert User.objects.order_by("pk").first().check_password(PASSWORD)


def test_a_second_filling_changes_nothing(town):
    before = Report.objects.count(), Entry.objects.count(), Collectivity.objects.count()
    filling.fill()
    assert before == (Report.objects.count(), Entry.objects.count(), Collectivity.objects.count())


def test_the_reports_stand_as_they_were_planned(town):
    wanted = Counter(one.ending.value for one in filling.planned(NOW))
    assert Counter(Report.objects.values_list("status", flat=True)) == wanted
    assert sum(wanted.values()) == sum(history.ENDINGS.values()) + 60
    assert set(Report.objects.values_list("collectivity__slug", flat=True)) == {
        "lille",
        "hellemmes",
    }


@pytest.mark.row("S0-37", "S0-38", "S0-39", "S0-40", "S0-41", "S0-42", "S0-43", "S0-44", "S0-45")
def test_every_view_of_the_coordinator_has_something(town):
    reader = member("coordination")
    counts = queries.counts(reader, queries.Filters())
    assert {view: count for view, count in counts.items() if not count} == {}
    assert queries.in_view(reader, queries.Filters(view="closed")).count() > 1000


@pytest.mark.parametrize(
    "account", [one.account for one in people.PEOPLE if one.role != "administrator"]
)
def test_everyone_has_something_to_read(town, account):
    assert queries.visible(member(account)).exists()


@pytest.mark.parametrize(
    "account",
    [
        "coordination",
        "accueil",
        "terrain",
        "chef",
        "mairie",
        "elu",
        "prestataire",
    ],
)
def test_what_is_late_and_what_is_due_today_is_always_there(town, account):
    counts = queries.counts(member(account), queries.Filters())
    assert counts["late"] > 0
    assert counts["due_today"] > 0
    assert counts["to_process"] > 0


@pytest.mark.parametrize("account", ["coordination", "terrain", "chef", "prestataire"])
def test_those_who_do_the_work_have_some_to_take_up_again(town, account):
    assert queries.counts(member(account), queries.Filters())["to_resume"] > 0


def test_a_landlord_has_something_to_do(town):
    counts = queries.counts(member("bailleur"), queries.Filters())
    assert counts["to_process"] == 2
    assert counts["transferred"] > 10


@pytest.mark.row("S0-71", "S0-72")
def test_each_report_is_found_in_the_district_and_sector_of_its_street(town):
    found = Counter(
        Report.objects.filter(district__isnull=False).values_list("district__code", flat=True)
    )
    wanted = Counter(one.spot.district for one in filling.planned(NOW) if one.spot)
    for district, count in wanted.items():
        assert found[district] == pytest.approx(count, abs=12)


def test_a_plain_query_finds_the_hot_spots(town):
    """Reports of a type in one district street, these ten days against the year before."""
    for hot in crowds.HOT_SPOTS:
        there = Report.objects.filter(type__code=hot.type_code, address__contains=f"{hot.street},")
        recent = there.filter(received_at__gt=NOW - timedelta(days=10)).count()
        before = there.filter(received_at__lte=NOW - timedelta(days=10)).count()
        assert recent >= hot.done + hot.open
        assert recent > 5 * max(before / 35.4, 1)


def test_the_streets_can_be_typed(town):
    street = Street.objects.get(name="rue de Gand")
    assert street.houses.count() > 20
    assert set(Street.objects.values_list("former_commune", flat=True)) == {
        "",
        "Hellemmes",
        "Lomme",
    }
    assert House.objects.count() > 3000


def test_who_worked_could(town):
    """Each step was taken by someone whose memberships gave it at that time: `door` checked."""
    acted = set(Entry.objects.filter(stream_kind="report").values_list("acting", flat=True))
    staff = {f"agent:{user}" for user in User.objects.values_list("pk", flat=True)}
    assert acted <= staff | {"reporter", "system:mail"}
    assert len(acted & staff) >= 16
    elected = member("elu")
    assert elected.label not in acted
    assert not elected.reach(Permission.READ_CONTACTS)


@pytest.mark.row("S0-51")
def test_the_log_is_proved_and_in_the_order_of_time(town, settings, tmp_path):
    settings.SEALS_ROOT = tmp_path
    verdict = verify()
    assert (verdict.faults, verdict.entries) == ([], Entry.objects.count())
    instants = list(
        Entry.objects.filter(stream_kind="report").order_by("id").values_list("at", flat=True)
    )
    assert instants == sorted(instants)
    assert NOW - timedelta(days=367) < instants[0] < instants[-1] < NOW


def test_numbers_follow_the_order_of_receipt(town):
    reports = Report.objects.filter(collectivity__slug="lille").order_by("received_at", "id")
    numbers = list(reports.values_list("number", flat=True))
    assert numbers == sorted(numbers)
    assert numbers[0] == "LIL-2025-000001"


def test_deadlines_are_kept_and_missed(town):
    done = Report.objects.filter(status="done", closed_at__isnull=False)
    kept = done.filter(closed_at__lte=F("due_at")).count()
    assert 0.6 < kept / done.count() < 0.95


def test_only_the_cases_of_today_send_mails(town):
    jobs = ProcrastinateJob.objects.filter(task_name="riverain.reports.tasks.deliver")
    told = {
        Entry.objects.get(pk=pk).stream_id for pk in jobs.values_list("args__entry_id", flat=True)
    }
    loud = [one for one in filling.planned(NOW) if one.loud]
    assert len(told) == len(loud) == 7
    assert 10 <= jobs.count() <= 25


def test_no_address_of_a_real_person_is_there(town):
    emails = PersonalValue.objects.filter(name__in=["contact.email", "email"])
    assert emails.count() > 2000
    assert not emails.exclude(value__endswith="demo.example").exists()
    phones = PersonalValue.objects.filter(name="contact.phone")
    assert not phones.exclude(value__startswith="+3363998").exists()


def test_pictures_show_before_and_after(town):
    moments = Counter(Picture.objects.values_list("moment", flat=True))
    pictured = Picture.objects.values("report").distinct().count() / Report.objects.count()
    assert pictured == pytest.approx(0.35, abs=0.04)
    assert moments["before"] > moments["after"] >= 200
    assert Picture.objects.values("file__key").distinct().count() == sum(moments.values())
    assert set(Picture.objects.values_list("file__state", flat=True)) == {"kept"}
    after = Picture.objects.filter(moment="after")
    assert set(after.values_list("report__status", flat=True)) == {"done"}


def test_towns_that_the_demo_did_not_make_are_left_alone(db):
    actions.register_collectivity(acting="system:test", slug="caen", name="Caen", prefix="CAE")
    filling.fill()
    assert Collectivity.objects.count() == 1
    assert not User.objects.exists()


def test_a_filling_that_is_interrupted_leaves_nothing_half_made(db, monkeypatch):
    monkeypatch.setenv("RIVERAIN_DEMO_PASSWORD", PASSWORD)
    planned = filling.planned
    monkeypatch.setattr(filling, "planned", lambda now: planned(now)[-6:])
    submit = telling.VERBS["submit"]
    submitted = []

    def interrupted(*given):
        if len(submitted) == 4:
            raise KeyboardInterrupt
        submitted.append(given)
        return submit(*given)

    with monkeypatch.context() as patch:
        patch.setitem(telling.VERBS, "submit", interrupted)
        with pytest.raises(KeyboardInterrupt):
            filling.fill()
    assert (Collectivity.objects.count(), Report.objects.count()) == (4, 0)
    filling.fill()
    assert Report.objects.count() == 6
    assert User.objects.first().check_password(PASSWORD)
