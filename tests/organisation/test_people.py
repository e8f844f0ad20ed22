"""Who acted, by name, and for whom."""

from datetime import timedelta

from riverain.accounts.actions import deactivate
from riverain.core import clock
from riverain.organisation import actions, memberships, queries
from riverain.organisation.queries import Person
from tests.organisation.conftest import CLI, person


def test_people_are_told_with_the_outside_body_that_they_work_for(town, django_assert_num_queries):
    agent, crew, nobody = (person(f"{name}@demo.example", name) for name in ("Ada", "Bo", "Cy"))
    memberships.grant(acting=CLI, user=agent, role="front_desk", collectivity=town.lille)
    memberships.grant(acting=CLI, user=agent, role="coordinator", service=town.cleaning)
    memberships.grant(acting=CLI, user=crew, role="contractor", partner=town.contractor)
    queries.directory()
    with django_assert_num_queries(1):
        found = queries.people({agent.pk, crew.pk, nobody.pk, nobody.pk + 1_000})
    assert found == {
        agent.pk: Person("Ada", ""),
        crew.pk: Person("Bo", town.contractor.name),
        nobody.pk: Person("Cy", ""),
    }


def test_nobody_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.people(set()) == {}


def test_someone_who_left_keeps_name_and_body_and_the_last_body_counts(town):
    """What is told of a step says for whom its author worked, also once they do no more."""
    crew = person("equipe@demo.example", "Bo")
    first = memberships.grant(acting=CLI, user=crew, role="contractor", partner=town.contractor)
    with clock.frozen(clock.now() + timedelta(days=1)):
        memberships.end_membership(acting=CLI, membership=first)
    assert queries.people({crew.pk}) == {crew.pk: Person("Bo", town.contractor.name)}
    other = actions.create_partner(
        acting=CLI, code="autre", name="Autre", kind="contractor", collectivities=[town.lille]
    )
    memberships.grant(acting=CLI, user=crew, role="contractor", partner=other)
    deactivate(acting=CLI, user=crew)
    assert queries.people({crew.pk}) == {crew.pk: Person("Bo", "Autre")}
