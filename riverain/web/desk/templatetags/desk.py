"""What only the agents' templates use."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from riverain.web.desk import item
from riverain.web.desk.rows import Row

register = template.Library()


@register.simple_tag(takes_context=True)
def items(context: Context, rows: Iterable[Row], *, has_left: bool = False) -> SafeString:
    """The rows of a list, with times as the page's place has them."""
    return item.items(rows, zone=context["place"].timezone, has_left=has_left)
