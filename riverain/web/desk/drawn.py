"""What a page has by the dozen, made without a template: the views in the rail, the steps of a
report that can be taken, and those that were. A report lives through twenty of them, and each took
a template ten times as long. All that stands in braces is escaped here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.html import conditional_escape as escaped
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from riverain.core import clock
from riverain.reports.models import Report
from riverain.web.desk.frame import Groups, Link
from riverain.web.desk.step import Step
from riverain.web.desk.story_lines import Line
from riverain.web.ui import parts, speech
from riverain.web.ui.links import address

_DIRECT: Final = (
    '<form method="post" action="{}" data-once>'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="seq" value="{}">{}</form>'
)


def views(groups: Groups) -> SafeString:
    """The rail's headings, each with its views."""
    said = "".join(
        f"<h2>{escaped(title)}</h2><ul>{''.join(map(_view, links))}</ul>" for title, links in groups
    )
    return mark_safe(f'<div class="views" id="views">{said}</div>')


def _view(link: Link) -> str:
    here = ' aria-current="page"' if link.is_here else ""
    held = ""
    if link.count is not None:
        look = "num late" if link.is_late else "num" if link.count else "num none"
        held = f' <span class="{look}">{grouped(link.count)}</span>'
    return (
        f'<li><a class="rail-link" href="{escaped(link.href)}"{here}>'
        f"<span>{escaped(link.name)}</span>{held}</a></li>"
    )


def grouped(count: int) -> str:
    """« 2 394 » in French, “2,394” in English."""
    said = f"{count:,}"
    return said.replace(",", "\xa0") if (get_language() or "").startswith("fr") else said


def act(step: Step, report: Report, *, kind: str, carried: str, token: object) -> SafeString:
    """The button that takes a step, or that opens its form. `carried` is the list beside the
    report, `token` the page's against forged forms."""
    there = address("desk:step", report.number, step.code) + carried
    look = f"{kind} slim"
    if step.direct:
        button = parts.button(step.label, look=look, key=step.key)
        return format_html(_DIRECT, there, token, report.seq, button)
    return parts.link_button(step.label, look=look, href=there, key=step.key)


def story(lines: Iterable[Line], *, zone: str) -> SafeString:
    """What happened, first to last."""
    now, said = clock.now(), {"note": escaped(_("Note des agents :"))}
    steps = mark_safe("".join(_line(line, said["note"], now, zone) for line in lines))
    return parts.timeline(steps, label=_("Étapes"))


def _line(line: Line, note: str, now: datetime, zone: str) -> SafeString:
    told = [f'<p class="small">{escaped(line.who)}</p>']
    if line.text:
        told.append(f'<blockquote class="said-by" dir="auto">{escaped(line.text)}</blockquote>')
    if line.note:
        told.append(f'<p class="note"><b>{note}</b> {escaped(line.note)}</p>')
    if line.mail:
        told.append(f"<p>{parts.chip(line.mail.words, kind=line.mail.kind, name='mail')}</p>")
    said = capfirst(speech.moment(line.at, now=now, zone=zone))
    return parts.step(
        mark_safe("".join(told)),
        title=line.title,
        said=parts.time_element(line.at, said, zone),
        state="now" if line.is_last else "done",
    )
