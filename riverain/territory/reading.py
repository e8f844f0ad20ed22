"""From the features of a file to areas fit for the database, and the refusals: pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from riverain.core.boxes import Box
from riverain.core.identifiers import slug
from riverain.core.refusals import Invalid
from riverain.territory import geometry, projections
from riverain.territory.geojson import FeatureFile, RawFeature
from riverain.territory.geometry import Fault, ShapeError
from riverain.territory.matching import Wanted
from riverain.territory.rules import one_line

NAME_LENGTH = 200
CODE_LENGTH = 100
SHOWN_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """A feature that is not taken. `name` is what the file calls it, or its place in the file."""

    position: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`repaired` and `abroad` name the areas whose ring was mended, or that lie out of France."""

    wanted: tuple[Wanted, ...]
    refused: tuple[Refusal, ...]
    repaired: tuple[str, ...]
    abroad: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    feature: RawFeature
    code: str
    name: str


def read(
    file: FeatureFile,
    *,
    key_field: str,
    name_field: str = "",
    crs: str = "",
    precedence: int | None = None,
    only: Collection[str] = (),
) -> Reading:
    """The areas of the file, each with the code `slug(its key_field)`.

    Without `name_field` the key names an area, or a field of words where the key only numbers it.
    `crs` goes before what the file says of its coordinates; without either they are degrees.
    `only` keeps the features with these keys. Raises Invalid for what concerns the whole file.
    """
    number = projections.epsg(crs or file.crs or "EPSG:4326")
    _check_fields(file.features, [key_field, name_field or key_field])
    name_field = name_field or _telling_field(file.features, key_field)
    refused: list[Refusal] = []
    named: list[_Named] = []
    for feature in file.features:
        try:
            named.append(_named(feature, key_field, name_field))
        except ShapeError as error:
            refused.append(_refusal(feature, name_field, str(error)))
    if only:
        named = _only(named, only)
        refused = []
    named, doubles = _without_doubles(named, key_field)
    refused += doubles
    return _shaped(named, number, precedence, refused)


def _shaped(
    named: Sequence[_Named], number: int, precedence: int | None, refused: list[Refusal]
) -> Reading:
    wanted: list[Wanted] = []
    repaired: list[str] = []
    abroad: list[str] = []
    faults: Counter[Fault] = Counter()
    reason = ""
    for item in named:
        try:
            shape = geometry.read(item.feature.geometry, number)
        except ShapeError as error:
            reason = str(error)
            faults[error.fault] += 1
            refused.append(Refusal(item.feature.position, item.name, reason))
            continue
        wanted.append(Wanted(item.code, item.name, shape.wkb, precedence))
        if shape.repaired:
            repaired.append(item.name)
        if not projections.in_france(Box(*shape.geometry.bounds)):
            abroad.append(item.name)
    common = next((fault for fault in faults if fault != Fault.SHAPE), None)
    if common is not None and faults[common] == len(named):
        raise Invalid(
            _("Le fichier entier est refusé : « %(name)s », %(reason)s.")
            % {"name": named[-1].name, "reason": reason},
            field="crs",
            code=common.value,
        )
    return Reading(
        wanted=tuple(wanted),
        refused=tuple(sorted(refused, key=lambda item: item.position)),
        repaired=tuple(repaired),
        abroad=tuple(abroad),
    )


def _check_fields(features: Sequence[RawFeature], fields: Sequence[str]) -> None:
    there = sorted({name for feature in features for name in feature.properties})
    for field in fields:
        if field not in there:
            raise Invalid(
                _("Aucune entité n’a de champ « %(field)s ». Champs du fichier : %(fields)s.")
                % {"field": field, "fields": _listed(there)},
                field="key_field",
            )


def _telling_field(features: Sequence[RawFeature], key_field: str) -> str:
    """The field that names areas where none is said: the key, unless it only numbers them and a
    field of words tells them all apart. A town's numbers are then not shown as its districts'
    names, and areas known by name are found again."""
    if not all(_is_number(feature.properties.get(key_field)) for feature in features):
        return key_field
    for field in features[0].properties if features else ():
        words = [feature.properties.get(field) for feature in features]
        if all(map(_has_letters, words)) and len({slug(str(word)) for word in words}) == len(words):
            return field
    return key_field


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().isdecimal()
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return whole and not isinstance(value, bool)


def _has_letters(value: object) -> bool:
    return isinstance(value, str) and any(character.isalpha() for character in value)


def _named(feature: RawFeature, key_field: str, name_field: str) -> _Named:
    code = slug(_value(feature.properties, key_field))
    if not code or len(code) > CODE_LENGTH:
        raise ShapeError(
            _("sa clé « %(value)s » ne donne pas de code : il y faut des lettres ou des chiffres")
            % {"value": _value(feature.properties, key_field)[:40]}
        )
    name = one_line(_value(feature.properties, name_field))
    if not name or len(name) > NAME_LENGTH:
        raise ShapeError(
            _("son nom contient des caractères interdits, ou plus de %(limit)d signes")
            % {"limit": NAME_LENGTH}
        )
    return _Named(feature, code, name)


def _value(properties: Mapping[str, object], field: str) -> str:
    """A text or a whole number; 5.0 is how some exports write 5."""
    value = properties.get(field)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise ShapeError(
            _("son champ « %(field)s » est vide ou n’est pas un texte ; ses champs : %(fields)s")
            % {"field": field, "fields": _listed(sorted(properties))}
        )
    return str(value)


def _only(named: Sequence[_Named], only: Collection[str]) -> list[_Named]:
    asked = {slug(key): key for key in only}
    absent = [key for code, key in asked.items() if code not in {item.code for item in named}]
    if absent:
        raise Invalid(
            _("Le fichier n’a pas d’entité de clé « %(key)s » ; il a : %(keys)s.")
            % {"key": absent[0], "keys": _listed([item.code for item in named])},
            field="only",
        )
    return [item for item in named if item.code in asked]


def _without_doubles(named: Sequence[_Named], key_field: str) -> tuple[list[_Named], list[Refusal]]:
    by_code: dict[str, list[_Named]] = defaultdict(list)
    for item in named:
        by_code[item.code].append(item)
    doubles = [
        Refusal(
            item.feature.position,
            item.name,
            _("sa clé « %(code)s » (%(field)s) est aussi celle de %(others)s")
            % {
                "code": code,
                "field": key_field,
                "others": ", ".join(
                    f"« {other.name} » (n° {other.feature.position})"
                    for other in same
                    if other is not item
                ),
            },
        )
        for code, same in by_code.items()
        if len(same) > 1
        for item in same
    ]
    return [item for item in named if len(by_code[item.code]) == 1], doubles


def _refusal(feature: RawFeature, name_field: str, reason: str) -> Refusal:
    value = feature.properties.get(name_field)
    name = one_line(value)[:NAME_LENGTH] if isinstance(value, str) else ""
    return Refusal(
        feature.position,
        name or _("entité n° %(position)d") % {"position": feature.position},
        reason,
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN_FIELDS])
    return f"{shown}…" if len(names) > SHOWN_FIELDS else shown or "-"
