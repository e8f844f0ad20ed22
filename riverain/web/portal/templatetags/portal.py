"""Small pieces of the residents' pages."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def dial(number: str) -> str:
    """The address that calls a number: « 03 20 00 00 01 » becomes `tel:0320000001`."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


@register.simple_tag
def telephone(number: str) -> SafeString:
    """A number that calls itself, never cut at the end of a line."""
    return format_html(
        '<a class="num" href="{}">{}</a>', dial(number), number.replace(" ", "\u00a0")
    )
