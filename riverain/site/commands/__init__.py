"""One module a command of `riverain`: it is found by being here, and its name is the command's.

A command module has a docstring (its help: the first line is the summary), `EXAMPLE`, and

    def add(parser: argparse.ArgumentParser) -> None    # its own parser, to add arguments to
    def run(args: argparse.Namespace) -> int            # the exit code

and may have `def before(args) -> None`, called before the settings are read. Modules are
imported before Django is set up, so they import models inside `run`. `args.server` is the
embedded database, or None where DATABASE_URL names another. A command with actions of its
own (`territory import`) gives each a parser with `action`, whose `run` stands for its own.

A `Refused`, a `SettingError` or an `EmbeddedError` that leaves `run` is printed as its sentence,
and the command exits with 2.
"""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from riverain.territory.facts import CollectivityFacts

# Exit codes, beside 0 (docs/commands.md): the command looked and found something wrong, as its
# output says; what was asked is refused; Ctrl-C.
WRONG: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130  # what a shell gives a command that Ctrl-C ended


def describe(parser: argparse.ArgumentParser, *, text: str, example: str) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = text.strip()
    parser.epilog = f"example:\n  {example}"


def count(text: str) -> int:
    """The type of an option that counts something: one at least."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is too few: write 1 or more")
    return number


def action(
    actions: Any,
    name: str,
    *,
    text: str,
    example: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """The parser of one action of a command. `actions` is what
    `parser.add_subparsers(metavar="ACTION", required=True)` returned.
    """
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text.strip().splitlines()[0])
    describe(parser, text=text, example=example)
    parser.set_defaults(run=run)
    return parser


def collectivity(slug: str) -> "CollectivityFacts":
    """The one that an option names. Raises NotFound, with the names of those that there are."""
    from django.utils.translation import gettext as _

    from riverain.core.refusals import NotFound
    from riverain.territory import queries as territory

    found = territory.collectivity_by_slug(slug)
    if found is None:
        known = ", ".join(one.slug for one in territory.collectivities())
        raise NotFound(
            _("Aucune collectivité « %(slug)s ». Il y a : %(known)s.")
            % {"slug": slug, "known": known or "-"},
            field="collectivity",
        )
    return found
