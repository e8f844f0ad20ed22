"""The fields that the forms of several steps ask: words, a note, a day, one of a few."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from riverain.reports.rules import LONGEST_TEXT

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
_ONE = {"required": gettext_lazy("Choisissez dans la liste.")}


def words_field(
    label: Any, *, required: bool = False, hint: Any = "", rows: int = 4
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("Écrivez quelques mots.")},
    )


def note_field() -> forms.CharField:
    return words_field(
        gettext_lazy("Note pour les agents"), hint=gettext_lazy("L’usager ne la lit pas."), rows=3
    )


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=DAYS,
        widget=forms.DateInput(format=DAYS[0], attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choisissez un jour."),
            "invalid": gettext_lazy("Écrivez une date : 31/12/2026."),
        },
    )


def radios_field(
    label: Any, choices: Iterable[tuple[Any, Any]] = (), *, hint: Any = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages=_ONE,
    )


def choice_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=required,
        help_text=hint,
        coerce=int,
        empty_value=None,
        error_messages=_ONE,
    )
