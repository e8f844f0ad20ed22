"""`riverain`, and `python -m riverain.site` in checkouts where nothing is installed."""

import sys

from riverain.site import commands


def run() -> int:
    """The command line, loaded here: Ctrl-C is quiet from the first instant."""
    try:
        from riverain.site.cli import main

        return main()
    except KeyboardInterrupt:
        return commands.INTERRUPTED


if __name__ == "__main__":
    sys.exit(run())
