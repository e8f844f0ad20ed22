"""Who acted, as the reader may know it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from riverain.accounts.models import User
from riverain.organisation import queries as organisation
from riverain.reports.timeline import Step
from riverain.web.desk.case import Case

_AGENT = "agent:"


def who_of(case: Case) -> Callable[[Step], str]:
    """Says who took a step: agents by their names for agents of the town, and for an outside body
    its own people; anyone else reads the service, or the town. At most one query."""
    ids = {_id_of(step.acting) for step in case.story.steps if step.acting.startswith(_AGENT)}
    named, bodies = _people(ids) if ids else ({}, {})

    def who(step: Step) -> str:
        if step.acting == "reporter":
            return _("Usager")
        if not step.acting.startswith(_AGENT):
            return _("Système")
        user_id = _id_of(step.acting)
        body = bodies.get(user_id, "")
        ours = body == _holder(case)
        if case.sight.outside:
            return named.get(user_id, body) if body and ours else _office(case, step)
        if not case.sight.names:
            return body or _office(case, step)
        name = named.get(user_id, _office(case, step))
        return f"{name} ({body})" if body else name

    return who


def agent_name(case: Case) -> str:
    """The agent in charge, for those who may know; empty where nobody is."""
    if case.report.agent_id is None or not case.sight.names:
        return ""
    found = User.objects.filter(pk=case.report.agent_id).values_list("name", flat=True)
    return found.first() or ""


def _office(case: Case, step: Step) -> str:
    """The service that had the report at this step, else the town."""
    directory = organisation.directory()
    service = directory.service(step.said.get("service") or 0)
    return service.name if service else case.town.name


def _holder(case: Case) -> str:
    partner = organisation.directory().partner(case.report.partner_id or 0)
    return partner.name if partner else ""


def _people(ids: set[int]) -> tuple[dict[int, str], dict[int, str]]:
    """The names of these people, and the outside body of each who works for one."""
    rows = User.objects.filter(pk__in=ids).order_by("memberships__id")
    named: dict[int, str] = {}
    bodies: dict[int, str] = {}
    for pk, name, body in rows.values_list("pk", "name", "memberships__partner__name"):
        named[pk] = name
        if body:
            bodies[pk] = body
    return named, bodies


def _id_of(label: str) -> int:
    return int(label.removeprefix(_AGENT))
