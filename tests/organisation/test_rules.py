"""What memberships allow, for any organisation, any grants and anything asked about."""

from hypothesis import given
from hypothesis import strategies as st

from riverain.accounts.permissions import Permission
from riverain.organisation import rules
from riverain.organisation.facts import Calendar, Directory, PartnerFacts, ServiceFacts
from riverain.organisation.members import Member
from riverain.organisation.rules import Anchor, Scope

TOWNS, AREAS, SERVICES, PARTNERS = (1, 2), (11, 12), (21, 22, 23), (31, 32)
OPEN = st.sampled_from([True, True, True, False])


def service(id_, parent, towns, *, active=True):
    return ServiceFacts(
        id=id_, code=f"s{id_}", name="", team_name="", phone="", email="", address="", hours="",
        collectivity_ids=frozenset(towns), parent_id=parent, active=active, calendar=Calendar(),
    )  # fmt: skip


def partner(id_, towns, *, active=True):
    return PartnerFacts(
        id=id_, code=f"p{id_}", kind="contractor", name="", phone="", email="", address="",
        replies_itself=False, collectivity_ids=frozenset(towns), active=active,
    )  # fmt: skip


def directory_of(services, partners=()):
    return Directory(
        version=1,
        services={one.id: one for one in services},
        partners={one.id: one for one in partners},
        subtrees=rules.subtrees({one.id: one.parent_id for one in services}),
    )


@st.composite
def directories(draw):
    services = {}
    for id_ in SERVICES:
        parent = draw(st.sampled_from([None, *services]))
        choice = sorted(services[parent].collectivity_ids) if parent else TOWNS
        towns = draw(st.sets(st.sampled_from(choice), min_size=1))
        services[id_] = service(id_, parent, towns, active=draw(OPEN))
    partners = [
        partner(id_, draw(st.sets(st.sampled_from(TOWNS), min_size=1)), active=draw(OPEN))
        for id_ in PARTNERS
    ]
    return directory_of(services.values(), partners)


# One of each manner: ordinary, town-wide, refused to partners, and the one that hands rights on.
permissions = st.sampled_from(
    [
        Permission.CLOSE,
        Permission.ENTER_REPORTS,
        Permission.READ_CONTACTS,
        Permission.MANAGE_PEOPLE,
    ]
)
maybe_area = st.sampled_from([None, *AREAS])


@st.composite
def grants(draw, directory, permission, scopes=tuple(Scope), size=4):
    """The grants of a few memberships that all carry the permission, in places of every shape;
    those that give nothing are left out, as in `member_for`.
    """
    found = []
    for _ in range(size):
        scope = draw(st.sampled_from(scopes))
        anchor = {
            Scope.PARTNER: st.builds(
                Anchor, partner_id=st.sampled_from(PARTNERS), area_id=maybe_area
            ),
            Scope.SERVICE: st.builds(
                Anchor, service_id=st.sampled_from(SERVICES), area_id=maybe_area
            ),
        }.get(
            scope,
            st.one_of(
                st.builds(Anchor, collectivity_id=st.sampled_from(TOWNS), area_id=maybe_area),
                st.builds(Anchor, service_id=st.sampled_from(SERVICES), area_id=maybe_area),
            ),
        )
        found.append(
            rules.grant_at(
                role="any",
                permissions=[permission],
                scope=scope,
                anchor=draw(anchor),
                directory=directory,
            )
        )
    return tuple(one for one in found if one)


# Anything that rights are asked about: a report of a town, with what holds it and where it lies.
things = st.fixed_dictionaries(
    {
        "collectivity_id": st.sampled_from(TOWNS),
        "service_id": st.sampled_from([None, *SERVICES]),
        "partner_id": st.sampled_from([None, *PARTNERS]),
        "area_ids": st.sets(st.sampled_from(AREAS)),
    }
)


@given(st.data(), directories(), permissions, things)
def test_another_grant_never_takes_a_right_away(data, directory, permission, thing):
    few = data.draw(grants(directory, permission))
    more = data.draw(grants(directory, permission))
    if Member(1, few).may(permission, **thing):
        assert Member(1, few + more).may(permission, **thing)
        assert Member(1, more + few).may(permission, **thing)


@given(st.data(), directories(), permissions, things)
def test_nothing_is_allowed_in_a_town_that_no_grant_reaches(data, directory, permission, thing):
    member = Member(1, data.draw(grants(directory, permission)))
    if member.may(permission, **thing):
        assert thing["collectivity_id"] in member.collectivity_ids
        assert any(permission in grant.permissions for grant in member.reach(permission))


@given(st.data(), directories(), permissions, things)
def test_a_partner_reaches_only_what_it_was_handed(data, directory, permission, thing):
    for grant in data.draw(grants(directory, permission, [Scope.PARTNER])):
        assert permission not in rules.NEVER_FOR_PARTNERS
        if rules.allows(grant, permission, **thing):
            assert thing["partner_id"] == grant.partner_id


@given(st.data(), directories(), permissions, things)
def test_a_grant_limited_to_an_area_reaches_nothing_outside(data, directory, permission, thing):
    for grant in data.draw(grants(directory, permission)):
        limited = grant.area_ids and permission not in rules.TOWN_WIDE
        if limited and rules.allows(grant, permission, **thing):
            assert grant.area_ids & thing["area_ids"]


@given(st.data(), directories(), permissions, things)
def test_a_service_reaches_itself_and_its_teams_only(data, directory, permission, thing):
    for grant in data.draw(grants(directory, permission, [Scope.SERVICE])):
        if permission not in rules.TOWN_WIDE and rules.allows(grant, permission, **thing):
            assert thing["service_id"] in grant.service_ids


@given(st.data(), directories(), permissions, things)
def test_who_may_hand_on_a_place_already_has_all_that_it_gives(data, directory, permission, thing):
    """The soundness of the check against escalation, for grants of every shape together."""
    held = data.draw(grants(directory, permission))
    for place in data.draw(grants(directory, permission)):
        if not rules.missing(held, place) and rules.allows(place, permission, **thing):
            assert Member(1, held).may(permission, **thing)


@given(st.data(), directories(), permissions)
def test_whoever_holds_a_grant_may_hand_on_the_same(data, directory, permission):
    for grant in data.draw(grants(directory, permission)):
        assert rules.missing([grant], grant) == frozenset()


def test_the_head_of_a_service_does_not_hand_on_the_whole_town():
    directory = directory_of([service(21, None, {1})])
    head, desk = (
        rules.grant_at(
            role="r",
            permissions=["people:manage"],
            scope=scope,
            anchor=Anchor(service_id=21),
            directory=directory,
        )
        for scope in ("service", "all")
    )
    assert rules.missing([head], desk) == {Permission.MANAGE_PEOPLE}
    assert rules.missing([desk], head) == frozenset()


def test_two_grants_together_cover_a_service_that_two_towns_share():
    directory = directory_of([service(21, None, {1, 2}), service(22, 21, {1})])

    def at(anchor, scope):
        return rules.grant_at(
            role="r",
            permissions=["reports:close"],
            scope=scope,
            anchor=anchor,
            directory=directory,
        )

    shared = at(Anchor(service_id=21), "service")
    first = at(Anchor(collectivity_id=1), "all")
    second = at(Anchor(collectivity_id=2), "all")
    assert rules.missing([first], shared) == {Permission.CLOSE}
    assert rules.missing([second], shared) == {Permission.CLOSE}
    assert rules.missing([first, second], shared) == frozenset()
    assert rules.missing([shared], first) == {Permission.CLOSE}


def test_a_part_of_a_town_does_not_cover_the_whole_of_it():
    directory = directory_of([])

    def at(area):
        return rules.grant_at(
            role="r",
            permissions=["people:manage"],
            scope="all",
            anchor=Anchor(collectivity_id=1, area_id=area),
            directory=directory,
        )

    assert rules.held_throughout([at(None)], Permission.MANAGE_PEOPLE, at(11))
    assert rules.held_throughout([at(11)], Permission.MANAGE_PEOPLE, at(11))
    assert not rules.held_throughout([at(11)], Permission.MANAGE_PEOPLE, at(None))
    assert not rules.held_throughout([at(12)], Permission.MANAGE_PEOPLE, at(11))


def test_a_role_without_permissions_gives_nothing():
    for names in ([], ["reports:everything"]):
        assert (
            rules.grant_at(
                role="r",
                permissions=names,
                scope="all",
                anchor=Anchor(collectivity_id=1),
                directory=directory_of([]),
            )
            is None
        )


def test_a_scope_that_does_not_fit_its_anchor_gives_nothing():
    directory = directory_of([service(21, None, {1})], [partner(31, {1})])
    wrong = [
        ("partner", Anchor(collectivity_id=1)),
        ("partner", Anchor(service_id=21)),
        ("all", Anchor(partner_id=31)),
        ("service", Anchor(partner_id=31)),
        ("service", Anchor(collectivity_id=1)),
        ("area", Anchor(collectivity_id=1)),
        ("area", Anchor(service_id=21)),
    ]
    for scope, anchor in wrong:
        assert (
            rules.place_at(
                role="r",
                permissions=["reports:read"],
                scope=scope,
                anchor=anchor,
                directory=directory,
            )
            is None
        ), (scope, anchor)


def test_a_closed_or_unknown_body_gives_nothing():
    directory = directory_of(
        [service(21, None, {1}, active=False)], [partner(31, {1}, active=False)]
    )
    for scope, anchor in [
        ("service", Anchor(service_id=21)),
        ("all", Anchor(service_id=21)),
        ("all", Anchor(service_id=99)),
        ("partner", Anchor(partner_id=31)),
        ("partner", Anchor(partner_id=99)),
    ]:
        assert (
            rules.grant_at(
                role="r",
                permissions=["reports:read"],
                scope=scope,
                anchor=anchor,
                directory=directory,
            )
            is None
        ), (scope, anchor)


def test_the_head_of_a_department_still_reaches_a_team_that_is_closed():
    directory = directory_of([service(21, None, {1}), service(22, 21, {1}, active=False)])
    grant = rules.grant_at(
        role="r",
        permissions=["reports:read"],
        scope="service",
        anchor=Anchor(service_id=21),
        directory=directory,
    )
    assert rules.allows(grant, Permission.READ_REPORTS, collectivity_id=1, service_id=22)


def test_a_new_report_is_entered_anywhere_in_the_town_before_it_has_a_service():
    directory = directory_of([service(21, None, {1})])
    grant = rules.grant_at(
        role="r",
        permissions=["reports:enter", "reports:read"],
        scope="service",
        anchor=Anchor(service_id=21, area_id=11),
        directory=directory,
    )
    assert rules.allows(grant, Permission.ENTER_REPORTS, collectivity_id=1)
    assert not rules.allows(grant, Permission.READ_REPORTS, collectivity_id=1)
    assert not rules.allows(grant, Permission.ENTER_REPORTS, collectivity_id=2)


@given(
    st.lists(st.sampled_from([None, *range(8)]), min_size=8, max_size=8),
    st.integers(0, 7),
    st.integers(0, 7),
)
def test_the_check_of_the_tree_agrees_with_walking_it(above, child, parent):
    parents = dict(enumerate(above))
    ancestors, step = [], parent
    while step is not None and step not in ancestors:
        ancestors.append(step)
        step = parents[step]
    assert rules.makes_cycle(parents, child_id=child, parent_id=parent) == (child in ancestors)


@given(directories())
def test_subtrees_hold_the_service_and_all_that_hangs_below(directory):
    for id_ in SERVICES:
        below = {
            other
            for other in SERVICES
            if rules.makes_cycle(
                {one.id: one.parent_id for one in directory.services.values()},
                child_id=id_,
                parent_id=other,
            )
        }
        assert directory.subtree(id_) == below
