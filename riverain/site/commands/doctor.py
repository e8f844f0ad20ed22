"""Looks at this installation and says what is wrong with it.

Exits with 1 when something is. Nothing is changed.
"""

import argparse
import json
import sys

from riverain.site import commands

EXAMPLE = "riverain doctor"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from riverain.site import doctor

    findings = doctor.examine()
    sick = [finding for finding in findings if not finding.well]
    if args.json:
        rows = [
            {"about": finding.about, "well": finding.well, "sentence": finding.sentence}
            for finding in findings
        ]
        sys.stdout.write(
            json.dumps({"well": not sick, "findings": rows}, ensure_ascii=False) + "\n"
        )
    else:
        for finding in findings:
            verdict = "ok   " if finding.well else "WRONG"
            sys.stdout.write(f"{verdict}  {finding.about:<12}{finding.sentence}\n")
    return commands.WRONG if sick else 0
