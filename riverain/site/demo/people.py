"""The demo's agents: one for each role and the few more that the services need. All invented."""

from dataclasses import dataclass
from typing import Any, Final

from riverain.accounts import actions as accounts
from riverain.accounts.labels import SYSTEM
from riverain.accounts.models import User
from riverain.config import env
from riverain.config.env import SettingError
from riverain.core.refusals import Invalid
from riverain.organisation import memberships, roles
from riverain.organisation.models import Partner, Service
from riverain.site.demo import password
from riverain.territory.models import Area, Collectivity

HOST: Final = "demo.example"


@dataclass(frozen=True, slots=True)
class Person:
    """`places` are where the role hangs: "lille", "service:proprete", "partner:netlys";
    "service:espaces-verts@hellemmes" for the service that serves that town. `district` narrows it.
    """

    account: str
    name: str
    role: str
    places: tuple[str, ...]
    district: str = ""

    @property
    def email(self) -> str:
        return f"{self.account}@{HOST}"


# The first eight are known to programs and trials outside: they stay.
PEOPLE: Final = (
    Person("admin", "Nadia Lemaire", "administrator", ("lille", "hellemmes", "paris")),
    Person("coordination", "Sophie Delannoy", "coordinator", ("service:proprete",)),
    Person("accueil", "Malik Benali", "front_desk", ("lille",)),
    Person("terrain", "Julien Caron", "field_agent", ("service:proprete",)),
    Person("chef", "Bruno Dhaene", "crew_chief", ("service:proprete",)),
    Person("mairie", "Claire Wattel", "district_hall", ("lille",), "wazemmes"),
    Person("elu", "Hélène Marchand", "elected", ("lille",)),
    Person("prestataire", "Karim Saïdi", "contractor", ("partner:netlys",)),
    Person("telephone", "Inès Carpentier", "phone", ("service:telephone",)),
    Person("technicien", "Thomas Leroux", "technician", ("service:voirie",)),
    Person("referent", "Marie Fontaine", "referent", ("service:espaces-verts",)),
    Person("adjoint", "Paul Verhaeghe", "deputy", ("service:espaces-verts",)),
    Person("validation", "Anne Duquesne", "validator", ("service:proprete",)),
    Person("territoire", "Rachid Amrani", "territory_director", ("lille",), "fives"),
    Person("bailleur", "Odile Samain", "landlord", ("partner:habitat-flandre",)),
    Person("reseau", "Yann Corbel", "network", ("partner:metropole",)),
    Person("detagage", "Léo Masson", "crew_chief", ("service:proprete-tags",)),
    Person("voirie", "Fatou Wibaut", "referent", ("service:voirie",)),
    Person("eclairage", "Denis Hennion", "referent", ("service:eclairage",)),
    Person(
        "equipements",
        "Lucie Bavay",
        "referent",
        ("service:mobilier-urbain", "service:signalisation"),
    ),
    Person("hygiene", "Omar Zitouni", "referent", ("service:hygiene",)),
    Person(
        "quartiers",
        "Valérie Stien",
        "referent",
        ("service:vie-quartiers", "service:tranquillite"),
    ),
    Person("accueil.hellemmes", "Michel Dumont", "front_desk", ("hellemmes",)),
    Person(
        "referent.hellemmes",
        "Estelle Crombez",
        "referent",
        ("service:espaces-verts@hellemmes", "service:vie-quartiers@hellemmes"),
    ),
)

_NAMES = {role.code: role.name for role in roles.DEFAULT_ROLES}
# What `riverain demo` prints: one account for each role.
ACCOUNTS: Final = tuple((one.email, _NAMES[one.role]) for one in PEOPLE[:16])


def make() -> None:
    """Installs the roles and opens the accounts, without a password yet."""
    roles.install_roles(acting=SYSTEM)
    for person in PEOPLE:
        user = accounts.create_person(acting=SYSTEM, email=person.email, name=person.name)
        for place in person.places:
            memberships.grant(
                acting=SYSTEM,
                user=user,
                role=person.role,
                area=_district(person.district) if person.district else None,
                **_anchor(place),
            )


def are_here() -> bool:
    """Whether this is a database that the demo filled."""
    return User.objects.filter(email=PEOPLE[0].email).exists()


def keep_password() -> None:
    """Gives all the accounts the demo's password, unless they have it already.

    It is RIVERAIN_DEMO_PASSWORD where that is set, else one made once and kept under
    RIVERAIN_HOME/secrets. Raises SettingError for one too weak for an account.
    """
    password.invent()
    chosen = env.text("RIVERAIN_DEMO_PASSWORD")
    users = list(User.objects.filter(email__in=[one.email for one in PEOPLE]).order_by("pk"))
    if users[0].check_password(chosen):
        return
    try:
        accounts.share_password(acting=SYSTEM, users=users, password=chosen)
    except Invalid as refusal:
        raise SettingError(f"RIVERAIN_DEMO_PASSWORD: {refusal}") from refusal


def _anchor(place: str) -> dict[str, Any]:
    kind, _colon, rest = place.partition(":")
    code, _at, town = rest.partition("@")
    match kind:
        case "service":
            served = Service.objects.filter(collectivities__slug=town or "lille")
            return {"service": served.get(code=code)}
        case "partner":
            served_by = Partner.objects.filter(collectivities__slug="lille")
            return {"partner": served_by.get(code=code)}
    return {"collectivity": Collectivity.objects.get(slug=place)}


def _district(code: str) -> Area:
    return Area.objects.get(collectivity__slug="lille", kind="district", code=code)
