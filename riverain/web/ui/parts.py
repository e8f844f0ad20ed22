"""Small pieces of markup made without a template, because a list shows hundreds of them."""

from datetime import datetime
from typing import Final

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from riverain.web.ui import speech
from riverain.web.ui.icons import ICONS
from riverain.web.ui.speech import exact, french, typeset

FALLBACK: Final = "flag"
CHIPS: Final = frozenset({"brand", "late", "soon", "done", "wait", "plain"})


def words(text: object) -> str:
    """`text` as it is written in the page; markup of ours is left as it is."""
    return text if isinstance(text, SafeString) else typeset(str(text))


def town(text: object) -> str:
    """Words that the town administers (catalogue, services), which are French: marked as such on
    a page in another language, so that a screen reader says them rightly (RGAA 8.7)."""
    said = words(text)
    if not said or isinstance(said, SafeString) or (get_language() or "fr").startswith("fr"):
        return said
    return format_html('<span lang="fr">{}</span>', french(said))


def icon(name: str) -> SafeString:
    """An icon of the house, hidden from screen readers: a word always stands beside it.

    A name that the catalogue gives and the house does not have draws the flag.
    """
    return mark_safe(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{ICONS.get(name, ICONS[FALLBACK])}</svg>"
    )


def chip(label: object, *, kind: str = "brand", name: str = "") -> SafeString:
    """A word in a coloured pill, with the icon `name` before it. The word carries the meaning."""
    if kind not in CHIPS:
        raise ValueError(f"no chip is of the kind {kind!r}: {', '.join(sorted(CHIPS))}")
    drawn = icon(name) if name else ""
    said = conditional_escape(words(label))
    return mark_safe(f'<span class="chip {kind}">{drawn}{said}</span>')


def time_element(at: datetime, said: str, zone: str) -> SafeString:
    """`said` as a <time>, the exact instant on hover and in the attribute that machines read."""
    title, words_ = conditional_escape(exact(at, zone)), conditional_escape(said)
    return mark_safe(f'<time datetime="{at.isoformat()}" title="{title}">{words_}</time>')


def deadline(due: datetime, *, now: datetime, zone: str) -> SafeString:
    """A chip « encore 3 h », « en retard de 20 min », coloured by its urgency."""
    said = time_element(due, speech.deadline(due, now=now), zone)
    return chip(said, kind=speech.urgency(due, now=now), name="clock")


def wrapped(kind: str, content: str) -> SafeString:
    return format_html('<dl class="{}">{}</dl>', kind, content)


def fact(term: str, content: str) -> SafeString:
    return format_html("<dt>{}</dt><dd>{}</dd>", words(term), content)


def photo_pair(content: str) -> SafeString:
    return format_html('<div class="photos pair">{}</div>', content)
