"""What may be said of a collectivity, and the address that leads to another tool: pure."""

import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any, TypedDict, cast
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid
from riverain.core.texts import UNSEEN, composed
from riverain.territory import colours
from riverain.territory.facts import CollectivityFacts
from riverain.territory.kinds import CollectivityKind, CollectivityState, HolidayZone

# The `subdiv` of the `holidays` package for France; None is the common calendar.
HOLIDAY_SUBDIVISIONS: Mapping[str, str | None] = {
    HolidayZone.METROPOLE: None,
    # Moselle and Alsace have the same two days more (Code du travail, L3134-13).
    HolidayZone.ALSACE_MOSELLE: "57",
    HolidayZone.GUADELOUPE: "971",
    HolidayZone.MARTINIQUE: "972",
    HolidayZone.GUYANE: "973",
    HolidayZone.REUNION: "974",
    HolidayZone.MAYOTTE: "976",
    HolidayZone.SAINT_BARTHELEMY: "BL",
    HolidayZone.SAINT_MARTIN: "MF",
    HolidayZone.SAINT_PIERRE: "PM",
    HolidayZone.NOUVELLE_CALEDONIE: "NC",
    HolidayZone.POLYNESIE: "PF",
    HolidayZone.WALLIS_ET_FUTUNA: "WF",
}

CARRIED = frozenset({"type", "lat", "lon", "text", "address"})
# Addresses past some 2,000 characters are cut by servers on the way; an accent takes up to six.
CARRIED_TEXT_LENGTH = 300
MAX_DEADLINE_DAYS = 366

_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)


class Details(TypedDict, total=False):
    """What can be said of a collectivity beside its name, slug and prefix. The last two never
    change: addresses and numbers that people keep are made of them.
    """

    short_name: str
    kind: str
    insee_code: str
    timezone: str
    holiday_zone: str
    hosts: list[str]
    state: str
    elsewhere_name: str
    elsewhere_url: str
    is_default: bool
    default_deadline_days: int
    duty_phone: str
    contact_name: str
    contact_address: str
    contact_phone: str
    contact_email: str
    website: str
    brand_colour: str
    privacy_contact: str


class Changes(Details, total=False):
    """All that can change."""

    name: str


def checked(details: Changes) -> Changes:
    """The details as they are stored: trimmed, hosts and colour in lower case.

    Raises Invalid, with the field, for the first that cannot be.
    """
    clean: dict[str, Any] = {}
    for name, value in details.items():
        clean[name] = _text(value, name) if isinstance(value, str) else value
        if name in _CHECKS and clean[name] != "":
            clean[name] = _CHECKS[name](clean[name], name)
    return cast("Changes", clean)


def check_whole(*, state: str, is_default: bool, elsewhere_name: str, elsewhere_url: str) -> None:
    """What must hold between the fields. Raises Invalid."""
    if state == CollectivityState.ELSEWHERE and not (elsewhere_name and elsewhere_url):
        raise Invalid(
            _("Une collectivité qui a son propre outil doit dire son nom et son adresse."),
            field="elsewhere_url",
        )
    if is_default and state != CollectivityState.OPEN:
        raise Invalid(_("La collectivité par défaut doit être ouverte."), field="is_default")


def host_of(text: str) -> str:
    """The name in a Host header or setting: lower case, ASCII, without port or last dot."""
    name = text.strip().lower().rpartition("@")[2]
    name = re.sub(r":\d*$", "", name).rstrip(".")
    try:
        return name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        return ""


def elsewhere_url(
    collectivity: CollectivityFacts,
    *,
    type_code: str = "",
    lon: float | None = None,
    lat: float | None = None,
    text: str = "",
    address: str = "",
) -> str:
    """The address of the collectivity's own tool with type, place and text carried along.

    Every value is percent-encoded: none can leave its place in the address.
    """
    values = {
        "type": type_code,
        "lat": "" if lat is None else f"{lat:.6f}",
        "lon": "" if lon is None else f"{lon:.6f}",
        "text": text[:CARRIED_TEXT_LENGTH],
        "address": address[:CARRIED_TEXT_LENGTH],
    }
    return collectivity.elsewhere_url.format_map(
        {name: quote(value, safe="", errors="replace") for name, value in values.items()}
    )


def one_line(text: str) -> str:
    """The text on one line, blanks single, composed (NFC); empty when it holds signs that no name
    has: controls, lone halves of a pair, marks that turn the direction of reading.
    """
    line = composed(" ".join(text.split()))
    if any(unicodedata.category(sign) in UNSEEN for sign in line):
        return ""
    return line


def _text(value: str, field: str) -> str:
    line = one_line(value)
    if not line and value.strip():
        raise Invalid(_("Ce champ contient un caractère interdit."), field=field)
    if not line and field in NEEDED:
        raise Invalid(_("Ce champ est nécessaire."), field=field)
    if len(line) > _LENGTHS.get(field, 250):
        raise Invalid(
            _("Ce champ ne peut pas dépasser %(limit)d caractères.")
            % {"limit": _LENGTHS.get(field, 250)},
            field=field,
        )
    return line


def _one_of(choices: list[str]) -> Callable[[Any, str], str]:
    def check(value: Any, field: str) -> str:
        if value not in choices:
            raise Invalid(
                _("« %(value)s » n’est pas admis ; choisissez parmi : %(choices)s.")
                % {"value": value, "choices": ", ".join(choices)},
                field=field,
            )
        return str(value)

    return check


def _insee_code(value: str, field: str) -> str:
    if not re.fullmatch(r"[0-9][0-9AB][0-9]{3}", value.upper()):
        raise Invalid(
            _("Le code INSEE d’une commune a cinq signes, par exemple 59350 ou 2A004."),
            field=field,
        )
    return value.upper()


def _timezone(value: str, field: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise Invalid(
            _("« %(value)s » n’est pas un fuseau horaire ; par exemple Europe/Paris.")
            % {"value": value},
            field=field,
        )
    return value


def _hosts(values: list[str], field: str) -> list[str]:
    names = [host_of(value) for value in values]
    for given, name in zip(values, names, strict=True):
        if not _HOST.fullmatch(name):
            raise Invalid(
                _("« %(value)s » n’est pas un nom d’hôte ; par exemple signaler.lille.fr.")
                % {"value": given},
                field=field,
            )
    return list(dict.fromkeys(names))


def _web_address(value: str, field: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        fine = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host_of(host)))
        fine = fine and parts.username is None and parts.port != 0
    except ValueError:
        fine = False
    if not fine or " " in value or "\\" in value:
        raise Invalid(
            _("L’adresse doit commencer par https:// ou http://, suivi d’un nom de site."),
            field=field,
        )
    return value


def _elsewhere_url(value: str, field: str) -> str:
    """A web address in which only the path and what follows hold placeholders, each by its bare
    name: `{type.__class__}` or a width would reach into the program.
    """
    try:
        marks = [mark for mark in Formatter().parse(value) if mark[1] is not None]
    except ValueError:
        marks = [("", "", "", None)]
    if any(name not in CARRIED or spec or turn for _before, name, spec, turn in marks):
        raise Invalid(
            _(
                "L’adresse ne peut contenir que {type}, {lat}, {lon}, {text} et {address} entre"
                " accolades."
            ),
            field=field,
        )
    return _web_address(value, field)


def _deadline(value: Any, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_DEADLINE_DAYS:
        raise Invalid(
            _("Le délai par défaut est un nombre de jours entre 1 et %(limit)d.")
            % {"limit": MAX_DEADLINE_DAYS},
            field=field,
        )
    return value


def _phone(value: str, field: str) -> str:
    if not re.fullmatch(r"\+?[0-9][0-9 .]{1,28}", value):
        raise Invalid(
            _("« %(value)s » n’est pas un numéro de téléphone.") % {"value": value}, field=field
        )
    return value


def _email(value: str, field: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise Invalid(
            _("« %(value)s » n’est pas une adresse e-mail.") % {"value": value}, field=field
        ) from None
    return value


def _colour(value: str, field: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", value.lower()):
        raise Invalid(_("La couleur s’écrit # puis six signes, par exemple #0b5c63."), field=field)
    colour = value.lower()
    found = colours.weakest(colour)
    if found < colours.LEAST:
        raise Invalid(
            _(
                "Sur le fond des pages, %(colour)s n’a qu’un contraste de %(found)s pour 1 ; il en"
                " faut %(least)s. La plus proche qui se lit bien : %(nearest)s."
            )
            % {
                "colour": colour,
                # Rounded down: 4,49 is not said to be enough.
                "found": number_format(int(found * 10) / 10, 1),
                "least": number_format(colours.LEAST, 1),
                "nearest": colours.nearest(colour),
            },
            field=field,
        )
    return colour


NEEDED = frozenset({"name", "short_name", "kind", "timezone", "holiday_zone", "state"})
_LENGTHS: Mapping[str, int] = {
    "name": 120,
    "short_name": 60,
    "elsewhere_name": 120,
    "elsewhere_url": 500,
    "contact_name": 120,
    "contact_email": 254,
}
_CHECKS: Mapping[str, Callable[[Any, str], Any]] = {
    "kind": _one_of(CollectivityKind.values),
    "insee_code": _insee_code,
    "timezone": _timezone,
    "holiday_zone": _one_of(HolidayZone.values),
    "hosts": _hosts,
    "state": _one_of(CollectivityState.values),
    "elsewhere_url": _elsewhere_url,
    "default_deadline_days": _deadline,
    "duty_phone": _phone,
    "contact_phone": _phone,
    "contact_email": _email,
    "website": _web_address,
    "brand_colour": _colour,
}
