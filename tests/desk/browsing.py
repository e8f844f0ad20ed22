"""The desk as a running server, and agents' browsers on it."""

from django.test import Client

from riverain.files.actions import store_picture
from riverain.reports import actions, messages
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from tests import town
from tests.browser import screen


class Desk:
    """A running server with a town, a report that has a story, and agents' browsers."""

    def __init__(self, browser, url):
        self.browser, self.url = browser, url
        self.city = town.build()
        picture = store_picture(
            acting="reporter", content=town.photo(size=(900, 600)), name="a.jpg"
        )
        self.report = town.report(
            self.city,
            type_code="depot",
            at=town.CENTRE,
            answers={"nature": ["autre"], "quoi": ["Un matelas"]},
            name="Camille Martin",
            email="camille@exemple.fr",
            pictures=(picture.id,),
        )
        coordinator = self.city.member("coordinator")
        actions.move(
            acting=coordinator,
            report_id=self.report.pk,
            to=Status.IN_PROGRESS,
            given=Given(note="Passer par le concierge."),
        )
        messages.write_to_service(
            acting=Reporter(self.report.pk), report_id=self.report.pk, text="Toujours là."
        )
        town.report(self.city, type_code="seringues")
        town.report(self.city, at=None)
        self.told = []

    def page(self, role, *, width=1280, dark=False, **options):
        """A page of a signed-in agent's browser; errors of its console are kept."""
        client = Client()
        client.force_login(self.city.people[role])
        context = self.browser.new_context(
            base_url=self.url,
            reduced_motion="reduce",
            **screen(width, dark=dark),
            **options,
        )
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on(
            "console",
            lambda message: self.told.append(message.text) if message.type == "error" else None,
        )
        return page
