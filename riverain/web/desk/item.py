"""Rows of the list, made without a template: a page has fifty of them, and a template took as long
for them as all the rest of the page takes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from riverain.core import clock
from riverain.web.desk.rows import Row
from riverain.web.ui import parts, speech
from riverain.web.ui.parts import escaped

_ITEM: Final = """<li class="item{classes}" id="{anchor}">
  {picture}
  <div class="item-words">
    <div class="item-line"><a class="item-title" href="{href}"{here}>{title}</a>{beside}</div>
    <div class="item-line"><span class="sub">{about}</span>{below}</div>
    {chips}
  </div>
</li>"""
_PHOTO: Final = (
    '<div class="photo"><img src="{}" alt="" width="56" height="56" loading="lazy"'
    ' decoding="async"></div>'
)
_AGE: Final = '<span class="small muted num"><span class="unseen">{} </span>{}</span>'


def items(rows: Iterable[Row], *, zone: str, has_left: bool = False) -> SafeString:
    """The rows as elements of a list; `has_left`: the view on the screen holds them no more. All
    that stands in braces is escaped here."""
    now = clock.now()
    said = {
        "place": escaped(_("À localiser")),
        "received": escaped(_("reçu il y a")),
        "left": escaped(_("n’est plus dans cette vue")) if has_left else "",
    }
    return mark_safe("".join([_item(row, said, now, zone) for row in rows]))


def _item(row: Row, said: dict[str, str], now: datetime, zone: str) -> str:
    state = parts.chip(row.state, kind=row.state_kind) if row.state else ""
    due = parts.deadline(row.due, now=now, zone=zone) if row.due else ""
    age = ""
    if row.age is not None:
        age = _AGE.format(said["received"], escaped(speech.length(row.age)))
    return _ITEM.format(
        classes=f"{' late' if row.is_late else ''}{' has-left' if said['left'] else ''}",
        anchor=escaped(row.anchor),
        picture=_PHOTO.format(escaped(row.thumb))
        if row.thumb
        else f'<span class="thumb">{parts.icon(row.icon)}</span>',
        href=escaped(row.href),
        here=' aria-current="true"' if row.is_open_here else "",
        title=escaped(parts.words(row.title)),
        # What has no deadline says there how long ago it came: the place keeps its line.
        beside=due or age,
        below=age if due else "",
        about=_about(row, said["place"]),
        chips=_chips(state, said["left"]),
    )


def _about(row: Row, to_locate: str) -> str:
    """« Prioritaire · À localiser · Wazemmes · Web »."""
    told = [
        f'<b class="pressing">{parts.icon("flag")}{escaped(row.priority)}</b>'
        if row.priority
        else "",
        "" if row.is_located else f"<b>{to_locate}</b>",
        escaped(parts.words(row.where)),
    ]
    said = " · ".join(filter(None, told))
    return f'{said}<span class="by">{" · " if said else ""}{escaped(row.channel)}</span>'


def _chips(state: str, left: str) -> str:
    if not state and not left:
        return ""
    told = f'<span class="small muted">{left}</span>' if left else ""
    return f'<div class="item-line chips">{state}{told}</div>'
