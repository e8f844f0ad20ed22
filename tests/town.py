"""A small territory made through the domain's own actions, for the tests of the surfaces.

Lille's outline holds Hellemmes (east, served by Lille's departments) and Lomme (west, which has its
own tool); Caen stands far away with its own people, for what "another collectivity" must not see.
"""

import io
import json
import uuid
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from PIL import Image
from shapely.geometry import box, mapping

from riverain.accounts.actions import create_person
from riverain.accounts.models import User
from riverain.catalogue import files as catalogue
from riverain.core import versions
from riverain.files.actions import store_picture
from riverain.organisation import actions as organisation
from riverain.organisation import memberships, roles
from riverain.organisation.members import Member, member_for
from riverain.organisation.models import Partner, Service
from riverain.reports import submission
from riverain.reports.acting import Reporter
from riverain.reports.models import Report
from riverain.reports.rules import Contact, Draft
from riverain.territory import actions as territory
from riverain.territory import geojson
from riverain.territory.models import Area, Collectivity

CLI = "system:cli"
# Since when people have their roles: a test may stop the clock on any day after it, whatever the
# day on which it runs.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

# Longitude, latitude.
WAZEMMES = (3.045, 50.63)
CENTRE = (3.075, 50.63)
HELLEMMES = (3.11, 50.63)
LOMME = (2.98, 50.63)
CAEN = (-0.36, 49.18)
NOWHERE = (2.35, 48.85)

_OUTLINES = {
    "lille": {"Lille": (2.96, 50.60, 3.12, 50.66)},
    "hellemmes": {"Hellemmes": (3.10, 50.62, 3.12, 50.64)},
    "lomme": {"Lomme": (2.96, 50.61, 3.00, 50.65)},
    "caen": {"Caen": (-0.40, 49.15, -0.30, 49.22)},
}
_DISTRICTS = {
    "Wazemmes": (3.03, 50.60, 3.06, 50.66),
    "Lille-Centre": (3.06, 50.60, 3.10, 50.66),
}
_SECTORS = {"Intra-muros": (3.06, 50.60, 3.10, 50.66), "Extra-muros": (3.00, 50.60, 3.06, 50.66)}

# One person for each role, and where it hangs.
_PEOPLE = {
    "front_desk": "lille",
    "phone": "accueil",
    "field_agent": "proprete",
    "technician": "voirie",
    "coordinator": "proprete",
    "crew_chief": "proprete",
    "referent": "proprete",
    "deputy": "proprete",
    "validator": "proprete",
    "district_hall": "lille",
    "territory_director": "lille",
    "elected": "lille",
    "contractor": "lilebo",
    "landlord": "bailleur",
    "network": "mel",
    "administrator": "lille",
}
_IN_WAZEMMES = {"district_hall", "territory_director"}


@dataclass(frozen=True)
class City:
    """What was made. `people` is by role; `caen_admin` holds every right, but in Caen."""

    lille: Collectivity
    hellemmes: Collectivity
    lomme: Collectivity
    caen: Collectivity
    wazemmes: Area
    services: dict[str, Service]
    partners: dict[str, Partner]
    people: dict[str, User]
    caen_admin: User
    # The codes of a suggestion and of praise, and the address of whoever reports.
    idea = "idee-voirie"
    praise = "bravo-proprete"
    email = ""

    def picture(self, *, after: bool = False) -> UUID:
        """A photo that waits for its report; `after` shows it put right."""
        colour = "darkseagreen" if after else "slategrey"
        content = photo(size=(900, 675), colour=colour)
        return store_picture(acting="agent:1", content=content, name="p.jpg").id

    def member(self, role: str) -> Member:
        return member_for(self.people[role])


@pytest.fixture
def city(db):
    """The territory with its services, partners, catalogue and people.

    Built once, then copied row by row, ten times faster; built again after a test that reset the
    sequences. What the rooms keep in memory stays right: the rows of `core_version` come back too.
    """
    counters = _counters()
    if not _kept or any(
        counters.get(name, 0) < reached for name, reached in _kept["counters"].items()
    ):
        _kept.update(city=build(), counters=_counters(), rows=_rows())
    else:
        with connection.cursor() as cursor:
            for table, rows in _kept["rows"].items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
    versions.forget()
    return deepcopy(_kept["city"])


_kept: dict[str, Any] = {}


def _rows() -> dict[str, bytes]:
    """The rows of every table that has some now and is empty in a new database. Their order is
    that of the names: keys across tables are deferred, but for those inside `organisation`."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(("django_", "auth_", "procrastinate_")):
                with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                    found[table] = b"".join(copy)
    return {table: rows for table, rows in found.items() if rows}


def _counters() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences"
            " WHERE schemaname = 'public'"
        )
        return dict(cursor.fetchall())


def build() -> City:
    roles.install_roles(acting=CLI)
    lille = _collectivity(
        "lille",
        "Ville de Lille",
        "LIL",
        short_name="Lille",
        is_default=True,
        duty_phone="03 20 00 00 17",
        contact_name="Mairie de Lille",
        contact_address="Place Augustin-Laurent, 59000 Lille",
        contact_phone="03 20 49 50 00",
        contact_email="mairie@lille.example",
        privacy_contact="dpd@lille.example",
    )
    hellemmes = _collectivity("hellemmes", "Hellemmes", "HEL", hosts=["hellemmes.example"])
    lomme = _collectivity(
        "lomme",
        "Lomme",
        "LOM",
        state="elsewhere",
        elsewhere_name="Lomme et moi",
        elsewhere_url="https://lomme.example/signaler?type={type}&lat={lat}&lon={lon}&texte={text}",
    )
    caen = _collectivity("caen", "Ville de Caen", "CAE", short_name="Caen")
    _areas(lille, "district", _DISTRICTS)
    _areas(lille, "sector", _SECTORS)
    services = _services([lille, hellemmes])
    partners = _partners([lille, hellemmes])
    for code in ("proprete", "voirie", "accueil"):
        organisation.create_service(
            acting=CLI, code=code, name=f"{code.title()} de Caen", collectivities=[caen]
        )
    organisation.create_partner(
        acting=CLI, kind="contractor", code="lilebo", name="Caen Net", collectivities=[caen]
    )
    content = Path(__file__).with_name("town.yaml").read_bytes()
    for one in (lille, hellemmes, caen):
        catalogue.load(acting=CLI, collectivity_id=one.pk, stream=io.BytesIO(content))
    wazemmes = Area.objects.get(collectivity=lille, code="wazemmes")
    anchors = {"lille": lille} | services | partners
    people = {}
    for role, anchor in _PEOPLE.items():
        user = people[role] = create_person(
            acting=CLI, email=f"{role}@lille.example", name=f"Camille {role.title()}"
        )
        _grant(user, role, anchors[anchor], area=wazemmes if role in _IN_WAZEMMES else None)
    caen_admin = create_person(acting=CLI, email="admin@caen.example", name="Sacha Caen")
    _grant(caen_admin, "administrator", caen)
    return City(lille, hellemmes, lomme, caen, wazemmes, services, partners, people, caen_admin)


def report(city: City, *, type_code="sac-plein", at=WAZEMMES, **said) -> Report:
    """A report that a resident made, through `submit`; `at` None leaves the place out."""
    contact = {key: said.pop(key) for key in ("name", "email", "phone") if key in said}
    lon, lat = at or (None, None)
    values = {
        "submission_id": uuid.uuid4(),
        "collectivity_id": city.lille.pk,
        "channel": "web",
        "description": "Le sac déborde devant l’école.",
        "address": "12 rue des Postes",
        **said,
    }
    acting = values.pop("acting", Reporter())
    draft = Draft(type_code=type_code, lon=lon, lat=lat, contact=Contact(**contact), **values)
    return submission.submit(acting=acting, draft=draft).report


def photo(*, size=(60, 40), colour="teal", kind="JPEG") -> bytes:
    """A picture's bytes, as a telephone sends them."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return content.getvalue()


def _collectivity(slug, name, prefix, **details):
    made = territory.register_collectivity(
        acting=CLI, slug=slug, name=name, prefix=prefix, **details
    )
    _areas(made, "commune", _OUTLINES[slug])
    return made


def _areas(collectivity, kind, boxes):
    features = [
        {"type": "Feature", "properties": {"nom": name}, "geometry": mapping(box(*sides))}
        for name, sides in boxes.items()
    ]
    file = geojson.read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    territory.import_areas(
        acting=CLI, collectivity=collectivity, kind=kind, file=file, key_field="nom"
    )


def _services(collectivities):
    create = partial(organisation.create_service, acting=CLI, collectivities=collectivities)
    return {
        "proprete": create(
            code="proprete",
            name="Propreté publique",
            phone="03 20 00 00 01",
            email="proprete@lille.example",
            address="1 rue du Balai, 59000 Lille",
            hours="Du lundi au vendredi, 8 h à 17 h",
        ),
        "voirie": create(code="voirie", name="Voirie", phone="03 20 00 00 02"),
        "accueil": create(code="accueil", name="Accueil", phone="03 20 00 00 03"),
    }


def _partners(collectivities):
    create = partial(organisation.create_partner, acting=CLI, collectivities=collectivities)
    return {
        "lilebo": create(kind="contractor", code="lilebo", name="Lilébo"),
        "bailleur": create(kind="landlord", code="bailleur", name="Habitat du Nord"),
        "mel": create(kind="metropolis", code="mel", name="Métropole", replies_itself=True),
    }


def _grant(user, role, anchor, *, area=None):
    kind = {Collectivity: "collectivity", Service: "service", Partner: "partner"}[type(anchor)]
    memberships.grant(
        acting=CLI, user=user, role=role, area=area, starts_at=LONG_AGO, **{kind: anchor}
    )
