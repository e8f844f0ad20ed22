"""The components. Props are declared and named: a wrong or missing one is a template error.

`docs/ui.md` shows each of them in use, `/ui/` draws them in every state. Those of forms are in
`form_tags`; both are loaded by `{% load ui %}`.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

from riverain.core.clock import now
from riverain.web.ui import form_tags, importmap, links, parts, sheets, speech

register = template.Library()
register.tags |= form_tags.register.tags

_BUTTONS = frozenset({"main", "quiet", "danger", "plain"})
_SIZES = frozenset({"normal", "slim", "tall"})
_NOTICES = {"info": "info", "done": "check", "warn": "alert", "danger": "alert"}
_STEPS = frozenset({"done", "now", "next"})


def _one_of(value: str, names: Any, prop: str) -> str:
    if value not in names:
        raise template.TemplateSyntaxError(
            f"{prop}={value!r}: it is one of {', '.join(sorted(names))}"
        )
    return value


def _render(context: Context, part: str, props: dict[str, Any]) -> SafeString:
    """Renders a block component: only its props are seen inside, as with an inclusion tag."""
    engine = context.template.engine  # type: ignore[union-attr]
    return engine.get_template(f"ui/parts/{part}.html").render(context.new(props))


# words


@register.filter
def fr(text: object) -> str:
    """French spacing for words that people administer, when the page is in French."""
    return parts.words(text)


@register.filter
def town(text: object) -> str:
    """Words that people administer, marked as French on a page in another language. In titles
    and attributes, where no markup can stand, write `fr`."""
    return parts.town(text)


def _zone(context: Context) -> str:
    """The zone of the page's collectivity. Raises when the page has none."""
    place = context.get("place")
    if place is None:
        raise template.TemplateSyntaxError("no time zone: the page has no place")
    return str(place.timezone)


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime, *, capital: bool = False) -> SafeString:
    """« hier à 16 h 40 », with the exact instant on hover."""
    zone = _zone(context)
    said = speech.moment(at, now=now(), zone=zone)
    return parts.time_element(at, capfirst(said) if capital else said, zone)


@register.simple_tag(takes_context=True)
def on_day(context: Context, at: datetime) -> SafeString:
    """« le 3 mars 2026 », with the exact instant on hover."""
    zone = _zone(context)
    return parts.time_element(at, speech.on_day(at, zone), zone)


@register.simple_tag(takes_context=True)
def exactly(context: Context, at: datetime) -> SafeString:
    """« lundi 3 mars 2026 à 16 h 40 »."""
    zone = _zone(context)
    return parts.time_element(at, speech.exact(at, zone), zone)


@register.simple_tag(takes_context=True)
def deadline(context: Context, due: datetime) -> SafeString:
    """A chip « encore 3 h », « en retard de 20 min », coloured by its urgency."""
    return parts.deadline(due, now=now(), zone=_zone(context))


@register.simple_tag
def length(span: timedelta) -> str:
    """« 3 h », « 2 j »."""
    return speech.length(span)


@register.simple_tag
def icon(name: str) -> SafeString:
    return parts.icon(name)


@register.simple_tag
def chip(label: object, *, kind: str = "brand", icon: str = "") -> SafeString:
    """A word in a coloured pill. The word carries the meaning; colour and icon only repeat it."""
    return parts.chip(label, kind=_one_of(kind, parts.CHIPS, "kind"), name=icon)


# buttons


def _look(kind: str, size: str, *, wide: bool) -> str:
    """The classes of a button."""
    drawn = f"{_one_of(kind, _BUTTONS, 'kind')} {_one_of(size, _SIZES, 'size')}"
    return f"{drawn} wide" if wide else drawn


@register.simple_tag
def button(
    *,
    label: str,
    kind: str = "main",
    size: str = "normal",
    icon: str = "",
    type: str = "submit",  # noqa: A002 - the name that HTML gives it
    name: str = "",
    value: str = "",
    form: str = "",
    key: str = "",
    wide: bool = False,
) -> SafeString:
    """A button. `key` prints the letter that presses it; `form` is the id of a form elsewhere."""
    return parts.button(
        label,
        look=_look(kind, size, wide=wide),
        type_=_one_of(type, {"submit", "button", "reset"}, "type"),
        name=name,
        value=value,
        form=form,
        icon_name=icon,
        key=key,
    )


@register.simple_tag
def link_button(
    *,
    href: str,
    label: str,
    kind: str = "main",
    size: str = "normal",
    icon: str = "",
    key: str = "",
    wide: bool = False,
) -> SafeString:
    """A link with the weight of a button: it leads somewhere and changes nothing."""
    look = _look(kind, size, wide=wide)
    return parts.link_button(label, look=look, href=href, icon_name=icon, key=key)


# boxes


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: str = "", live: bool = False) -> SafeString:
    """What must be seen. `live` makes screen readers say it when it appears."""
    kind = _one_of(kind, _NOTICES, "kind")
    return parts.notice(content, kind=kind, name=_NOTICES[kind], title=title, live=live)


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, *, title: str = "", raised: bool = False) -> SafeString:
    """A box with a heading."""
    return _render(context, "card", {"content": content, "title": title, "raised": raised})


@register.simple_block_tag
def timeline(content: str, *, label: str) -> SafeString:
    """What happened, newest or oldest first as the page likes: holds `step`s."""
    return parts.timeline(content, label=label)


@register.simple_block_tag(takes_context=True)
def step(
    context: Context,
    content: str,
    *,
    title: str,
    at: datetime | None = None,
    state: str = "done",
) -> SafeString:
    """A line of a timeline: past ("done"), the present state ("now"), or expected ("next")."""
    said = when(context, at, capital=True) if at else ""
    inside = mark_safe(content.strip())
    return parts.step(inside, title=title, said=said, state=_one_of(state, _STEPS, "state"))


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of terms and what they are: holds `fact`s."""
    return parts.wrapped("facts", content)


@register.simple_block_tag
def fact(content: str, *, term: str) -> SafeString:
    return parts.fact(term, content)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, *, title: str, icon: str = "check") -> SafeString:
    """Nothing to show: what it means and what to do."""
    props = {"content": content, "title": title, "icon": icon}
    return _render(context, "empty", props)


@register.inclusion_tag("ui/parts/photo.html")
def photo(
    *, src: str = "", srcset: str = "", alt: str, caption: str = "", href: str = ""
) -> dict[str, Any]:
    """A picture with its caption on it; without `src`, a frame that says why there is none.
    `srcset` names its sizes with their widths, for screens that show more than the small one."""
    return {"src": src, "srcset": srcset, "alt": alt, "caption": caption, "href": href}


@register.simple_block_tag
def photo_pair(content: str) -> SafeString:
    """Before and after, side by side: holds two `photo`s."""
    return parts.photo_pair(content)


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, *, page: Page[Any]) -> dict[str, Any]:
    """The pages before and after, keeping the rest of the address."""
    return {"page": page, "request": context["request"]}


# the page's own


@register.simple_tag
def address(name: str, *args: str | int) -> str:
    """`{% url %}` for links that a page has by the dozen; takes `as` too."""
    return links.address(name, *args)


@register.simple_tag
def fixed(part: str) -> SafeString:
    """A part that says the same to everyone, drawn once a process for each language: nothing of
    the page is seen inside."""
    return _fixed(part, get_language(), links.ground())


@cache
def _fixed(part: str, _language: str | None, _ground: tuple[str, str]) -> SafeString:
    return mark_safe(get_template(part).render())


@register.simple_tag(takes_context=True)
def language_form(context: Context) -> SafeString:
    """The other languages, each a button that comes back to this page."""
    return parts.language_form(context["request"].get_full_path())


@register.simple_tag
def import_map() -> SafeString:
    """Where this deployment's modules are. Its hash is in the content policy."""
    return mark_safe(f'<script type="importmap">{importmap.text()}</script>')


@register.simple_tag
def style_sheet(surface: str) -> SafeString:
    """The link to the styles of a surface: `common`, `portal`, `follow` or `desk`."""
    return format_html_join(
        "\n  ", '<link rel="stylesheet" href="{}">', ((href,) for href in sheets.links(surface))
    )


@register.simple_tag(takes_context=True)
def theme_link(context: Context) -> str:
    """The style sheet of the page's collectivity, where it has a colour of its own."""
    colour = getattr(context.get("place"), "brand_colour", "")
    if not colour:
        return ""
    address = reverse("theme", args=[colour.removeprefix("#")])
    return format_html('<link rel="stylesheet" href="{}">\n  ', address)


@register.simple_tag
def crest(*, name: str) -> SafeString:
    """The collectivity's initial on a shield, until its theme brings its own crest."""
    return parts.crest(name)
