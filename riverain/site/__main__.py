"""`riverain`, and `python -m riverain.site` in checkouts where nothing is installed."""

import sys

_INTERRUPTED = 130  # what a shell gives a command that Ctrl-C ended


def run() -> int:
    """The command line, loaded here: Ctrl-C is quiet from the first instant."""
    try:
        from riverain.site.cli import main

        return main()
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(run())
