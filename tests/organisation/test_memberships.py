"""Who may give which rights, to whom, where; and that rights end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from riverain.accounts.actions import deactivate
from riverain.accounts.models import User
from riverain.accounts.permissions import Permission
from riverain.audit.models import Entry
from riverain.core import clock
from riverain.core.refusals import Conflict, Forbidden, Invalid
from riverain.organisation import actions, memberships
from riverain.organisation.members import member_for
from riverain.organisation.models import Membership, Role
from tests.organisation.conftest import CLI, area, person

READ = Permission.READ_REPORTS


def may(user, permission, **where):
    return member_for(User.objects.get(pk=user.pk)).may(permission, **where)


def kinds(user):
    entries = Entry.objects.filter(stream_kind="person", stream_id=user.pk).order_by("seq")
    return list(entries.values_list("kind", flat=True))


def test_a_coordinator_of_a_shared_service_works_in_both_towns_and_no_other(town):
    user = person("coordination@demo.example")
    memberships.grant(acting=CLI, user=user, role="coordinator", service=town.cleaning)
    for served in (town.lille, town.hellemmes):
        where = {"collectivity_id": served.pk}
        assert may(user, Permission.CLOSE, **where, service_id=town.cleaning.pk)
        assert may(user, Permission.CLOSE, **where, service_id=town.team.pk)
        assert not may(user, Permission.CLOSE, **where, service_id=town.parks.pk)
        assert not may(user, Permission.CLOSE, **where)
    assert not may(user, READ, collectivity_id=town.caen.pk, service_id=town.cleaning.pk)
    assert member_for(user).collectivity_ids == {town.lille.pk, town.hellemmes.pk}


def test_a_grant_is_written_in_the_log_without_the_persons_name(town):
    user = person("accueil@demo.example")
    given = memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=town.lille)
    entry = Entry.objects.get(stream_kind="person", stream_id=user.pk, kind="membership.granted")
    assert entry.payload == {
        "membership": given.pk,
        "role": "front_desk",
        "collectivity": town.lille.pk,
        "starts_at": given.starts_at.isoformat(),
    }


def test_the_rights_of_a_person_are_read_in_one_query(town, django_assert_num_queries):
    user = person("partout@demo.example")
    member_for(user)
    for role, anchor in [
        ("front_desk", {"collectivity": town.lille}),
        ("coordinator", {"service": town.cleaning}),
        ("elected", {"collectivity": town.caen}),
    ]:
        memberships.grant(acting=CLI, user=user, role=role, **anchor)
    member_for(user)
    with django_assert_num_queries(1):
        assert len(member_for(user).grants) == 3


def test_an_ended_membership_gives_nothing_from_that_instant(town, admin):
    assert may(admin, READ, collectivity_id=town.lille.pk)
    memberships.end_membership(acting=CLI, membership=admin.memberships.get())
    assert not may(admin, READ, collectivity_id=town.lille.pk)
    assert kinds(admin) == ["person.created", "membership.granted", "membership.ended"]


def test_ending_twice_records_once(town, admin):
    membership = admin.memberships.get()
    memberships.end_membership(acting=CLI, membership=membership)
    memberships.end_membership(acting=CLI, membership=membership)
    assert kinds(admin).count("membership.ended") == 1


def test_a_membership_counts_from_its_start_to_its_end(town):
    user = person("saison@demo.example")
    start, end = clock.now() + timedelta(days=1), clock.now() + timedelta(days=2)
    memberships.grant(
        acting=CLI,
        user=user,
        role="front_desk",
        collectivity=town.lille,
        starts_at=start,
        ends_at=end,
    )
    answers = {}
    second = timedelta(seconds=1)
    for instant in (start - second, start, end - second, end):
        with clock.frozen(instant):
            answers[instant] = may(user, READ, collectivity_id=town.lille.pk)
    assert list(answers.values()) == [False, True, True, False]


def test_ending_a_membership_that_has_not_begun_makes_it_never_begin(town):
    user = person("saison@demo.example")
    later = clock.now() + timedelta(days=30)
    given = memberships.grant(
        acting=CLI, user=user, role="front_desk", collectivity=town.lille, starts_at=later
    )
    memberships.end_membership(acting=CLI, membership=given)
    with clock.frozen(later + timedelta(days=1)):
        assert member_for(user).grants == ()


def test_a_deactivated_person_has_no_rights(town, admin):
    deactivate(acting=CLI, user=admin)
    assert not may(admin, READ, collectivity_id=town.lille.pk)
    # Nor while a request still holds the row as it was.
    admin.is_active = True
    assert member_for(admin).grants == ()


def test_a_role_emptied_of_its_permissions_gives_nothing(town, admin):
    Role.objects.filter(code="administrator").update(permissions=[])
    assert member_for(admin).grants == ()
    assert not may(admin, READ, collectivity_id=town.lille.pk)


def test_closing_a_partner_ends_what_its_people_may_do(town):
    user = person("prestataire@demo.example")
    memberships.grant(acting=CLI, user=user, role="contractor", partner=town.contractor)
    where = {"collectivity_id": town.lille.pk, "partner_id": town.contractor.pk}
    assert may(user, Permission.DECLARE_DONE, **where)
    actions.update_partner(acting=CLI, partner=town.contractor, is_active=False)
    assert not may(user, Permission.DECLARE_DONE, **where)


def test_a_service_that_stops_serving_a_town_takes_its_people_out_of_it(town):
    user = person("coordination@demo.example")
    memberships.grant(acting=CLI, user=user, role="coordinator", service=town.cleaning)
    actions.update_service(acting=CLI, service=town.cleaning, collectivities=[town.lille])
    where = {"service_id": town.cleaning.pk}
    assert may(user, READ, collectivity_id=town.lille.pk, **where)
    assert not may(user, READ, collectivity_id=town.hellemmes.pk, **where)


@pytest.mark.row("S4-11", "S0-66")
def test_a_contractor_never_reads_contacts_even_if_the_role_says_so(town):
    user = person("prestataire@demo.example")
    Role.objects.filter(code="contractor").update(permissions=sorted(Permission))
    memberships.grant(acting=CLI, user=user, role="contractor", partner=town.contractor)
    where = {"collectivity_id": town.lille.pk, "partner_id": town.contractor.pk}
    assert may(user, Permission.DECLARE_DONE, **where)
    for never in (Permission.READ_CONTACTS, Permission.WRITE_TO_REPORTER, Permission.EXPORT):
        assert not may(user, never, **where)


def test_nobody_without_an_account_has_rights(db):
    from django.contrib.auth.models import AnonymousUser

    assert member_for(AnonymousUser()).grants == ()


# Escalation: nobody hands on what they do not hold, where they do not hold it.


def test_an_administrator_gives_roles_in_their_own_town(town, admin):
    user = person("accueil@demo.example")
    memberships.grant(acting=admin.label, user=user, role="front_desk", collectivity=town.lille)
    assert may(user, READ, collectivity_id=town.lille.pk)


@pytest.mark.parametrize("anchor", ["hellemmes", "caen", "cleaning", "contractor"])
def test_an_administrator_gives_nothing_where_another_town_has_a_say(town, admin, anchor):
    """The cleaning department and the contractor also work in Hellemmes."""
    name, role = {
        "cleaning": ("service", "field_agent"),
        "contractor": ("partner", "contractor"),
    }.get(anchor, ("collectivity", "elected"))
    with pytest.raises(Forbidden) as refusal:
        memberships.grant(
            acting=admin.label, user=admin, role=role, **{name: getattr(town, anchor)}
        )
    assert refusal.value.code == "not-manager"
    assert admin.memberships.count() == 1


def test_two_towns_administrator_gives_roles_in_what_they_share(town, admin):
    memberships.grant(acting=CLI, user=admin, role="administrator", collectivity=town.hellemmes)
    user = person("coordination@demo.example")
    memberships.grant(acting=admin.label, user=user, role="coordinator", service=town.cleaning)
    assert may(user, READ, collectivity_id=town.hellemmes.pk, service_id=town.cleaning.pk)


def test_nobody_gives_a_permission_that_they_lack(town):
    manager = person("rh@demo.example")
    Role.objects.create(
        code="people", name="Gestion des agents", scope="all", permissions=["people:manage"]
    )
    memberships.grant(acting=CLI, user=manager, role="people", collectivity=town.lille)
    for target in (manager, person("ami@demo.example")):
        with pytest.raises(Forbidden) as refusal:
            memberships.grant(
                acting=manager.label, user=target, role="administrator", collectivity=town.lille
            )
        assert refusal.value.code == "escalation"


@pytest.mark.parametrize(
    "acting", ["agent:", "agent:0", "agent:x", "agent:999999", "system:web", "reporter", ""]
)
def test_whoever_is_not_an_agent_with_the_right_changes_nothing(town, acting):
    user = person("accueil@demo.example")
    with pytest.raises(Forbidden):
        memberships.grant(acting=acting, user=user, role="elected", collectivity=town.lille)
    with pytest.raises(Forbidden):
        memberships.dismiss(acting=acting, user=user)


def test_a_front_desk_agent_gives_no_role(town):
    user = person("accueil@demo.example")
    memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=town.lille)
    with pytest.raises(Forbidden):
        memberships.grant(
            acting=user.label,
            user=person("x@demo.example"),
            role="front_desk",
            collectivity=town.lille,
        )


def test_an_administrator_ends_no_membership_of_another_town(town, admin):
    user = person("caen@demo.example")
    given = memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=town.caen)
    with pytest.raises(Forbidden):
        memberships.end_membership(acting=admin.label, membership=given)
    assert may(user, READ, collectivity_id=town.caen.pk)


# Departures.


def test_dismissing_someone_ends_every_role_and_closes_the_account(town, admin):
    user = person("depart@demo.example")
    for role, anchor in [
        ("front_desk", {"collectivity": town.lille}),
        ("field_agent", {"service": town.parks}),
    ]:
        memberships.grant(acting=CLI, user=user, role=role, **anchor)
    memberships.dismiss(acting=admin.label, user=user)
    user.refresh_from_db()
    assert not user.is_active
    assert not user.memberships.filter(ends_at__isnull=True).exists()
    assert kinds(user)[-3:] == ["membership.ended", "membership.ended", "person.deactivated"]


def test_one_town_does_not_close_the_account_of_anothers_agent(town, admin):
    user = person("deux@demo.example")
    memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=town.lille)
    memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=town.caen)
    with pytest.raises(Forbidden):
        memberships.dismiss(acting=admin.label, user=user)
    user.refresh_from_db()
    assert user.is_active
    assert user.memberships.filter(ends_at__isnull=True).count() == 2


def test_the_town_that_someone_worked_for_last_may_close_the_account(town, admin):
    left, never = person("parti@demo.example"), person("jamais@demo.example")
    given = memberships.grant(acting=CLI, user=left, role="front_desk", collectivity=town.lille)
    memberships.end_membership(acting=CLI, membership=given)
    memberships.dismiss(acting=admin.label, user=left)
    left.refresh_from_db()
    assert not left.is_active
    with pytest.raises(Forbidden):
        memberships.dismiss(acting=admin.label, user=never)


def test_a_town_that_someone_left_for_another_does_not_close_their_account(town, admin):
    user = person("partie@demo.example")
    for hours, place in ((48, town.lille), (24, town.caen)):
        with clock.frozen(clock.now() - timedelta(hours=hours)):
            given = memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=place)
            memberships.end_membership(acting=CLI, membership=given)
    with pytest.raises(Forbidden):
        memberships.dismiss(acting=admin.label, user=user)
    user.refresh_from_db()
    assert user.is_active


# What does not fit together.


@pytest.mark.parametrize(
    ("role", "anchor", "code"),
    [
        ("contractor", "lille", "partner-only"),
        ("front_desk", "contractor", "not-for-partners"),
        ("coordinator", "lille", "needs-service"),
        ("district_hall", "lille", "needs-area"),
        ("mayor", "lille", "role"),
    ],
)
def test_a_role_that_does_not_fit_its_place_is_refused(town, role, anchor, code):
    name = {"contractor": "partner"}.get(anchor, "collectivity")
    with pytest.raises(Invalid) as refusal:
        memberships.grant(
            acting=CLI,
            user=person("x@demo.example"),
            role=role,
            **{name: getattr(town, anchor)},
        )
    assert refusal.value.code == code


def test_a_membership_has_exactly_one_anchor(town):
    user = person("x@demo.example")
    for anchors in ({}, {"collectivity": town.lille, "service": town.parks}):
        with pytest.raises(Invalid):
            memberships.grant(acting=CLI, user=user, role="front_desk", **anchors)


def test_the_database_too_refuses_two_anchors_or_none(town):
    role = Role.objects.get(code="front_desk")
    user = person("x@demo.example")
    for anchors in ({}, {"collectivity": town.lille, "service": town.parks}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=user, role=role, **anchors)


def test_the_database_too_refuses_a_role_twice_at_one_place_and_time(town):
    now, user = clock.now(), person("x@demo.example")
    role = Role.objects.get(code="front_desk")

    def hold(begins, ends, **anchor):
        periods = [
            now + timedelta(days=days) if days is not None else None for days in (begins, ends)
        ]
        with transaction.atomic():
            return Membership.objects.create(
                user=user, role=role, starts_at=periods[0], ends_at=periods[1], **anchor
            )

    hold(0, 10, collectivity=town.lille)
    for period in ((9, None), (-1, 1), (3, 4)):
        with pytest.raises(IntegrityError, match="organisation_membership_once"):
            hold(*period, collectivity=town.lille)
    hold(10, None, collectivity=town.lille)
    hold(0, None, collectivity=town.caen)
    hold(3, 3, collectivity=town.lille)


def test_an_area_of_another_town_or_a_retired_one_is_refused(town):
    user = person("mairie@demo.example")
    elsewhere, gone = area(town.caen, "guerinière".replace("è", "e")), area(town.lille, "ancien")
    gone.retired_at = clock.now()
    gone.save()
    for wrong in (elsewhere, gone):
        with pytest.raises(Invalid) as refusal:
            memberships.grant(
                acting=CLI,
                user=user,
                role="district_hall",
                collectivity=town.lille,
                area=wrong,
            )
        assert refusal.value.field == "area"


@pytest.mark.row("S0-54")
def test_a_district_hall_acts_in_its_district_only(town):
    user = person("mairie@demo.example")
    memberships.grant(
        acting=CLI,
        user=user,
        role="district_hall",
        collectivity=town.lille,
        area=town.wazemmes,
    )
    where = {"collectivity_id": town.lille.pk, "service_id": town.parks.pk}
    assert may(user, Permission.PRIORITISE, **where, area_ids=[town.wazemmes.pk])
    assert not may(user, Permission.PRIORITISE, **where, area_ids=[town.fives.pk])
    assert not may(user, Permission.PRIORITISE, **where)


def test_the_same_role_twice_at_a_place_is_refused_until_it_has_ended(town):
    user = person("x@demo.example")
    where = {"user": user, "role": "front_desk", "collectivity": town.lille}
    first = memberships.grant(acting=CLI, **where)
    with pytest.raises(Conflict):
        memberships.grant(acting=CLI, **where)
    memberships.end_membership(acting=CLI, membership=first)
    memberships.grant(acting=CLI, **where)
    assert user.memberships.count() == 2


def test_a_closed_account_or_service_takes_no_role(town):
    user = person("x@demo.example")
    actions.update_service(acting=CLI, service=town.parks, is_active=False)
    town.parks.refresh_from_db()
    with pytest.raises(Invalid):
        memberships.grant(acting=CLI, user=user, role="field_agent", service=town.parks)
    deactivate(acting=CLI, user=user)
    with pytest.raises(Invalid):
        memberships.grant(acting=CLI, user=user, role="front_desk", collectivity=town.lille)


def test_an_end_before_the_start_or_in_the_past_is_refused(town):
    user, now = person("x@demo.example"), clock.now()
    for starts_at, ends_at in [
        (now, now - timedelta(days=1)),
        (now + timedelta(days=2), now + timedelta(days=1)),
        (now - timedelta(days=2), now - timedelta(days=1)),
    ]:
        with pytest.raises(Invalid) as refusal:
            memberships.grant(
                acting=CLI,
                user=user,
                role="front_desk",
                collectivity=town.lille,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        assert refusal.value.field == "ends_at"


def test_a_refused_grant_leaves_nothing_behind(town, admin):
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        memberships.grant(acting=admin.label, user=admin, role="elected", collectivity=town.caen)
    assert Entry.objects.count() == before
    assert admin.memberships.count() == 1
