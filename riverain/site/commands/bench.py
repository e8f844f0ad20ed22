"""Measures the product beside the raw database, on a server of its own.

Prints the machine, the settings, the figures and the ratio to the raw database in the same run
(docs/bench.md). Where DATABASE_URL is set, it must name an empty database.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from typing import Any

from riverain.site import commands

EXAMPLE = "riverain bench submit --seconds 10 --json"
NAMES = ("submit", "locate", "pages", "move")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=NAMES, help="what is measured")
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="for each measure (default %(default)s)"
    )
    parser.add_argument(
        "--reports",
        type=int,
        default=100_000,
        help="in the database for pages and move (default %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def before(_args: argparse.Namespace) -> None:
    """Another home, and with it another embedded server, than the installation's; and nobody else
    is asked for what our own addresses do not hold, by this process nor by those that it starts.
    """
    from riverain.site.environment import given

    os.environ["RIVERAIN_GEOCODER_URL"] = "off"
    os.environ.pop("RIVERAIN_GEOCODER_URL_FILE", None)
    if not given("DATABASE_URL"):
        os.environ["RIVERAIN_HOME"] = tempfile.mkdtemp(prefix="riverain-bench-")


def run(args: argparse.Namespace) -> int:
    from riverain.site.bench import locate, machine, move, pages, submit

    measures = {
        "submit": submit.run,
        "locate": locate.run,
        "pages": pages.run,
        "move": move.run,
    }
    measure = measures[args.name]
    try:
        found = {
            "bench": args.name,
            "machine": machine.machine(),
            "database": machine.database(os.environ["DATABASE_URL"]),
            **measure(args),
        }
    finally:
        if args.server is not None:
            args.server.remove()
            shutil.rmtree(os.environ["RIVERAIN_HOME"], ignore_errors=True)
    sys.stdout.write(json.dumps(found) + "\n" if args.json else _lines(found))
    return 0 if found.get("meets", True) else commands.WRONG


def _lines(found: dict[str, Any], indent: str = "") -> str:
    text = ""
    for name, value in found.items():
        if isinstance(value, dict):
            text += f"{indent}{name}\n{_lines(value, indent + '  ')}"
        else:
            text += f"{indent}{name}: {value}\n"
    return text
