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
from django.forms.utils import flatatt
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

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
    if type(bound.field.widget) is Select:
        return _select(bound, bound.field.widget, attributes)
    return bound.as_widget(attrs=attributes)


def _select(bound: BoundField, widget: Select, attributes: dict[str, Any]) -> SafeString:
    """A select as Django draws it, without a template for each of some hundreds of options. It
    holds words alone: those of the town's catalogue are typeset here."""
    given = bound.build_widget_attrs(attributes, widget)
    marks = widget.build_attrs(widget.attrs, {"id": bound.auto_id, "name": bound.html_name} | given)
    chosen = {str(one) for one in widget.format_value(bound.value())}
    return format_html(
        "<select{}>{}</select>", flatatt(marks), mark_safe(_options(widget.choices, chosen))
    )


def _options(choices: Any, chosen: set[str]) -> str:
    return "".join(
        f'<optgroup label="{parts.escaped(parts.words(key))}">{_options(label, chosen)}</optgroup>'
        if isinstance(label, list | tuple)
        else f'<option value="{parts.escaped(key)}"{" selected" if str(key) in chosen else ""}>'
        f"{parts.escaped(parts.words(label))}</option>"
        for key, label in choices
    )


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
