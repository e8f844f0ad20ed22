"""Addresses of the Base Adresse Nationale: takes in a file of them, searches them.

The files are on adresse.data.gouv.fr, one for each department (docs/territory.md).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from riverain.accounts.labels import SYSTEM
from riverain.site import commands

if TYPE_CHECKING:
    from riverain.territory.addresses.facts import Found

EXAMPLE = "riverain addresses import adresses-59.csv.gz"

_IMPORT = """Takes in a file of the Base Adresse Nationale: CSV separated by ";", as it is or gz.

Of a whole department only the addresses are taken that lie where a collectivity of this
installation receives. A second import updates and never doubles; what the communes of the file no
longer have is deleted. A line that cannot be used is refused alone, with its number and the reason.
"""

_SEARCH = """Searches the addresses as the pages do: slips, abbreviations, missing words.

Exits with 1 where nothing is found.
"""


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    take_in = commands.action(actions, "import", text=_IMPORT, example=EXAMPLE, run=run)
    take_in.add_argument("file", type=Path, help="the file, .csv or .csv.gz")
    take_in.add_argument(
        "--partial", action="store_true", help="delete nothing: the file holds part of its communes"
    )
    take_in.add_argument(
        "--accept-loss",
        action="store_true",
        help="even where more than half of a commune's addresses are gone",
    )
    take_in.add_argument(
        "--dry-run", action="store_true", help="say what would be done, do nothing"
    )
    take_in.add_argument("--json", action="store_true", help="print one JSON object")
    search = commands.action(
        actions,
        "search",
        text=_SEARCH,
        example='riverain addresses search "12 bd carnot" --collectivity lille --json',
        run=_search,
    )
    search.add_argument("text", help="what someone typed")
    search.add_argument("--collectivity", metavar="SLUG", help="as on this one's pages")
    search.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from riverain.territory.addresses.importing import import_file

    report = import_file(
        acting=SYSTEM,
        path=args.file,
        partial=args.partial,
        accept_loss=args.accept_loss,
        dry_run=args.dry_run,
        progress=_progress,
    )
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if args.json:
        _print(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        _print("\n".join(report.lines()))
    return 0


def _search(args: argparse.Namespace) -> int:
    from riverain.territory import queries
    from riverain.territory.addresses.searching import search

    town = queries.default_collectivity()
    if args.collectivity:
        town = commands.collectivity(args.collectivity)
    found = search(args.text, town=town)
    if args.json:
        _print(json.dumps({"answers": [one.as_dict() for one in found]}, ensure_ascii=False))
    else:
        for one in found:
            _print(_told(one))
    return 0 if found else commands.WRONG


def _told(found: "Found") -> str:
    return f"{found.lon:.6f} {found.lat:.6f}\t{found.label}\t{found.exactness}"


def _progress(read: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{read} lines read")
        sys.stderr.flush()


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
