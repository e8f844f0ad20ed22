"""Form fields that clean by the domain's own rules and refuse in its words."""

import math
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid
from riverain.reports.rules import clean_text


class Words(forms.CharField):
    """A text of at most `longest` characters, cleaned by `reports.rules.clean_text`.

    `max_length` is for the counter under the field; the browser is not told to cut what is pasted.
    """

    def __init__(self, *, longest: int, one_line: bool = False, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.max_length, self.one_line = longest, one_line

    def clean(self, value: Any) -> str:
        text = _by(
            lambda typed: clean_text(
                typed, field_name="", longest=self.max_length or 0, one_line=self.one_line
            ),
            value,
        )
        if self.required and not text:
            raise ValidationError(self.error_messages["required"], code="required")
        return text


class CleanedBy(forms.CharField):
    """A text that a function of the domain cleans."""

    def __init__(self, clean: Callable[[str], str], **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.cleaner = clean

    def clean(self, value: Any) -> str:
        return _by(self.cleaner, value)


class Degrees(forms.Field):
    """A coordinate that the page's modules write; nobody types one."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> float | None:
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            degrees = float(text)
        except ValueError:
            degrees = math.nan
        if not math.isfinite(degrees):
            raise ValidationError(_("La position reçue n’a pas pu être lue."), code="position")
        return degrees


class SubmissionId(forms.Field):
    """The identifier made when the form is drawn: the same form sent twice is one report."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4)

    def clean(self, value: Any) -> UUID | None:
        """None for a missing or unreadable one: the page comes back with another."""
        try:
            return UUID(str(value or ""))
        except ValueError:
            return None


def _by(clean: Callable[[str], str], value: Any) -> str:
    try:
        return clean(str(value or ""))
    except Invalid as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal
