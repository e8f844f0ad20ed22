"""The mapping: which column of a CSV file says what. Pure.

A YAML file with French keys, since whoever knows the old tool writes it (docs/imports.md).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import yaml
from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid
from riverain.reports.lifecycle import Status
from riverain.reports.models import SOURCE_LENGTH, Channel

MOST_BYTES = 500_000

STATUSES = {
    "à traiter": Status.TO_PROCESS,
    "clôture service fait": Status.DONE,
    "demande rejetée": Status.REJECTED,
    "clôture transféré": Status.CLOSED_TRANSFERRED,
}
CHANNELS = {
    "web": Channel.WEB,
    "mobile": Channel.MOBILE,
    "téléphone": Channel.PHONE,
    "accueil": Channel.DESK,
    "courrier": Channel.LETTER,
    "e-mail": Channel.EMAIL,
    "réseau social": Channel.SOCIAL,
    "élu": Channel.ELECTED,
    "réunion publique": Channel.MEETING,
    "terrain": Channel.FIELD,
    "connecté": Channel.CONNECTED,
}
_KEYS = {
    "source",
    "séparateur",
    "encodage",
    "identifiant",
    "reçu le",
    "clos le",
    "adresse",
    "description",
    "position",
    "canal",
    "statut",
    "types",
}
_RULE = "{si: {colonne: motif}, type: code}"


@dataclass(frozen=True, slots=True)
class When:
    """A column with an instant. Without an hour in `format` only the day is known."""

    column: str
    format: str

    @property
    def has_time(self) -> bool:
        return any(sign in self.format for sign in ("%H", "%I", "%c", "%X", "%s"))

    def read(self, row: Mapping[str, str]) -> datetime | None:
        """A datetime, naive unless the column carries a zone; None for an empty cell. Raises
        Invalid for another form."""
        text = (row.get(self.column) or "").strip()
        if not text:
            return None
        try:
            return datetime.strptime(text, self.format)  # noqa: DTZ007 - the town's zone comes later
        except ValueError as error:
            raise Invalid(
                _("« %(text)s » n’est pas une date de la forme %(format)s.")
                % {"text": text[:40], "format": self.format}
            ) from error


@dataclass(frozen=True, slots=True)
class Choice:
    """A column whose values stand for ours; `otherwise` for all others and without a column."""

    column: str
    values: Mapping[str, str]
    otherwise: str | None

    def read(self, row: Mapping[str, str]) -> str:
        text = (row.get(self.column) or "").strip() if self.column else ""
        found = self.values.get(text, self.otherwise)
        if found is None:
            raise Invalid(
                _("« %(text)s » (colonne %(column)s) n’est pas dans la correspondance.")
                % {"text": text[:60], "column": self.column}
            )
        return found


@dataclass(frozen=True, slots=True)
class TypeRule:
    """The type of rows whose columns match these patterns, whatever the case (`*` stands for any
    text, and every other sign for itself)."""

    type_code: str
    patterns: Mapping[str, re.Pattern[str]]

    def covers(self, row: Mapping[str, str]) -> bool:
        return all(
            pattern.fullmatch((row.get(column) or "").strip())
            for column, pattern in self.patterns.items()
        )


@dataclass(frozen=True, slots=True)
class Position:
    """Where the degrees are: two columns, or one column and a pattern with `lon` and `lat`."""

    lon: str = ""
    lat: str = ""
    column: str = ""
    pattern: re.Pattern[str] | None = None

    def read(self, row: Mapping[str, str]) -> tuple[float, float] | None:
        """(longitude, latitude) in degrees; None when the row has no position."""
        if self.pattern is None:
            lon, lat = (row.get(self.lon) or "").strip(), (row.get(self.lat) or "").strip()
        else:
            text = (row.get(self.column) or "").strip()
            found = self.pattern.search(text)
            if text and not found:
                raise Invalid(
                    _("« %(text)s » n’est pas une position de la forme attendue.")
                    % {"text": text[:60]}
                )
            lon, lat = (found["lon"] or "", found["lat"] or "") if found else ("", "")
        if not lon and not lat:
            return None
        try:
            return float(lon.replace(",", ".")), float(lat.replace(",", "."))
        except ValueError as error:
            raise Invalid(
                _("La position « %(lon)s, %(lat)s » n’est pas faite de deux nombres.")
                % {"lon": lon[:20], "lat": lat[:20]}
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """A mapping that was read and found right."""

    source: str
    external_id: str
    received: When
    closed: When | None
    address: str
    description: str
    position: Position | None
    channel: Choice
    status: Choice
    types: tuple[TypeRule, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    columns: frozenset[str] = field(default_factory=frozenset)

    def type_code(self, row: Mapping[str, str]) -> str:
        """The first rule that covers the row. Raises Invalid when none does."""
        for rule in self.types:
            if rule.covers(row):
                return rule.type_code
        raise Invalid(_("Aucune règle de « types » ne couvre cette ligne."))


def read(text: str) -> ImportMapping:
    """Reads a mapping. Raises Invalid naming the key at fault."""
    if len(text.encode()) > MOST_BYTES:
        raise Invalid(_("La correspondance est trop longue : 500 ko au plus."))
    try:
        # Twenty lines of references to references stand for more text than any memory holds.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise Invalid(_("Les renvois (*) de YAML ne sont pas admis."))
        _check_repeated(yaml.compose(text, Loader=yaml.SafeLoader))
        given = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Invalid(
            _("La correspondance n’est pas du YAML : %(why)s") % {"why": error}
        ) from error
    if not isinstance(given, dict):
        raise Invalid(_("La correspondance doit être une liste de clés (source, identifiant…)."))
    unknown = sorted(str(key) for key in given if key not in _KEYS)
    if unknown:
        raise Invalid(_("Clé inconnue : %(keys)s.") % {"keys": ", ".join(unknown)})
    position = _position(given.get("position"))
    received = _when(given, "reçu le")
    if received is None:
        raise Invalid(_("La clé « reçu le » manque."))
    closed = _when(given, "clos le")
    channel = _choice(given, "canal", CHANNELS, default="web")
    status = _choice(given, "statut", STATUSES, default="à traiter")
    types = _types(given.get("types"))
    external_id = _text(given, "identifiant")
    address = _text(given, "adresse", needed=False)
    description = _text(given, "description", needed=False)
    delimiter = _text(given, "séparateur", needed=False) or ","
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise Invalid(_("« séparateur » est un seul caractère, par exemple « , » ou « ; »."))
    columns = {external_id, received.column, address, description, channel.column, status.column}
    columns |= {column for rule in types for column in rule.patterns}
    columns |= {closed.column} if closed else set()
    if position:
        columns |= {position.lon, position.lat, position.column}
    return ImportMapping(
        source=_source(given),
        external_id=external_id,
        received=received,
        closed=closed,
        address=address,
        description=description,
        position=position,
        channel=channel,
        status=status,
        types=types,
        delimiter=delimiter,
        encoding=_encoding(_text(given, "encodage", needed=False) or "utf-8-sig"),
        columns=frozenset(columns - {""}),
    )


def _text(given: Mapping[str, Any], key: str, *, needed: bool = True) -> str:
    value = given.get(key)
    if value is None and not needed:
        return ""
    # A tabulation separates too.
    if isinstance(value, str) and key == "séparateur":
        return value
    if not isinstance(value, str) or not value.strip():
        raise Invalid(_("La clé « %(key)s » doit être un texte.") % {"key": key})
    return value.strip()


def _source(given: Mapping[str, Any]) -> str:
    name = _text(given, "source")
    if len(name) > SOURCE_LENGTH or not name.isprintable():
        raise Invalid(
            _("« source » est un nom d’une ligne, de %(most)d caractères au plus.")
            % {"most": SOURCE_LENGTH}
        )
    return name


def _check_repeated(node: yaml.Node | None) -> None:
    """YAML keeps the last of two keys of one name, and says nothing."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_repeated(item)
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in seen:
            raise Invalid(
                _("Ligne %(line)d : la clé « %(key)s » est donnée deux fois.")
                % {"line": key.start_mark.line + 1, "key": key.value}
            )
        seen.add(key.value)
        _check_repeated(value)


def _encoding(name: str) -> str:
    try:
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise Invalid(_("L’encodage « %(name)s » est inconnu.") % {"name": name}) from error
    return name


def _when(given: Mapping[str, Any], key: str) -> When | None:
    value = given.get(key)
    if value is None:
        return None
    if (
        not isinstance(value, dict)
        or set(value) != {"colonne", "format"}
        or not all(isinstance(said, str) for said in value.values())
    ):
        written = '{colonne: …, format: "%Y-%m-%d"}'
        raise Invalid(_("« %(key)s » s’écrit %(written)s.") % {"key": key, "written": written})
    if not _tells_the_day(value["format"]):
        raise Invalid(
            _("« %(key)s » : « %(format)s » ne dit pas un jour, un mois et une année.")
            % {"key": key, "format": value["format"]}
        )
    return When(value["colonne"], value["format"])


def _tells_the_day(form: str) -> bool:
    """Whether a day that is written in this form is read again as the same day."""
    day = datetime(2024, 11, 30, 10, 20, 30, tzinfo=UTC)
    try:
        # Naive without a zone in the form: days are compared, not instants.
        return datetime.strptime(day.strftime(form), form).date() == day.date()  # noqa: DTZ007
    except ValueError:
        return False


def _choice(given: Mapping[str, Any], key: str, ours: Mapping[str, str], *, default: str) -> Choice:
    value = given.get(key, default)
    if isinstance(value, str):
        value = {"colonne": "", "valeurs": {}, "sinon": value}
    if not isinstance(value, dict) or not set(value) <= {"colonne", "valeurs", "sinon"}:
        raise Invalid(_("« %(key)s » a pour clés colonne, valeurs et sinon.") % {"key": key})
    values = value.get("valeurs") or {}
    if not isinstance(values, dict):
        raise Invalid(
            _("Les « valeurs » de « %(key)s » s’écrivent %(written)s.")
            % {"key": key, "written": "{leur mot: le nôtre}"}
        )
    names = [*values.values(), *([value["sinon"]] if "sinon" in value else [])]
    wrong = sorted({str(name) for name in names if str(name) not in ours})
    if wrong:
        raise Invalid(
            _("« %(key)s » : %(wrong)s n’existe pas. Possibles : %(ours)s.")
            % {"key": key, "wrong": ", ".join(wrong), "ours": ", ".join(ours)}
        )
    return Choice(
        column=str(value.get("colonne") or ""),
        values={str(theirs): ours[name] for theirs, name in values.items()},
        otherwise=ours[value["sinon"]] if "sinon" in value else None,
    )


def _types(given: Any) -> tuple[TypeRule, ...]:
    if not isinstance(given, list) or not given:
        raise Invalid(_("« types » est une liste de règles %(written)s.") % {"written": _RULE})
    rules = []
    for number, rule in enumerate(given, start=1):
        known = isinstance(rule, dict) and set(rule) <= {"si", "type"} and "type" in rule
        if not known or not isinstance(rule.get("si") or {}, dict):
            raise Invalid(
                _("Règle %(number)d de « types » : écrivez %(written)s.")
                % {"number": number, "written": _RULE}
            )
        patterns = {
            str(column): _pattern(str(text)) for column, text in (rule.get("si") or {}).items()
        }
        rules.append(TypeRule(str(rule["type"]), patterns))
    return tuple(rules)


def _pattern(text: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in text.strip().split("*"))
    return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)


def _position(given: Any) -> Position | None:
    if given is None:
        return None
    if isinstance(given, dict) and set(given) == {"longitude", "latitude"}:
        return Position(lon=str(given["longitude"]), lat=str(given["latitude"]))
    if isinstance(given, dict) and set(given) == {"colonne", "motif"}:
        try:
            pattern = re.compile(str(given["motif"]))
        except re.error as error:
            raise Invalid(
                _("Le motif de « position » est faux : %(why)s") % {"why": error}
            ) from error
        if set(pattern.groupindex) != {"lon", "lat"}:
            raise Invalid(_("Le motif de « position » doit nommer (?P<lon>…) et (?P<lat>…)."))
        return Position(column=str(given["colonne"]), pattern=pattern)
    raise Invalid(
        _("« position » s’écrit %(two)s ou %(one)s.")
        % {"two": "{longitude: …, latitude: …}", "one": "{colonne: …, motif: …}"}
    )
