"""The application as a server calls it: raw addresses, headers and bodies, nothing made right by
a client on the way."""

import io
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlencode

import pytest
from django.conf import settings
from django.core import signals
from django.db import close_old_connections, connection
from django.test import Client

TOKEN = "a" * 32
# What would tell a stranger how the product is made.
INSIDES = ("Traceback", 'File "', "psycopg", "django.", "riverain.", 'SELECT "', "DataError")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def leaks(self) -> list[str]:
        """The signs of our insides that a page of refusal or breakdown shows."""
        return [sign for sign in INSIDES if sign in self.text] if self.status >= 400 else []


class Site:
    """Asks the real application, as granian does. `cookie` signs in; `surroundings` is what the
    process's own environment holds."""

    def __init__(self, cookie: str = "") -> None:
        from riverain.site.wsgi import application

        self.application = application
        self.cookie = cookie
        self.surroundings: dict[str, str] = {}

    def ask(self, path, *, method="GET", query="", headers=(), body=b"", content_type=""):
        """`path` and `query` are percent-encoded as on the wire; header values are taken as
        they are."""
        cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {self.cookie}"
        environ = {
            **self.surroundings,
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "HTTP_COOKIE": cookies,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for name, value in dict(headers).items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        said = {}

        def start(status, given, _error=None):
            said.update(status=int(status.split()[0]), headers=dict(given))

        answer = self.application(environ, start)
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        return Answer(content=content, **said)

    def post(self, path, data, *, headers=()):
        """A form, with the token that its page gave."""
        pairs = [("csrfmiddlewaretoken", TOKEN), *data]
        return self.ask(
            path,
            method="POST",
            headers=headers,
            body=urlencode(pairs, errors="surrogatepass").encode(),
            content_type="application/x-www-form-urlencoded",
        )


@pytest.fixture(autouse=True)
def _one_connection():
    """The end of a request must not close the connection of the test's own transaction."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(city):
    """Whoever comes by."""
    return Site()


@pytest.fixture
def site_of(city):
    """The application for a person, by role; `caen_admin` is of another town."""

    def signed_in(role):
        client = Client()
        client.force_login(city.caen_admin if role == "caen_admin" else city.people[role])
        name = settings.SESSION_COOKIE_NAME
        return Site(f"{name}={client.cookies[name].value}")

    return signed_in


@pytest.fixture
def rows():
    """How many rows each table holds that a page has no business to change."""

    def count():
        kept = ("audit_", "reports_", "files_", "accounts_", "organisation_", "notifications_")
        found = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if table == "accounts_session":
                    continue  # each request may say that its session is in use
                if table.startswith((*kept, "procrastinate_jobs", "guard_blocked")):
                    cursor.execute(
                        f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t"
                    )
                    found[table] = cursor.fetchone()
        return found

    return count


def encoded(text: str) -> str:
    """`text` as it stands in an address, whatever it holds."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")
