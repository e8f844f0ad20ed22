"""How a Django form field becomes markup that a screen reader follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from riverain.web.ui import parts


@dataclass(frozen=True)
class Option:
    """A radio or a box, as a tile shows it."""

    id: str
    name: str
    value: str
    label: str
    hint: str
    icon: str
    chosen: bool


@dataclass(frozen=True)
class Mistake:
    """A line of the error summary and the field it leads to."""

    target: str
    label: str
    message: str


def kind(bound: BoundField) -> str:
    """How the field is drawn: "radios", "boxes", "box" or "plain"."""
    widget = bound.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return "boxes"
    if isinstance(widget, RadioSelect):
        return "radios"
    if isinstance(widget, CheckboxInput):
        return "box"
    return "plain"


def target(bound: BoundField) -> str:
    """The id of the first thing to type or choose in the field."""
    return f"{bound.auto_id}_0" if kind(bound) in {"radios", "boxes"} else str(bound.auto_id)


def options(
    bound: BoundField, *, icons: Mapping[str, str], hints: Mapping[str, str]
) -> list[Option]:
    return [
        Option(
            id=f"{bound.auto_id}_{index}",
            name=str(choice.data["name"]),
            value=str(choice.data["value"]),
            label=str(choice.choice_label),
            hint=hints.get(str(choice.data["value"]), ""),
            icon=icons.get(str(choice.data["value"]), ""),
            chosen=bool(choice.data["selected"]),
        )
        for index, choice in enumerate(
            choice for choice in bound.subwidgets if str(choice.data["value"]) != ""
        )
    ]


def drawn(bound: BoundField, described: str, *, counted: bool) -> SafeString:
    """The input itself, tied to its hint and error. `counted`: see static/ui/js/count.js."""
    attributes: dict[str, Any] = {"class": "input"}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if counted:
        attributes["data-count"] = f"{bound.auto_id}_count"
    widget = bound.field.widget
    if isinstance(widget, Select):
        # A select holds words alone: the words of the town's catalogue are typeset here.
        widget.choices = _typeset(widget.choices)
    return bound.as_widget(attrs=attributes)


def _typeset(choices: Any) -> list[tuple[Any, Any]]:
    """The choices of a select, and those of its groups, as they are written in the page."""
    return [
        (parts.words(key), _typeset(label))
        if isinstance(label, list | tuple)
        else (key, parts.words(label))
        for key, label in choices
    ]


def props(
    bound: BoundField,
    *,
    label: str,
    hint: str,
    count: bool,
    columns: int,
    icons: Mapping[str, str],
    hints: Mapping[str, str],
) -> dict[str, Any]:
    shape = kind(bound)
    hint = hint or str(bound.help_text)
    described = " ".join(
        f"{bound.auto_id}_{part}"
        for part, there in (("hint", hint), ("error", bound.errors))
        if there
    )
    limit = getattr(bound.field, "max_length", None) if count else None
    return {
        "shape": shape,
        "id": str(bound.auto_id),
        "name": bound.html_name,
        "label": label or bound.label,
        "hint": hint,
        "errors": bound.errors,
        "required": bound.field.required,
        "described": described,
        "limit": limit,
        "hidden": bound.is_hidden,
        "columns": columns,
        "options": (
            options(bound, icons=icons, hints=hints) if shape in {"radios", "boxes"} else []
        ),
        "checked": shape == "box" and bool(bound.value()),
        "input": drawn(bound, described, counted=limit is not None) if shape == "plain" else "",
    }


def _named(label: object) -> str:
    """A label as the name of its field: one that asks a question, without its mark."""
    if isinstance(label, SafeString):
        return parts.town(unescape(strip_tags(label)).rstrip("\u00a0 ?"))
    return str(label).rstrip("\u00a0 ?")


def summary(form: BaseForm) -> list[Mistake]:
    """Every field's mistakes, in the order of the form."""
    return [
        Mistake(
            target=target(form[name]),
            label=_named(form[name].label),
            message=str(message),
        )
        for name in form.fields
        for message in form[name].errors
    ]
