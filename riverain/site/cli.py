"""The command line: `riverain COMMAND`, and `bin/riverain COMMAND` in a checkout."""

import argparse
import errno
import importlib
import pkgutil
import shutil
import sys
from collections.abc import Sequence

from riverain.config.env import SettingError
from riverain.core.refusals import Refused
from riverain.site import commands, environment
from riverain.site.embedded import EmbeddedError, Server

_LITTLE = 32_000_000  # bytes: PostgreSQL takes 16 MB at once
_AROUND_US = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR}


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
    args.server = None
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
        return commands.INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in `riverain … | head`
        sys.stderr.close()
        return 0
    except Exception as error:
        if not (sentence := _of_this_machine(error, args.server)):
            raise
        sys.stderr.write(f"riverain: {sentence}\n")
        return commands.REFUSED


def _of_this_machine(error: Exception, server: Server | None) -> str:
    """The sentence for what is wrong around us: the disk, the rights of a folder, the database.
    Empty for a fault of ours, whose trace is wanted.
    """
    if isinstance(error, OSError) and error.errno in _AROUND_US:
        where = f"{error.filename} cannot be written or read" if error.filename else "It failed"
        return f"{where} ({error.strerror}). What it keeps is under {environment.home()}."
    if "django.db" not in sys.modules:
        return ""
    from riverain.site import database

    home = environment.home()
    sentence = database.trouble(error, f"under {home}" if server else "of DATABASE_URL")
    if sentence and server and shutil.disk_usage(home).free < _LITTLE:
        return f"The disk of {home} is full: make room, or set RIVERAIN_HOME to another one."
    return sentence
