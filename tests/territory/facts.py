"""Facts of towns and areas that no database holds."""

from riverain.territory.facts import AreaFacts, CollectivityFacts
from riverain.territory.index import Outline


def town(number=1, **facts):
    values = {
        "id": number,
        "slug": f"town-{number}",
        "name": f"Town {number}",
        "short_name": f"Town {number}",
        "kind": "commune",
        "insee_code": "",
        "timezone": "Europe/Paris",
        "holiday_zone": "metropole",
        "hosts": (),
        "state": "open",
        "elsewhere_name": "",
        "elsewhere_url": "",
        "is_default": False,
        "prefix": "TWN",
        "default_deadline_days": 15,
        "duty_phone": "",
        "contact_name": "",
        "contact_address": "",
        "contact_phone": "",
        "contact_email": "",
        "website": "",
        "brand_colour": "",
        "privacy_contact": "",
    }
    return CollectivityFacts(**{**values, **facts})


def outline(geometry, *, town_id=1, kind="commune", code="one", precedence=100, number=1):
    area = AreaFacts(
        id=number,
        collectivity_id=town_id,
        kind=kind,
        code=code,
        name=code.title(),
        precedence=precedence,
    )
    return Outline(area=area, geometry=geometry)
