"""What every form that becomes a report does, whoever fills it in: it is received once, asks the
questions of its type, and says a refusal where it can be mended."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from riverain.catalogue.facts import TypeFacts
from riverain.catalogue.rules import read_answers
from riverain.core.refusals import Refused
from riverain.web.ui import questions
from riverain.web.ui.typed import SubmissionId


class SubmissionForm(forms.Form):
    """`submission` is made when the form is drawn: sent twice, it is one report. `chosen` is the
    type, once it is known."""

    submission = SubmissionId()

    chosen: TypeFacts | None = None
    # Where the fault of a field that is not drawn is shown.
    shown_at: ClassVar[Mapping[str, str]] = {}

    def ask(self, chosen: TypeFacts | None) -> list[str]:
        """Makes it a form about this type; returns the names of its questions' fields."""
        self.chosen = chosen
        asked = questions.fields_of(chosen) if chosen else {}
        self.fields.update(asked)
        return list(asked)

    def asked(self) -> list[questions.Asked]:
        """The type's questions in their order."""
        return questions.asked(self, self.chosen) if self.chosen else []

    @property
    def answers(self) -> dict[str, list[str]]:
        """What was posted for questions, as it came."""
        return questions.raw_answers(self.data) if isinstance(self.data, QueryDict) else {}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("submission") is None:
            self._renew()
            sentence = _("Ce formulaire n’était pas complet. Il l’est maintenant : envoyez-le.")
            self.add_error(None, sentence)
        if self.chosen:
            _answers, wrong = read_answers(self.chosen, self.answers)
            for code, fault in wrong.items():
                self.say(questions.PREFIX + code, fault)
        return said

    def refuse(self, refusal: Refused) -> None:
        """Shows a refusal beside the field that it names, or above the form. What was sent under
        an identifier that is taken is sent again as something new."""
        if refusal.code == "resubmitted":
            self._renew()
        field = questions.PREFIX + refusal.field if refusal.code == "answer" else refusal.field
        self.say(field, str(refusal))

    def say(self, field: str, sentence: str) -> None:
        shown = self.shown_at.get(field, field)
        self.add_error(shown if shown in self.fields else None, sentence)

    def rewrite(self, **values: str) -> None:
        """Puts other values in the place of what was posted."""
        data = cast("QueryDict", self.data).copy()
        for name, value in values.items():
            data[name] = value
        self.data = data

    def _renew(self) -> None:
        self.rewrite(submission=str(uuid4()))
