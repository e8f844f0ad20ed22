"""`python -m riverain.site`: the command line, for checkouts where nothing is installed."""

import sys

from riverain.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
