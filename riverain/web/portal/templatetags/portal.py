"""Small pieces of the residents' pages."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# A French number as people write it, in pairs. Only with its spaces: an address of the web has
# none, so that nothing inside a link is taken for a number.
_NUMBER = re.compile(r"(?<!\d)0[1-9](?:[ \u00a0]\d\d){4}(?!\d)")


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


@register.filter
def calling(words: str) -> SafeString:
    """The words, each telephone number in them made a link that calls it."""
    linked = _NUMBER.sub(lambda found: telephone(found[0]), conditional_escape(words))
    return mark_safe(linked)  # escaped above; only links of ours were added
