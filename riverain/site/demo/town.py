"""The demo's towns: outlines drawn by hand, services, partners and catalogues. Names, addresses,
numbers and contacts are invented (docs/demo.md).
"""

import io
import json
import tempfile
from pathlib import Path
from typing import Any, Final

from riverain.accounts.labels import SYSTEM
from riverain.catalogue import files as catalogues
from riverain.organisation import actions as organisation
from riverain.organisation.models import Partner, Service
from riverain.site.demo import doors
from riverain.site.demo.ground import AREAS
from riverain.territory import actions as territory
from riverain.territory import geojson
from riverain.territory.addresses import importing
from riverain.territory.models import Collectivity

CATALOGUE: Final = Path(__file__).with_name("catalogue.yaml")

_PRIVACY = "Délégué à la protection des données, dpo@demo.example"
_OFFICE_HOURS = "Du lundi au vendredi, de 8 h à 17 h"

# Code, public name, team, last figures of the telephone number.
_SHARED: Final = (
    ("proprete", "Direction de la propreté publique", "Équipe Propreté", 11),
    ("espaces-verts", "Espaces verts et jeux", "Équipe Jardins", 12),
    ("eclairage", "Éclairage public", "Équipe Lumière", 13),
    ("voirie", "Voirie et assainissement", "Équipe Voirie", 14),
    ("mobilier-urbain", "Mobilier urbain", "Équipe Mobilier", 15),
    ("signalisation", "Signalisation et stationnement", "Équipe Signalisation", 16),
    ("hygiene", "Hygiène et santé", "Équipe Hygiène", 18),
    ("tranquillite", "Tranquillité publique", "Police municipale", 17),
    ("vie-quartiers", "Vie des quartiers", "Mairies de quartier", 19),
)
_TAGS: Final = ("proprete-tags", "Brigade de détagage", "Équipe Détagage", 20)
# What Hellemmes keeps for itself; it shares all the rest with Lille.
_HELLEMMES_OWN: Final = {
    "espaces-verts": ("Espaces verts d’Hellemmes", "Équipe Jardins d’Hellemmes", 22),
    "vie-quartiers": ("Cadre de vie d’Hellemmes", "Mairie d’Hellemmes", 21),
}
_PARTNERS: Final = (
    ("contractor", "netlys", "Netlys Propreté", 61, False),
    ("landlord", "habitat-flandre", "Habitat Flandre", 51, False),
    ("metropolis", "metropole", "la Métropole", 41, True),
    ("network", "reseau-eau", "Réseau de l’eau", 31, True),
    ("network", "reseau-electrique", "Réseau électrique, dépannage", 33, True),
)


def make() -> None:
    """Makes the four collectivities with what they need to receive reports."""
    lille = _register(
        "lille",
        name="Ville de Lille",
        short_name="Lille",
        prefix="LIL",
        insee_code="59350",
        is_default=True,
        contact_name="Mairie de Lille",
        contact_address="1 place de la Démonstration, 59000 Lille",
        contact_phone=phone(10),
    )
    hellemmes = _register(
        "hellemmes",
        name="Hellemmes, commune associée",
        short_name="Hellemmes",
        prefix="HEL",
        contact_name="Mairie d’Hellemmes",
        contact_address="2 rue de la Démonstration, 59260 Hellemmes",
        contact_phone=phone(21),
    )
    _register(
        "lomme",
        name="Lomme, commune associée",
        short_name="Lomme",
        prefix="LOM",
        state="elsewhere",
        elsewhere_name="Lomme Proximité",
        elsewhere_url="https://proximite.lomme.demo.example/signaler"
        "?type={type}&lat={lat}&lon={lon}&adresse={address}&texte={text}",
        contact_name="Mairie de Lomme",
        contact_address="3 avenue de la Démonstration, 59160 Lomme",
        contact_phone=phone(23),
    )
    # Without an outline: it takes in the reports of another tool, and receives no point.
    paris = _register(
        "paris",
        name="Paris, imports d’essai",
        short_name="Paris",
        prefix="PAR",
        contact_name="Reprise des données, essai",
        contact_address="4 rue de la Démonstration, 75000 Paris",
        contact_phone=phone(70),
    )
    _draw()
    _number()
    _organise(lille, hellemmes)
    _organise_trial(paris)
    for town in (lille, hellemmes, paris):
        catalogues.load(
            acting=SYSTEM, collectivity_id=town.pk, stream=io.BytesIO(CATALOGUE.read_bytes())
        )


def phone(last: int) -> str:
    """A number that the demo says of itself: 03 00 00 00 and two figures."""
    return f"03 00 00 00 {last:02d}"


def _register(slug: str, *, name: str, prefix: str, **details: Any) -> Collectivity:
    shared = {
        "duty_phone": phone(17),
        "contact_email": f"{slug}@demo.example",
        "privacy_contact": _PRIVACY,
        "website": f"https://{slug}.demo.example",
    }
    return territory.register_collectivity(
        acting=SYSTEM, slug=slug, name=name, prefix=prefix, **{**shared, **details}
    )


def _draw() -> None:
    """Imports the hand-drawn outlines, town by town and kind by kind."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for feature in json.loads(AREAS.read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        groups.setdefault((said["collectivité"], said["genre"]), []).append(feature)
    for (slug, kind), features in groups.items():
        document = {"type": "FeatureCollection", "features": features}
        territory.import_areas(
            acting=SYSTEM,
            collectivity=Collectivity.objects.get(slug=slug),
            kind=kind,
            file=geojson.read(json.dumps(document).encode()),
            key_field="nom",
        )


def _number() -> None:
    """Imports the streets and the houses."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "adresses.csv"
        doors.write(path)
        importing.import_file(acting=SYSTEM, path=path)


def _organise(lille: Collectivity, hellemmes: Collectivity) -> None:
    both = [lille, hellemmes]
    for code, name, team, last in _SHARED:
        own = code in _HELLEMMES_OWN
        made = _service(code, name, team, last, towns=[lille] if own else both)
        if code == "proprete":
            _service(*_TAGS, towns=both, parent=made)
    for code, (name, team, last) in _HELLEMMES_OWN.items():
        _service(code, name, team, last, towns=[hellemmes], host="hellemmes.demo.example")
    # Takes the calls of both towns and answers for all services (S0-62).
    _service("telephone", "Allô Mairie", "Plateforme téléphonique", 10, towns=both)
    for kind, code, name, last, replies in _PARTNERS:
        _partner(kind, code, name, last, towns=both, replies_itself=replies)


def _organise_trial(paris: Collectivity) -> None:
    """The same codes as Lille's, since the catalogue's routing names them; other services."""
    host = "paris.demo.example"
    for code, name, _team, _last in _SHARED:
        made = _service(code, f"{name} (essai)", "", 70, towns=[paris], host=host)
        if code == "proprete":
            tags, called, *_rest = _TAGS
            _service(tags, f"{called} (essai)", "", 70, towns=[paris], host=host, parent=made)
    for kind, code, name, _last, replies in _PARTNERS:
        called = f"{name[0].upper()}{name[1:]} (essai)"
        _partner(kind, code, called, 70, towns=[paris], replies_itself=replies, host=host)


def _service(
    code: str,
    name: str,
    team: str,
    last: int,
    *,
    towns: list[Collectivity],
    host: str = "demo.example",
    parent: Service | None = None,
) -> Service:
    return organisation.create_service(
        acting=SYSTEM,
        code=code,
        name=name,
        team_name=team,
        collectivities=towns,
        parent=parent,
        phone=phone(last),
        email=f"{code}@{host}",
        address=f"{last} rue des Ateliers, {_city(towns[0])}",
        hours=_OFFICE_HOURS,
    )


def _city(town: Collectivity) -> str:
    return town.contact_address.rpartition(", ")[2]


def _partner(
    kind: str,
    code: str,
    name: str,
    last: int,
    *,
    towns: list[Collectivity],
    replies_itself: bool,
    host: str = "demo.example",
) -> Partner:
    return organisation.create_partner(
        acting=SYSTEM,
        kind=kind,
        code=code,
        name=name,
        collectivities=towns,
        replies_itself=replies_itself,
        phone=phone(last),
        email=f"{code}@{host}",
        address=f"{last} boulevard des Partenaires, {_city(towns[0])}",
    )
