"""Takes in the reports of another tool from a CSV file.

Which column says what is in a mapping file (docs/imports.md).
"""

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from riverain.core.refusals import Invalid
from riverain.site import commands

if TYPE_CHECKING:
    from riverain.reports.imports.outcome import Outcome

EXAMPLE = (
    "riverain reports import signalements.csv --collectivity paris"
    " --mapping dansmarue.yaml --refused refused.csv"
)

_IMPORT = """Takes in reports from a CSV file.

Reads the file row by row, whatever its size. A row that cannot be taken in is refused alone, with
its line and the reason, and the command exits with 1. Running it again adds nothing that is there,
and goes on where an interrupted run stopped. Nobody is told anything.
"""


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    take_in = commands.action(actions, "import", text=_IMPORT, example=EXAMPLE, run=run)
    take_in.add_argument("file", type=Path, help="the CSV file")
    take_in.add_argument("--collectivity", required=True, metavar="SLUG", help="who receives them")
    take_in.add_argument(
        "--mapping", required=True, type=Path, metavar="FILE", help="which column says what (YAML)"
    )
    take_in.add_argument(
        "--refused", type=Path, metavar="FILE", help="write the refused rows here, as CSV"
    )
    take_in.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from riverain.reports.acting import System
    from riverain.reports.imports import loading, mapping
    from riverain.reports.imports.outcome import Outcome

    town = commands.collectivity(args.collectivity)
    if town.state != "open":
        raise Invalid(f"--collectivity {town.slug}: it takes no reports here ({town.state}).")
    plan = mapping.read(_text(args.mapping))
    if args.refused:
        _write_refused(args.refused, Outcome())  # before hours of work, not after
    try:
        with args.file.open(encoding=plan.encoding, newline="") as lines:
            outcome = loading.load(
                acting=System("import"),
                collectivity=town,
                mapping=plan,
                lines=lines,
                progress=_progress,
            )
    except OSError as error:
        raise Invalid(f"{args.file}: {error.strerror}") from error
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if args.refused:
        _write_refused(args.refused, outcome)
    said = outcome.as_dict()
    text = json.dumps(said, ensure_ascii=False) if args.json else "\n".join(outcome.lines())
    sys.stdout.write(f"{text}\n")
    return commands.WRONG if outcome.refused else 0


def _text(path: Path) -> str:
    from django.utils.translation import gettext as _

    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Invalid(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Invalid(
            _("La correspondance « %(path)s » n’est pas enregistrée en UTF-8.") % {"path": path}
        ) from error


def _progress(outcome: "Outcome") -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{outcome.read} rows read, {outcome.created} created")
        sys.stderr.flush()


def _write_refused(path: Path, outcome: "Outcome") -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "id", "reason"])
            writer.writerows(
                [one.line, _cell(one.external_id), one.reason] for one in outcome.refused
            )
    except OSError as error:
        raise Invalid(f"{path}: {error.strerror}") from error


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
