"""A running town and its visitors' browsers, for the tests of pages in a real browser."""

import threading

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from tests import town
from tests.browser import AXE

_VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' | ')}`)"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Town:
    """A server on loopback. Errors that the visitors' consoles tell are kept in `told`; `away`
    makes it answer 503 to whatever is sent, as when the database does not answer."""

    def __init__(self, browser):
        self.browser, self.city, self.told, self.away = browser, town.build(), [], False
        self.server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        self.server.daemon_threads = True
        self.pages = StaticFilesHandler(get_wsgi_application())
        self.server.set_app(self._answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _answer(self, environ, start_response):
        if self.away and environ["REQUEST_METHOD"] == "POST":
            start_response("503 Service Unavailable", [("Content-Type", "text/html")])
            return [b"<h1>Une pause.</h1>"]
        return self.pages(environ, start_response)

    def context(self, *, width=390, dark=False, **options):
        return self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            reduced_motion="reduce",
            **options,
        )

    def visitor(self, *, context=None, **options):
        page = (context or self.context(**options)).new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("console", self._told)
        return page

    def _told(self, message):
        # The browser notes each answer that is no success, those that a page expects too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.told.append(message.text)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def violations(page):
    """What axe-core finds on the page as it stands, by rule."""
    page.evaluate(AXE.read_text())
    return page.evaluate(_VIOLATIONS)
