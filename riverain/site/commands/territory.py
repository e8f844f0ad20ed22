"""Collectivities and their areas: registers, changes and lists them, imports outlines, locates.

Areas come from GeoJSON files, in degrees or in a French projection (docs/territory.md).
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riverain.accounts.labels import SYSTEM
from riverain.site import commands

if TYPE_CHECKING:
    from riverain.territory.facts import AreaFacts, Place
    from riverain.territory.models import Collectivity

EXAMPLE = (
    "riverain territory import quartiers.geojson --collectivity lille --kind district"
    " --key-field quartier"
)

_IMPORT = """Makes areas of one kind out of a GeoJSON file, or brings them up to date.

An area is found again by its key (--key-field), else by its name: a second import changes nothing
and never doubles. Where a feature is refused nothing is written, unless --skip-refused. Kinds:
commune (the outline that decides who receives), district, sector, contract_zone, hub.
"""

_LOCATE = """Says which collectivity receives a point, and in which areas it is.

Exits with 1 where none does. Degrees, WGS 84, the longitude first.
"""

_REGISTER = """Adds a collectivity.

A town that runs another tool is registered too, with --state elsewhere, --elsewhere-name and
--elsewhere-url: its residents are led there, with what they typed.
"""

_CHANGE = """Changes what the options say of a collectivity, and nothing else."""

_LIST = """Lists the collectivities and how many areas of each kind they have."""

# Option, field, metavar, help. The rules of each are in riverain/territory/rules.py.
_DETAILS = (
    ("--short-name", "short_name", "TEXT", "where the public name is too long"),
    ("--kind", "kind", "KIND", "commune (default) or agglomeration"),
    ("--insee-code", "insee_code", "CODE", "five signs, 59350"),
    ("--timezone", "timezone", "ZONE", "an IANA name (default Europe/Paris)"),
    ("--holiday-zone", "holiday_zone", "ZONE", "metropole (default), alsace-moselle, reunion…"),
    ("--state", "state", "STATE", "open (default), elsewhere or closed"),
    ("--elsewhere-name", "elsewhere_name", "TEXT", "the other tool's name"),
    (
        "--elsewhere-url",
        "elsewhere_url",
        "URL",
        "its address, with {type} {lat} {lon} {text} {address} where it takes them",
    ),
    ("--duty-phone", "duty_phone", "PHONE", "called for what cannot wait"),
    ("--contact-name", "contact_name", "TEXT", "public contact"),
    ("--contact-address", "contact_address", "TEXT", "its postal address"),
    ("--contact-phone", "contact_phone", "PHONE", "its phone"),
    ("--contact-email", "contact_email", "EMAIL", "its e-mail"),
    ("--website", "website", "URL", "the town's own site"),
    ("--brand-colour", "brand_colour", "COLOUR", "#0b5c63"),
    ("--privacy-contact", "privacy_contact", "TEXT", "whom to write to about personal data"),
)


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    _add_import(actions)
    _add_locate(actions)
    register = _add_action(
        actions, "register", _REGISTER, _register, "lille --name 'Ville de Lille' --prefix LIL"
    )
    register.add_argument("slug", help="its name in addresses: lille")
    register.add_argument("--name", required=True, help="its public name")
    register.add_argument("--prefix", required=True, help="begins report numbers: LIL")
    change = _add_action(actions, "change", _CHANGE, _change, "lille --duty-phone '03 20 00 00 00'")
    change.add_argument("slug", help="its name in addresses: lille")
    change.add_argument("--name", help="its public name")
    for action in (register, change):
        for option, field, metavar, text in _DETAILS:
            action.add_argument(option, dest=field, metavar=metavar, help=text)
        action.add_argument("--deadline-days", dest="default_deadline_days", type=int, metavar="N")
        action.add_argument(
            "--host", dest="hosts", action="append", metavar="HOST", help="may be repeated"
        )
        action.add_argument(
            "--default",
            dest="is_default",
            action="store_true",
            default=None,
            help="shown where neither host nor path names one",
        )
    listed = _add_action(actions, "list", _LIST, _list, "")
    listed.add_argument("--json", action="store_true", help="print one JSON object")


def _add_action(
    actions: Any, name: str, text: str, run: Callable[[argparse.Namespace], int], example: str
) -> argparse.ArgumentParser:
    return commands.action(
        actions, name, text=text, example=f"riverain territory {name} {example}".strip(), run=run
    )


def _add_import(actions: Any) -> None:
    take_in = commands.action(actions, "import", text=_IMPORT, example=EXAMPLE, run=_import)
    take_in.add_argument("file", type=Path, help="the GeoJSON file")
    take_in.add_argument("--collectivity", required=True, metavar="SLUG", help="whose areas")
    take_in.add_argument("--kind", required=True, help="of which kind")
    take_in.add_argument("--key-field", required=True, metavar="FIELD", help="makes the code")
    take_in.add_argument(
        "--name-field",
        default="",
        metavar="FIELD",
        help="makes the name (default: the key, or words that tell numbered areas apart)",
    )
    take_in.add_argument(
        "--crs", default="", help="the coordinates, EPSG:2154 (default: what the file says)"
    )
    take_in.add_argument(
        "--precedence", type=int, metavar="N", help="lower wins where areas overlap (default 100)"
    )
    take_in.add_argument(
        "--only", action="append", default=[], metavar="KEY", help="this feature; may be repeated"
    )
    take_in.add_argument(
        "--skip-refused", action="store_true", help="import the others all the same"
    )
    take_in.add_argument(
        "--retire-missing", action="store_true", help="retire areas that the file leaves out"
    )
    take_in.add_argument(
        "--dry-run", action="store_true", help="say what would be done, do nothing"
    )
    take_in.add_argument("--json", action="store_true", help="print one JSON object")


def _add_locate(actions: Any) -> None:
    locate = _add_action(actions, "locate", _LOCATE, _locate, "3.0573 50.6292")
    locate.add_argument("lon", type=float, help="longitude, -180 to 180")
    locate.add_argument("lat", type=float, help="latitude, -90 to 90")
    locate.add_argument("--json", action="store_true", help="print one JSON object")


def _import(args: argparse.Namespace) -> int:
    from riverain.territory import geojson
    from riverain.territory.actions import import_areas
    from riverain.territory.outcome import FeaturesRefused

    code = 0
    try:
        report = import_areas(
            acting=SYSTEM,
            collectivity=_collectivity(args.collectivity),
            kind=args.kind,
            file=geojson.open_file(args.file),
            key_field=args.key_field,
            name_field=args.name_field,
            crs=args.crs,
            precedence=args.precedence,
            only=args.only,
            skip_refused=args.skip_refused,
            retire_missing=args.retire_missing,
            dry_run=args.dry_run,
        )
    except FeaturesRefused as refusal:
        report, code = refusal.report, commands.REFUSED
        sys.stderr.write(f"riverain: {refusal}\n")
    if args.json:
        _print_json({**report.as_dict(), "written": code == 0 and not args.dry_run})
    else:
        _print("\n".join(report.lines()))
    return code


def _locate(args: argparse.Namespace) -> int:
    from riverain.territory.locator import locate

    place = locate(args.lon, args.lat)
    if args.json:
        _print_json({"lon": args.lon, "lat": args.lat, **_place(place)})
    else:
        _print(_told(place))
    return 0 if place else commands.WRONG


def _place(place: "Place | None") -> Mapping[str, Any]:
    if place is None:
        return {"collectivity": None, "district": None, "sector": None, "areas": []}
    return {
        "collectivity": {
            "slug": place.collectivity.slug,
            "name": place.collectivity.name,
            "state": place.collectivity.state,
        },
        "district": _area(place.district),
        "sector": _area(place.sector),
        "areas": [_area(area) for area in place.areas],
    }


def _area(area: "AreaFacts | None") -> Mapping[str, str] | None:
    from riverain.territory import queries

    if area is None:
        return None
    owner = queries.collectivity(area.collectivity_id)
    return {
        "collectivity": owner.slug if owner else "",
        "kind": area.kind,
        "code": area.code,
        "name": area.name,
    }


def _told(place: "Place | None") -> str:
    from django.utils.translation import gettext as _

    from riverain.territory.kinds import AreaKind, CollectivityState

    if place is None:
        return _("Aucune collectivité ne reçoit ce point.")
    town = place.collectivity
    lines = [f"{town.name} ({town.slug}), {CollectivityState(town.state).label}"]
    lines += [f"  {AreaKind(area.kind).label} : {area.name} ({area.code})" for area in place.areas]
    return "\n".join(lines)


def _register(args: argparse.Namespace) -> int:
    from riverain.territory.actions import register_collectivity

    made = register_collectivity(
        acting=SYSTEM, slug=args.slug, name=args.name, prefix=args.prefix, **_details(args)
    )
    _print(f"{made.slug}: {made.name}")
    return 0


def _change(args: argparse.Namespace) -> int:
    from riverain.territory.actions import update_collectivity

    details = _details(args)
    if args.name is not None:
        details["name"] = args.name
    made = update_collectivity(acting=SYSTEM, collectivity=_collectivity(args.slug), **details)
    _print(f"{made.slug}: {made.name}")
    return 0


def _details(args: argparse.Namespace) -> Any:
    """The options that were given; `rules.checked` judges them."""
    fields = [field for _option, field, _metavar, _text in _DETAILS]
    fields += ["default_deadline_days", "hosts", "is_default"]
    return {field: getattr(args, field) for field in fields if getattr(args, field) is not None}


def _list(args: argparse.Namespace) -> int:
    from riverain.territory import queries

    rows = []
    for town in queries.collectivities():
        kinds: dict[str, int] = {}
        for area in queries.areas(town.id):
            kinds[area.kind] = kinds.get(area.kind, 0) + 1
        rows.append({**asdict(town), "areas": kinds})
    if args.json:
        _print_json({"collectivities": rows})
        return 0
    for row in rows:
        counted = ", ".join(f"{kind} {count}" for kind, count in sorted(row["areas"].items()))
        _print(f"{row['slug']}\t{row['state']}\t{row['name']}\t{counted or '-'}")
    return 0


def _collectivity(slug: str) -> "Collectivity":
    from riverain.territory.models import Collectivity

    return Collectivity.objects.get(pk=commands.collectivity(slug).id)


def _print_json(said: Mapping[str, Any]) -> None:
    _print(json.dumps(said, ensure_ascii=False))


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
