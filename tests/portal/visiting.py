"""A running town and its visitors' browsers, for the tests of pages in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

from tests import town
from tests.browser import screen
from tests.serving import served


class Town:
    """Errors that the visitors' consoles tell are kept in `told`; `away` makes it answer 503 to
    whatever is sent, as when the database does not answer."""

    def __init__(self, browser, pages):
        self.browser, self.city, self.told, self.away = browser, town.build(), [], False
        self.url, self._pages = "", pages

    def answer(self, environ, start_response):
        if self.away and environ["REQUEST_METHOD"] == "POST":
            start_response("503 Service Unavailable", [("Content-Type", "text/html")])
            return [b"<h1>Une pause.</h1>"]
        return self._pages(environ, start_response)

    def context(self, *, width=390, dark=False, **options):
        return self.browser.new_context(
            base_url=self.url,
            reduced_motion="reduce",
            **screen(width, dark=dark),
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


@contextmanager
def running(browser, *, static: bool = True) -> Iterator[Town]:
    """A town on loopback; without `static`, its style sheets and scripts as they were gathered."""
    pages = get_wsgi_application()
    made = Town(browser, StaticFilesHandler(pages) if static else pages)
    with served(made.answer) as made.url:
        yield made
