"""What only the agents' templates use."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from riverain.web.desk import drawn, item
from riverain.web.desk.frame import Groups
from riverain.web.desk.rows import Row, street
from riverain.web.desk.step import Step
from riverain.web.desk.story_lines import Line

register = template.Library()
register.filter("street", street)
register.filter("grouped", drawn.grouped)


@register.filter
def breaking(address: str) -> SafeString:
    """An e-mail address that may go on in a new line before its host, rather than anywhere."""
    return mark_safe(conditional_escape(address).replace("@", "<wbr>@"))


@register.simple_tag
def views(groups: Groups) -> SafeString:
    """The rail's headings, each with its views and what they hold."""
    return drawn.views(groups)


@register.simple_tag(takes_context=True)
def items(context: Context, rows: Iterable[Row], *, has_left: bool = False) -> SafeString:
    """The rows of a list, with times as the page's place has them."""
    return item.items(rows, zone=context["place"].timezone, has_left=has_left)


@register.simple_tag(takes_context=True)
def act(context: Context, step: Step, *, kind: str = "quiet") -> SafeString:
    """A step of the page's report as its button."""
    return drawn.act(
        step,
        context["report"],
        kind=kind,
        carried=context["carried"],
        token=context["csrf_token"],
    )


@register.simple_tag(takes_context=True)
def story(context: Context, lines: Iterable[Line]) -> SafeString:
    """The steps that were taken, with times as the page's place has them."""
    return drawn.story(lines, zone=context["place"].timezone)
