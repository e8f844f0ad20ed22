"""The command line: `riverain COMMAND`, and `bin/riverain COMMAND` in a checkout."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from riverain.config.env import SettingError
from riverain.core.refusals import Refused
from riverain.site import commands, environment
from riverain.site.embedded import EmbeddedError

_INTERRUPTED = 130  # what a shell gives a command that Ctrl-C ended


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="riverain",
        description="Receives, routes, handles and answers reports of a town's public space.",
    )
    listed = top.add_subparsers(metavar="COMMAND", required=True)
    for found in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        text = (module.__doc__ or "").strip()
        command = listed.add_parser(found.name, help=text.splitlines()[0])
        commands.describe(command, text=text, example=module.EXAMPLE)
        command.set_defaults(
            run=getattr(module, "run", None), before=getattr(module, "before", None)
        )
        module.add(command)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. 0: done; 1: the command says why not; 2: refused; 130: interrupted."""
    args = parser().parse_args(arguments)
    try:
        if args.before is not None:
            args.before(args)
        with environment.prepared() as args.server:
            code: int = args.run(args)
            return code
    except (Refused, SettingError, EmbeddedError) as refusal:
        sys.stderr.write(f"riverain: {refusal}\n")
        return commands.REFUSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in `riverain … | head`
        sys.stderr.close()
        return 0
