"""Who acted, as the reader may know it."""

from django.utils.translation import gettext as _

from riverain.accounts import labels
from riverain.organisation import queries as organisation
from riverain.organisation.queries import Person
from riverain.reports.timeline import Step
from riverain.web.desk.case import Case

_NOBODY = Person("", "")


class People:
    """Those who acted on a report or have it in charge: agents by their names for agents of the
    town, and for an outside body its own people; anyone else reads the service, or the town.
    At most one query."""

    def __init__(self, case: Case) -> None:
        self._case = case
        actors = (labels.user_id(step.acting) for step in case.story.steps)
        self._found = organisation.people({one for one in (*actors, case.report.agent_id) if one})
        self._holder = case.partner.name if case.partner else ""

    def who(self, step: Step) -> str:
        """Who took a step."""
        if step.acting == "reporter":
            return _("Usager")
        user_id = labels.user_id(step.acting)
        if not user_id:
            return _("Système")
        office, sight = self._office(step), self._case.sight
        person = self._found.get(user_id, _NOBODY)
        name = person.name or office
        if sight.outside:
            return name if person.body and person.body == self._holder else office
        if not sight.names:
            return person.body or office
        return f"{name} ({person.body})" if person.body else name

    @property
    def in_charge(self) -> str:
        """The agent in charge, for those who may know; empty where nobody is."""
        if not self._case.sight.names:
            return ""
        return self._found.get(self._case.report.agent_id or 0, _NOBODY).name

    def _office(self, step: Step) -> str:
        """The service that had the report at this step, else the town."""
        service = organisation.directory().service(step.said.get("service") or 0)
        return service.name if service else self._case.town.name
