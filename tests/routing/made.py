"""Facts for the tests of routing: no database anywhere."""

from datetime import UTC, datetime

from riverain.catalogue.facts import AreaKey, Level, RuleFacts, TypeFacts
from riverain.organisation.facts import Calendar, Directory, PartnerFacts, ServiceFacts
from riverain.territory.facts import AreaFacts, CollectivityFacts

LILLE = 1
# A Wednesday, 10 h 30 in Lille.
NOON = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def collectivity(**facts):
    values = dict.fromkeys(CollectivityFacts.__dataclass_fields__, "")
    values |= {
        "id": LILLE,
        "timezone": "Europe/Paris",
        "holiday_zone": "metropole",
        "hosts": (),
        "is_default": False,
        "default_deadline_days": 15,
    }
    return CollectivityFacts(**(values | facts))


def a_type(**facts):
    values = {
        "id": 100,
        "collectivity_id": LILLE,
        "family_id": 10,
        "family_code": "proprete",
        "family_icon": "bin",
        "category_id": 20,
        "position": 1,
        "active": True,
        "code": "sac-plein",
        "name": "Sac plein",
        "category": "poubelles",
    }
    return TypeFacts(**(values | facts))


def rule(
    service_id, level=Level.DEFAULT, target_id=None, *, area=None, partner_id=None, position=1
):
    return RuleFacts(
        level=level,
        target_id=target_id,
        area=AreaKey(*area) if area else None,
        service_id=service_id,
        partner_id=partner_id,
        position=position,
    )


def area(kind, code, **facts):
    return AreaFacts(
        **{
            "id": 1,
            "collectivity_id": LILLE,
            "kind": kind,
            "code": code,
            "name": code.title(),
            "precedence": 100,
            **facts,
        }
    )


def service(identifier, *, active=True, serves=(LILLE,), calendar=None):
    return ServiceFacts(
        id=identifier,
        code=f"s{identifier}",
        name=f"Service {identifier}",
        team_name="",
        phone="",
        email="",
        address="",
        hours="",
        collectivity_ids=frozenset(serves),
        parent_id=None,
        active=active,
        calendar=calendar or Calendar(),
    )


def partner(identifier, *, active=True, serves=(LILLE,)):
    return PartnerFacts(
        id=identifier,
        code=f"p{identifier}",
        kind="contractor",
        name=f"Partner {identifier}",
        phone="",
        email="",
        address="",
        replies_itself=False,
        collectivity_ids=frozenset(serves),
        active=active,
    )


def directory(*services, partners=()):
    return Directory(
        version=1,
        services={one.id: one for one in services},
        partners={one.id: one for one in partners},
    )
