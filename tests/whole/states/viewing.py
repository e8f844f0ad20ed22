"""A browser that goes to a state, and looks at it in the ways that it is judged in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.whole.acts import sign_in
from tests.whole.states import Look, Stage, State, Story

# In Wazemmes, where the towns of the demo and of Lille's own outlines both have a district.
HERE = {"longitude": 3.04985, "latitude": 50.62463, "accuracy": 12}
HEIGHT = 844
_TOWN = re.compile(r"^/c/[^/]+")
_NO_SUCCESS = (
    *("Failed to load resource", "Failed to fetch dynamically imported module"),
    *("htmx:sendError", "htmx:responseError", "htmx:afterRequest"),
)
# Colours glide from one scheme to the other.
_AT_REST = "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"


class Viewer:
    """Whoever is signed in signs in once; every state has a context of its own. What its page tells
    its console as an error is kept in `told`, and the status that the server answered it with in
    `status`, until the next is opened."""

    def __init__(self, browser: Browser, product: Any, stories: dict[str, Story]) -> None:
        self.browser, self.product, self.stories = browser, product, stories
        self.told: list[str] = []
        self.status = 0
        self._sessions: dict[str, Any] = {}

    @contextmanager
    def opened(self, state: State, look: Look) -> Iterator[Page]:
        """A page that stands in the state, in that look."""
        self.told, self.status = [], 0
        options = {"storage_state": self._session(state.who)} if state.who else {}
        language = "fr-FR" if state.language == "fr" else state.language
        context = self._context(locale=language, **options)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self._tell(str(error)))
        page.on("console", self._note)
        page.on("response", lambda response: self._see(page, response))
        try:
            regard(page, look)
            with nullcontext() if state.script else _no_script(page):
                state.drive(Stage(page, self.product, self.stories))
            yield page
        finally:
            context.close()

    def _session(self, account: str) -> Any:
        if account not in self._sessions:
            context = self._context(locale="fr-FR")
            sign_in(context.new_page(), account)
            self._sessions[account] = context.storage_state()
            context.close()
        return self._sessions[account]

    def _context(self, **options: Any):
        return self.browser.new_context(
            base_url=self.product.url,
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            geolocation=HERE,
            permissions=["geolocation"],
            **options,
        )

    def _note(self, message: Any) -> None:
        # The browser and htmx note each answer that is no success, those that a state is about too.
        if message.type == "error":
            self._tell(message.text)

    def _see(self, page: Page, response: Any) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            self.status = response.status

    def _tell(self, said: str) -> None:
        if not said.startswith(_NO_SUCCESS):
            self.told.append(said)


@contextmanager
def _no_script(page: Page) -> Iterator[None]:
    """No script runs while the page is driven. Those of the page have had their turn then: only
    whoever looks at it runs some, as axe does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield
    page.wait_for_load_state("networkidle")
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})


def regard(page: Page, look: Look) -> None:
    """Looks at the page as it stands in another way."""
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(
        color_scheme="dark" if look.dark else "light",
        forced_colors="active" if look.forced else "none",
        media="print" if look.printed else "screen",
    )
    page.evaluate(_AT_REST)


def shown(page: Page) -> str:
    """The name of the address that the page stands at, empty for one that the product has not."""
    path = _TOWN.sub("", "/" + page.url.split("/", 3)[-1].partition("?")[0].partition("#")[0])
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
