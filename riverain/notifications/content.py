"""What a mail says: the answer first, then the facts, then one button."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from riverain.catalogue.facts import Nature
from riverain.core import clock
from riverain.core.typography import french
from riverain.notifications import links, look
from riverain.notifications.look import Look
from riverain.notifications.models import Notice, Recipient
from riverain.organisation import queries as organisation
from riverain.organisation.facts import ServiceFacts
from riverain.reports import states, wording
from riverain.reports.answers import Answer, Dated, answer
from riverain.reports.lifecycle import Reason, Status
from riverain.reports.models import Report
from riverain.reports.timeline import Step, Story, story
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts

# A subject that a telephone shows whole, or nearly.
LONGEST_SUBJECT = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One step: when, and the sentence."""

    at: str
    sentence: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """All that the templates show. `more` are the links after the button; `stop` ends the mails
    of this report, and is empty for what goes to a service."""

    to: str
    language: str
    sender: str
    subject: str
    title: str
    detail: str = ""
    lead: str
    lines: tuple[Line, ...] = ()
    code: str = ""
    facts: tuple[tuple[str, str], ...]
    button: Link
    more: tuple[Link, ...] = ()
    why: str
    stop: str = ""
    town: tuple[str, ...]
    look: Look = field(repr=False)

    @property
    def preheader(self) -> str:
        """What lists of mails show beside the subject: it goes on where the subject ends."""
        return _one_line(self.detail or self.lead)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What every mail about a report is made from."""

    report: Report
    town: CollectivityFacts
    service: ServiceFacts
    whole: Story

    @property
    def times(self) -> Dated:
        return Dated(self.town.timezone)

    @property
    def page(self) -> str:
        return links.tracking(self.town, self.report)


def of(notice: Notice) -> Mail | None:
    """The mail of a notice; None when there is no one to write to any more."""
    report = notice.report
    town = territory.collectivity(report.collectivity_id)
    service = organisation.directory().service(report.service_id)
    if town is None or service is None:
        return None
    whole = story(report.pk, contacts=True, notes=False)
    about = _Subject(report, town, service, whole)
    if notice.recipient == Recipient.SERVICE:
        return _praise(about) if service.email else None
    wanted = set(notice.steps.values_list("entry_id", flat=True))
    steps = tuple(step for step in whole.steps if step.id in wanted)
    email = whole.contact.get("email", "")
    if not email or not steps:
        return None
    with translation.override(whole.language):
        return _receipt(about, email, steps[0]) if notice.is_receipt else _news(about, email, steps)


def _receipt(about: _Subject, email: str, step: Step) -> Mail:
    """The acknowledgement that the law asks for: date, service, address, telephone, e-mail
    (CRPA L112-11, R112-11-1), and the deadline that the town commits to. For an address that was
    left afterwards, it starts with where the report stands."""
    report = about.report
    if step.kind == "report.submitted":
        said = states.answered(step, about.town, about.times)
    else:
        said = answer(states.known_to_reporter(report, about.whole), about.times)
    is_report = report.nature == Nature.REPORT
    # Agents answer a suggestion in time too, but nobody is promised it, as on the page.
    due = step.said.get("due_at") if is_report else None
    facts = [
        (_("Numéro"), report.number),
        (_("Reçu le"), _when(report.received_at, about.town)),
        (_("Ce que vous signalez") if is_report else _("Objet"), french(report.type.name)),
        *([(_("Où"), report.address)] if report.address else []),
        (_("Qui s’en occupe"), french(about.service.name)),
        *_contact(about.service),
    ]
    if due:
        promised = _when(datetime.fromisoformat(due), about.town)
        facts.append((_("Nous nous engageons à agir avant le"), promised))
    return _mail(
        about,
        email,
        said,
        lead=_("Gardez ce mail : le code de suivi est la clé de votre demande."),
        code=report.tracking_code,
        facts=tuple(facts),
        button=Link(_("Suivre ma demande"), about.page),
    )


def _news(about: _Subject, email: str, steps: tuple[Step, ...]) -> Mail:
    """What happened since the last mail; the last of it is the answer."""
    report, last = about.report, steps[-1]
    said = states.answered(last, about.town, about.times)
    lines = tuple(
        Line(
            at=about.times.at(step.at),
            sentence=states.happened(step)
            if step.kind == "report.moved"
            else states.sentence(step, about.town),
            text="" if step is last else states.words(step),
        )
        for step in steps
    )
    lead = _("Au sujet de votre demande « %(type)s » du %(day)s.")
    return _mail(
        about,
        email,
        said,
        lead=lead
        % {"type": french(report.type.name), "day": _when(report.received_at, about.town)},
        lines=lines if len(lines) > 1 else (),
        facts=(
            (_("Votre code de suivi"), report.tracking_code),
            (_("Numéro"), report.number),
            (_("Qui s’en occupe"), french(about.service.name)),
            *_contact(about.service),
        ),
        button=_button(about, last),
        more=_more(about, last),
    )


def _button(about: _Subject, last: Step) -> Link:
    asks = last.kind == "report.message" or last.said.get("reason") == Reason.REPORTER
    if asks:
        return Link(_("Répondre au service"), f"{about.page}#repondre")
    return Link(_("Voir ma demande"), about.page)


def _more(about: _Subject, last: Step) -> tuple[Link, ...]:
    """Where the page can be entered at once. Photos stay on the page: a mail lies about for
    years, and a picture that is erased must be gone."""
    to = last.said.get("to")
    found = []
    if to == Status.DONE and last.said.get("pictures"):
        label = _("Voir la photo prise après l’intervention")
        found.append(Link(label, f"{about.page}#photos"))
    if to in {Status.DONE, Status.CLOSED_TRANSFERRED}:
        label = _("Ce n’est pas réglé ? Dites-le en deux gestes")
        found.append(Link(label, f"{about.page}/pas-regle"))
    if to == Status.REJECTED:
        label = _("Vous n’êtes pas d’accord ? Contestez cette réponse")
        found.append(Link(label, f"{about.page}/pas-regle"))
    return tuple(found)


def _mail(
    about: _Subject,
    email: str,
    said: Answer,
    *,
    lead: str,
    facts: tuple[tuple[str, str], ...],
    button: Link,
    lines: tuple[Line, ...] = (),
    code: str = "",
    more: tuple[Link, ...] = (),
) -> Mail:
    why = _(
        "Vous recevez ce mail parce que vous avez laissé votre adresse avec cette demande. Pour"
        " écrire au service, passez par la page de suivi : personne ne lit les réponses envoyées"
        " à cette adresse."
    )
    return Mail(
        to=email,
        language=about.whole.language,
        sender=about.town.name,
        subject=_subject(said.title, about.report),
        title=said.title,
        detail=said.detail,
        lead=lead,
        lines=lines,
        code=code,
        facts=facts,
        button=button,
        more=more,
        why=why,
        stop=f"{about.page}/mails/fin",
        town=_signed(about.town),
        look=look.of(about.town),
    )


def _praise(about: _Subject) -> Mail:
    report, town = about.report, about.town
    with translation.override("fr"):
        title = _("Quelqu’un félicite l’équipe.")
        return Mail(
            to=about.service.email,
            language="fr",
            sender=town.name,
            subject=_subject(title, report),
            title=title,
            detail=about.whole.description,
            lead=_("À partager avec celles et ceux qui ont fait le travail."),
            facts=((_("Numéro"), report.number), (_("Reçu le"), _when(report.received_at, town))),
            button=Link(_("Voir la demande"), links.at_the_desk(town, report)),
            why=_("Ce mail est envoyé à %(service)s, à qui ces félicitations sont destinées.")
            % {"service": french(about.service.name)},
            town=_signed(town),
            look=look.of(town),
        )


def _subject(title: str, report: Report) -> str:
    """The answer. The number at its end keeps two requests of one person apart where mail
    programs gather what has the same subject."""
    first = _one_line(title)
    if len(first) > LONGEST_SUBJECT:
        # Not on a word that only leads to the next: « avant lundi à… ».
        first = re.sub(r"(?: \w{1,3})+$", "", first[: LONGEST_SUBJECT - 1].rsplit(" ", 1)[0]) + "…"
    return f"{first} ({report.number})"


def _one_line(text: str) -> str:
    """Without line ends; the blanks that hold words together stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _contact(service: ServiceFacts) -> list[tuple[str, str]]:
    known = [
        (_("Adresse"), french(service.address)),
        (_("Téléphone"), service.phone),
        (_("E-mail"), service.email),
    ]
    return [(name, value) for name, value in known if value]


def _signed(town: CollectivityFacts) -> tuple[str, ...]:
    """The town's name and how to reach it, a line each."""
    known = (town.contact_name or town.name, town.contact_address, town.contact_phone)
    return tuple(french(one) for one in known if one)


def _when(instant: datetime, town: CollectivityFacts) -> str:
    local = clock.local(instant, town.timezone)
    return _("%(day)s à %(time)s") % {
        "day": wording.dated(local),
        "time": wording.time_of(local),
    }
