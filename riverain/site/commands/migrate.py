"""Brings the database to this version of the program.

Runs as the database's owner (DATABASE_OWNER_URL), then gives the application's role
(DATABASE_URL) its rights. It may be run again at any time.
"""

import argparse

EXAMPLE = "riverain migrate"


def add(_parser: argparse.ArgumentParser) -> None:
    """No argument: the version of the program is the version of the database."""


def run(_args: argparse.Namespace) -> int:
    from riverain.site.database import migrate

    migrate(verbosity=1)
    return 0
