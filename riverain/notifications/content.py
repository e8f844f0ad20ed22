"""What a mail says: the answer first, then the facts, then one link."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from riverain.core import clock
from riverain.notifications import links
from riverain.notifications.models import Notice, Recipient
from riverain.organisation import queries as organisation
from riverain.organisation.facts import ServiceFacts
from riverain.reports import states
from riverain.reports.models import Report
from riverain.reports.timeline import Step, Story, story
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts


@dataclass(frozen=True, slots=True)
class Line:
    """One step: when, and the sentence."""

    at: str
    sentence: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """All that the templates show."""

    to: str
    language: str
    sender: str
    subject: str
    title: str
    lead: str
    lines: tuple[Line, ...]
    facts: tuple[tuple[str, str], ...]
    button: str
    link: str
    closing: str


def of(notice: Notice) -> Mail | None:
    """The mail of a notice; None when there is no one to write to any more."""
    report = notice.report
    town = territory.collectivity(report.collectivity_id)
    service = organisation.directory().service(report.service_id)
    if town is None or service is None:
        return None
    whole = story(report.pk, contacts=True, notes=False)
    wanted = set(notice.steps.values_list("entry_id", flat=True))
    steps = tuple(step for step in whole.steps if step.id in wanted)
    if notice.recipient == Recipient.SERVICE:
        return _praise(report, town, service, whole) if service.email else None
    email = whole.contact.get("email", "")
    if not email or not steps:
        return None
    with translation.override(whole.language):
        if notice.is_receipt:
            return _receipt(report, town, service, email, whole)
        return _progress(report, town, service, email, whole, steps)


def _receipt(
    report: Report, town: CollectivityFacts, service: ServiceFacts, email: str, whole: Story
) -> Mail:
    """The acknowledgement that the law asks for: date, service, address, telephone, e-mail
    (CRPA L112-11, R112-11-1), and the deadline that the town commits to."""
    facts = [
        (_("Votre code de suivi"), report.tracking_code),
        (_("Numéro"), report.number),
        (_("Reçu le"), _when(report.received_at, town)),
        (_("Ce que vous signalez"), report.type.name),
        *([(_("Où"), report.address)] if report.address else []),
        (_("Qui s’en occupe"), service.name),
        *_contact(service),
    ]
    if report.due_at:
        facts.append((_("Nous nous engageons à agir avant le"), _when(report.due_at, town)))
    return Mail(
        to=email,
        language=whole.language,
        sender=town.name,
        subject=_("Reçu : %(type)s (%(number)s)")
        % {"type": report.type.name, "number": report.number},
        title=_("Votre demande est bien reçue."),
        lead=_("%(service)s s’en occupe. Nous vous écrirons à chaque étape.")
        % {"service": service.name},
        lines=(),
        facts=tuple(facts),
        button=_("Suivre ma demande"),
        link=links.tracking(town, report),
        closing=_(
            "Gardez ce mail : le code de suivi est la clé de votre demande. Il n’est pas possible"
            " de répondre à cette adresse ; pour écrire au service, ouvrez la page de suivi."
        ),
    )


def _progress(  # noqa: PLR0917 - what a mail about steps is made from
    report: Report,
    town: CollectivityFacts,
    service: ServiceFacts,
    email: str,
    whole: Story,
    steps: tuple[Step, ...],
) -> Mail:
    lines = tuple(
        Line(
            at=_when(step.at, town),
            sentence=states.sentence(step, town),
            text=step.words.get("text", "") if states.shows_text(step) else "",
        )
        for step in steps
    )
    last = lines[-1].sentence
    return Mail(
        to=email,
        language=whole.language,
        sender=town.name,
        subject=_("%(sentence)s (%(number)s)")
        % {"sentence": _short(last), "number": report.number},
        title=last,
        lead=_("Au sujet de votre demande « %(type)s » du %(day)s.")
        % {"type": report.type.name, "day": _when(report.received_at, town)},
        lines=lines if len(lines) > 1 or lines[0].text else (),
        facts=(
            (_("Numéro"), report.number),
            (_("Qui s’en occupe"), service.name),
            *_contact(service),
        ),
        button=_("Voir ma demande"),
        link=links.tracking(town, report),
        closing=_(
            "Ce n’est pas réglé, ou vous voulez préciser quelque chose ? Dites-le sur la page de"
            " suivi : il n’est pas possible de répondre à cette adresse."
        ),
    )


def _praise(report: Report, town: CollectivityFacts, service: ServiceFacts, whole: Story) -> Mail:
    with translation.override("fr"):
        return Mail(
            to=service.email,
            language="fr",
            sender=town.name,
            subject=_("Des félicitations pour l’équipe (%(number)s)") % {"number": report.number},
            title=_("Quelqu’un félicite l’équipe."),
            lead=whole.description,
            lines=(),
            facts=((_("Numéro"), report.number), (_("Reçu le"), _when(report.received_at, town))),
            button=_("Voir la demande"),
            link=f"{links.portal(town)}/agents/signalements/{report.number}",
            closing=_("À partager avec celles et ceux qui ont fait le travail."),
        )


def _contact(service: ServiceFacts) -> list[tuple[str, str]]:
    known = [
        (_("Adresse"), service.address),
        (_("Téléphone"), service.phone),
        (_("E-mail"), service.email),
    ]
    return [(name, value) for name, value in known if value]


def _when(instant: datetime, town: CollectivityFacts) -> str:
    local = clock.local(instant, town.timezone)
    if local.day == 1:
        day = date_format(local, pgettext("first, with its year", "1\\e\\r\u00a0F Y"))
    else:
        day = date_format(local, "j\u00a0F Y")
    return _("%(day)s à %(hour)s h %(minute)s") % {
        "day": day,
        "hour": local.hour,
        "minute": f"{local.minute:02d}",
    }


def _short(sentence: str) -> str:
    """A subject that a phone shows whole."""
    first = " ".join(sentence.split())
    return first if len(first) <= 90 else first[:88].rstrip() + "…"  # noqa: PLR2004 - the same
