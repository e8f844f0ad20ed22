"""Takes a collectivity's catalogue in from a readable YAML file, or writes it out.

The file holds families, types, questions, deadlines, answers and routing (docs/catalogue.md).
"""

import argparse
import json
import sys
from pathlib import Path

from riverain.accounts.labels import SYSTEM
from riverain.site import commands

EXAMPLE = "riverain catalogue import catalogue.yaml --collectivity lille"

_IMPORT = """Makes a collectivity's catalogue what the file says.

Types are found again by their code: a second import changes nothing. What the file leaves out is
retired, never deleted. All that is wrong with the file is shown, with its lines, and nothing is
written then.
"""

_EXPORT = """Writes a collectivity's catalogue, as the file that import takes in.

Importing it again changes nothing.
"""


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    take_in = commands.action(actions, "import", text=_IMPORT, example=EXAMPLE, run=run)
    take_in.add_argument("file", type=Path, help="the YAML file; - reads the standard input")
    write_out = commands.action(
        actions,
        "export",
        text=_EXPORT,
        example="riverain catalogue export --collectivity lille > catalogue.yaml",
        run=run,
    )
    for action in (take_in, write_out):
        action.add_argument("--collectivity", required=True, metavar="SLUG", help="its short name")
        action.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    return _import(args) if args.action == "import" else _export(args)


def _import(args: argparse.Namespace) -> int:
    from riverain.catalogue import files
    from riverain.catalogue.document import InvalidFile
    from riverain.core.refusals import Invalid

    collectivity = commands.collectivity(args.collectivity)
    try:
        if str(args.file) == "-":
            report = files.load(
                acting=SYSTEM, collectivity_id=collectivity.id, stream=sys.stdin.buffer
            )
        else:
            with args.file.open("rb") as stream:
                report = files.load(acting=SYSTEM, collectivity_id=collectivity.id, stream=stream)
    except OSError as error:
        raise Invalid(f"{args.file}: {error.strerror}") from error
    except InvalidFile as refusal:
        if not args.json:
            raise
        _print({"refused": [problem.as_dict() for problem in refusal.problems]})
        return commands.REFUSED
    _print(report.as_dict() if args.json else "\n".join(report.lines()))
    return 0


def _export(args: argparse.Namespace) -> int:
    from riverain.catalogue import files

    collectivity = commands.collectivity(args.collectivity)
    text = files.dump(collectivity_id=collectivity.id)
    _print({"collectivity": collectivity.slug, "file": text} if args.json else text.rstrip("\n"))
    return 0


def _print(said: object) -> None:
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    sys.stdout.write(f"{text}\n")
