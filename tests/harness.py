"""Where the tests run: the server, the database and the folders, set before Django is imported.

The server is the one named by RIVERAIN_TEST_SERVER (a superuser's URL) or by the file
var/test-server, else an embedded one is started for the run.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(tempfile.mkdtemp(prefix="riverain-test-"))
HOME.chmod(0o711)  # as root the embedded server is another user, who passes through
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SUFFIX = os.environ.get("RIVERAIN_TEST_SUFFIX", "")
OWNER, APPLICATION = "riverain_test_owner", "riverain_test_app"
DATABASE = f"test_riverain_{SUFFIX}_{WORKER}".replace("__", "_")


def _server() -> str:
    named = os.environ.get("RIVERAIN_TEST_SERVER")
    noted = ROOT / "var" / "test-server"
    if named is None and noted.exists():
        named = noted.read_text().strip()
    if named is None:
        from riverain.site.embedded import Server

        server = Server(HOME / "pg")
        server.start()
        atexit.register(server.remove)
        named = server.superuser_url()
        # The workers of one run share the server of its controller.
        os.environ["RIVERAIN_TEST_SERVER"] = named
    return named


def role_url(user: str, database: str) -> str:
    """The same server, another role and database."""
    parts = urlsplit(SERVER)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:test@{host}", path=f"/{database}"))


SERVER = _server()
os.environ.update(
    RIVERAIN_HOME=str(HOME),
    RIVERAIN_SECRET_KEY=secrets.token_hex(32),
    RIVERAIN_SEAL_KEY=secrets.token_hex(32),
    RIVERAIN_GEOCODER_URL="off",
    DATABASE_URL=role_url(APPLICATION, DATABASE),
    DATABASE_OWNER_URL=role_url(OWNER, DATABASE),
    # No test asks anything beyond this machine.
    RIVERAIN_TILES_URL="off",
    DJANGO_SETTINGS_MODULE="riverain.config.settings",
)
