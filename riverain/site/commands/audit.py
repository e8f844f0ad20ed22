"""Proves the log, or seals it now.

The log holds the history of every report and of everything administered.
"""

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from riverain.site import commands

if TYPE_CHECKING:
    from riverain.audit.verification import Verdict

EXAMPLE = "riverain audit verify --json"

_VERIFY = """Proves the log.

Reads every entry, link by link, the personal values that stand, and the seals. Says what was
changed or removed by hand, and exits with 1 if something was. The service may run meanwhile.

The chain alone cannot show that the end of a stream was cut off or written anew: seals do. How
many entries none vouches for yet is said too.
"""

_SEAL = """Signs the heads that moved since the last seal.

A worker does so every five minutes by itself.
"""


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    verify = commands.action(actions, "verify", text=_VERIFY, example=EXAMPLE, run=run)
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    commands.action(actions, "seal", text=_SEAL, example="riverain audit seal", run=run_seal)


def run(args: argparse.Namespace) -> int:
    from riverain.audit.verification import verify

    verdict = verify()
    if args.json:
        sys.stdout.write(json.dumps({"proved": not verdict.faults, **asdict(verdict)}) + "\n")
    else:
        sys.stdout.write(
            f"{verdict.streams} streams, {verdict.entries} entries, {verdict.values} personal"
            f" values, {verdict.seals} seals read.\n"
        )
        sys.stdout.write(_rests_on(verdict) + "\n")
        for fault in verdict.faults:
            sys.stdout.write(f"FAULT {fault}\n")
        sys.stdout.write("The log is NOT proved.\n" if verdict.faults else "The log is proved.\n")
    return commands.WRONG if verdict.faults else 0


def _rests_on(verdict: "Verdict") -> str:
    if not verdict.sealed_at:
        return "No seal was read: the end of a stream may be cut off or written anew unseen."
    last = f"Last seal: {verdict.sealed_at[:16]}Z"
    if not verdict.unsealed:
        return f"{last}. It vouches for every entry that stands."
    return (
        f"{last}. Entries not sealed yet: {verdict.unsealed}; such an end of a stream may be cut"
        " off or written anew unseen."
    )


def run_seal(_args: argparse.Namespace) -> int:
    from riverain.audit.sealing import seal

    sys.stdout.write(f"{seal()} heads sealed.\n")
    return 0
