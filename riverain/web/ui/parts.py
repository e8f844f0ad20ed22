"""Small pieces of markup made without a template, because a page shows dozens of them and a list
hundreds: each template that is included costs a page 50 to 100 microseconds."""

import html
from datetime import datetime
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from riverain.core.typography import french
from riverain.web.ui import speech
from riverain.web.ui.icons import ICONS
from riverain.web.ui.links import address
from riverain.web.ui.speech import exact, typeset

FALLBACK: Final = "flag"
CHIPS: Final = frozenset({"brand", "late", "soon", "done", "wait", "plain"})
# Keys that are printed otherwise than they are named to the browser.
_PRINTED: Final = {"Control+Enter": "Ctrl ↵"}


def escaped(text: object) -> str:
    """`text` as it may stand in a page, markup of ours as it is: what Django's `conditional_escape`
    answers, which wraps each call for the sake of lazy texts and takes three times as long."""
    return text if isinstance(text, SafeString) else html.escape(str(text))


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
    return _drawn(name if name in ICONS else FALLBACK)


@cache
def _drawn(name: str) -> SafeString:
    return mark_safe(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


def chip(label: object, *, kind: str = "brand", name: str = "") -> SafeString:
    """A word in a coloured pill, with the icon `name` before it. The word carries the meaning."""
    if kind not in CHIPS:
        raise ValueError(f"no chip is of the kind {kind!r}: {', '.join(sorted(CHIPS))}")
    drawn = icon(name) if name else ""
    said = escaped(words(label))
    return mark_safe(f'<span class="chip {kind}">{drawn}{said}</span>')


def button(
    label: object,
    *,
    look: str,
    type_: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    icon_name: str = "",
    key: str = "",
) -> SafeString:
    """A button. `look` is its classes; `key` the letter that presses it, or "Control+Enter" for
    what sends the form that one is typing in."""
    sends = f' name="{escaped(name)}" value="{escaped(value)}"' if name else ""
    of_form = f' form="{escaped(form)}"' if form else ""
    return mark_safe(
        f'<button class="button {escaped(look)}" type="{type_}"{sends}{of_form}{_pressed(key)}>'
        f"{_face(label, icon_name, key)}</button>"
    )


def link_button(
    label: object, *, look: str, href: str, icon_name: str = "", key: str = ""
) -> SafeString:
    """A link with the weight of a button."""
    return mark_safe(
        f'<a class="button {escaped(look)}" href="{escaped(href)}"{_pressed(key)}>'
        f"{_face(label, icon_name, key)}</a>"
    )


def _pressed(key: str) -> str:
    return f' aria-keyshortcuts="{escaped(key)}"' if key else ""


def _face(label: object, icon_name: str, key: str) -> str:
    """What stands on a button: an icon, a word, the letter that presses it."""
    letter = f'<kbd aria-hidden="true">{escaped(_PRINTED.get(key, key))}</kbd>' if key else ""
    said = f"<span>{escaped(words(label))}</span>"
    drawn = icon(icon_name) if icon_name else ""
    # What leads onward points that way: after its word.
    face = said + drawn if icon_name == "next" else drawn + said
    return face + letter


def notice(content: str, *, kind: str, name: str, title: object, live: bool) -> SafeString:
    """A box that must be seen, with the icon `name`."""
    status = ' role="status"' if live else ""
    heading = f"<h2>{escaped(words(title))}</h2>" if title else ""
    return mark_safe(
        f'<div class="notice {kind}"{status}>{icon(name)}'
        f'<div class="notice-body">{heading}{escaped(content)}</div></div>'
    )


def timeline(content: str, *, label: object) -> SafeString:
    return format_html('<ol class="steps" aria-label="{}">{}</ol>', label, content)


def step(content: str, *, title: object, said: str, state: str) -> SafeString:
    """A line of a timeline; `said` is when it was."""
    current = ' aria-current="step"' if state == "now" else ""
    moment = f' <span class="step-when">{escaped(said)}</span>' if said else ""
    body = f'<div class="step-body">{escaped(content)}</div>' if content else ""
    return mark_safe(
        f'<li class="step {state}"{current}><div><span class="step-title">{escaped(words(title))}'
        f"</span>{moment}</div>{body}</li>"
    )


_CREST: Final = (
    '<svg class="crest" viewBox="0 0 36 42" aria-hidden="true" focusable="false">'
    '<path d="M3 3q15 3 30 0v20q0 11-15 17Q3 34 3 23z"/><path class="river" d="M8 29.5q2.5-2 5 0t5'
    ' 0 5 0 5 0M11.5 33q2.2-1.6 4.3 0t4.3 0 4.3 0"/><text x="18" y="23">{}</text></svg>'
)


def crest(name: str) -> SafeString:
    """The first letter of `name` on a shield."""
    return format_html(_CREST, name[:1].upper())


def time_element(at: datetime, said: str, zone: str) -> SafeString:
    """`said` as a <time>, the exact instant on hover and in the attribute that machines read."""
    title, words_ = escaped(exact(at, zone)), escaped(said)
    return mark_safe(f'<time datetime="{at.isoformat()}" title="{title}">{words_}</time>')


def deadline(due: datetime, *, now: datetime, zone: str) -> SafeString:
    """A chip « encore 3 h », « en retard de 20 min », coloured by its urgency."""
    said = time_element(due, speech.deadline(due, now=now), zone)
    return chip(said, kind=speech.urgency(due, now=now), name="clock")


_LANGUAGES: Final = (
    '<form class="language" method="post" action="{}">'
    '<input type="hidden" name="next" value="{}">{}</form>'
)


def language_form(next_: str) -> SafeString:
    """The languages of the pages, by their own names: the active one, and a button for others."""
    active = get_language()
    choices = mark_safe(
        "".join(_language(code, is_here=code == active) for code, _name in settings.LANGUAGES)
    )
    return format_html(_LANGUAGES, address("set_language"), next_, choices)


@cache
def _language(code: str, *, is_here: bool) -> SafeString:
    drawn = (
        '<span aria-current="true" lang="{0}">{1}</span>'
        if is_here
        else '<button name="language" value="{0}" lang="{0}">{1}</button>'
    )
    return format_html(drawn, code, capfirst(get_language_info(code)["name_local"]))


def wrapped(kind: str, content: str) -> SafeString:
    return format_html('<dl class="{}">{}</dl>', kind, content)


def fact(term: str, content: str) -> SafeString:
    return format_html("<dt>{}</dt><dd>{}</dd>", words(term), content)


def photo_pair(content: str) -> SafeString:
    return format_html('<div class="photos pair">{}</div>', content)
