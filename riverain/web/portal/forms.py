"""The form of a report: what every report says, and the questions of its type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from riverain.catalogue.facts import NO, YES, Nature, Question, QuestionKind, TypeFacts
from riverain.catalogue.rules import MAX_ANSWER, read_answers
from riverain.core.refusals import Refused
from riverain.reports.rules import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TEXT,
    Contact,
    Draft,
    clean_email,
    clean_phone,
)
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal.fields import Answer, CleanedBy, Degrees, SubmissionId, Words
from riverain.web.portal.photos import ReporterForm

QUESTION = "q-"
# Where the fault of a field that is not drawn is shown.
_SHOWN_AT = {"place": "address", "lon": "address", "lat": "address"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page draws it. With `on` (a field's name) and `values` (joined by
    blanks) it is only asked after one of these answers; `after` says so in words."""

    bound: forms.BoundField
    on: str
    values: str
    after: str


class ReportForm(ReporterForm):
    """Draws empty for a type, or bound to what was posted. Whatever comes back stays typed."""

    address = Words(
        label=gettext_lazy("Adresse ou lieu"),
        help_text=gettext_lazy(
            "Un numéro et une rue, ou un endroit connu. Vous ne savez pas ? Laissez vide : nous"
            " chercherons avec votre description."
        ),
        longest=LONGEST_ADDRESS,
        one_line=True,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lon = Degrees(required=False)
    lat = Degrees(required=False)
    description = Words(
        label=gettext_lazy("Ce que vous voyez"),
        help_text=gettext_lazy(
            "Quelques mots suffisent, ou une photo. Ne nommez personne : ce qui compte est le lieu."
        ),
        longest=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy(
                "Dites en quelques mots ce que vous voyez, ou joignez une photo."
            )
        },
    )
    email = CleanedBy(
        clean_email,
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Pour avoir des nouvelles à chaque étape."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = CleanedBy(
        clean_phone,
        label=gettext_lazy("Téléphone"),
        help_text=gettext_lazy("Si une précision manque, le service vous appelle."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
    )
    name = Words(
        label=gettext_lazy("Nom"),
        longest=LONGEST_NAME,
        one_line=True,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    submission = SubmissionId()

    def __init__(
        self,
        type_: TypeFacts,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files)
        self.type = type_
        self.answers: dict[str, list[str]] = {}
        labels = _WORDS.get(type_.nature)
        if labels:
            self.fields["description"].label, self.fields["description"].help_text = labels
        for question in type_.questions:
            self.fields[QUESTION + question.code] = _answer(question)
        self.order_fields(
            ["address", "lon", "lat", "photos", "kept", "description"]
            + [QUESTION + question.code for question in type_.questions]
        )
        if data is not None:
            self.fields["description"].required = not (self.files or self.has_tokens)

    def asked(self) -> list[Asked]:
        """The type's questions in their order."""
        labels = {question.code: question for question in self.type.questions}
        return [
            _asked(self[QUESTION + question.code], question, labels)
            for question in self.type.questions
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("lon") is None) != (cleaned.get("lat") is None) or (
            self.errors.keys() & {"lon", "lat"}
        ):
            self._forget_position()
        if cleaned.get("submission") is None:
            self._renew()
            self.add_error(
                None,
                _("Ce formulaire n’était pas complet. Il l’est maintenant : envoyez de nouveau."),
            )
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        self.answers = {
            name.removeprefix(QUESTION): [str(value) for value in data.getlist(name)]
            for name in data
            if name.startswith(QUESTION)
        }
        _answers, wrong = read_answers(self.type, self.answers)
        for code, sentence in wrong.items():
            self._say(QUESTION + code, sentence)
        return cleaned

    def draft(
        self,
        *,
        town: CollectivityFacts,
        channel: str,
        pictures: tuple[UUID, ...] = (),
        proved: bool = False,
    ) -> Draft:
        """What is said, once the form is valid."""
        said = self.cleaned_data
        return Draft(
            submission_id=said["submission"],
            collectivity_id=town.id,
            type_code=self.type.code,
            channel=channel,
            description=said["description"],
            address=said["address"],
            lon=said["lon"],
            lat=said["lat"],
            answers=self.answers,
            pictures=pictures,
            contact=Contact(name=said["name"], email=said["email"], phone=said["phone"]),
            language=(get_language() or "fr")[:2],
            proved=proved,
        )

    def refuse(self, refusal: Refused) -> None:
        """Shows a refusal beside the field that it names, or above the form. What was sent under
        an identifier that is taken is sent again as something new."""
        if refusal.code == "resubmitted":
            self._renew()
        field = QUESTION + refusal.field if refusal.code == "answer" else refusal.field
        self._say(field, str(refusal))

    def _say(self, field: str, sentence: str) -> None:
        shown = _SHOWN_AT.get(field, field)
        self.add_error(shown if shown in self.fields else None, sentence)

    def _forget_position(self) -> None:
        """Half a position, or one that is not a number, cannot be mended by who sees no map."""
        self.errors.pop("lon", None)
        self.errors.pop("lat", None)
        self._rewrite(lon="", lat="")
        self.cleaned_data.update(lon=None, lat=None)
        self._say(
            "place",
            _("La position reçue n’a pas pu être lue. Vérifiez l’adresse, ou replacez le repère."),
        )

    def _renew(self) -> None:
        self._rewrite(submission=str(uuid4()))

    def _rewrite(self, **values: str) -> None:
        data = cast("QueryDict", self.data).copy()
        for name, value in values.items():
            data[name] = value
        self.data = data


_WORDS = {
    Nature.SUGGESTION: (
        gettext_lazy("Votre idée"),
        gettext_lazy("Ce que vous proposez, et ce que cela changerait."),
    ),
    Nature.PRAISE: (
        gettext_lazy("Votre message à l’équipe"),
        gettext_lazy("Nous le lui transmettons tel quel."),
    ),
}


def _answer(question: Question) -> Answer:
    match question.kind:
        case QuestionKind.CHOICE:
            choices = [(choice.code, choice.label) for choice in question.choices]
            widget: forms.Widget = forms.RadioSelect(choices=choices)
        case QuestionKind.MULTI:
            choices = [(choice.code, choice.label) for choice in question.choices]
            widget = forms.CheckboxSelectMultiple(choices=choices)
        case QuestionKind.YES_NO:
            widget = forms.RadioSelect(choices=[(YES, _("Oui")), (NO, _("Non"))])
        case QuestionKind.NUMBER:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        case QuestionKind.TEXT:
            widget = forms.TextInput(attrs={"maxlength": MAX_ANSWER, "autocomplete": "off"})
    return Answer(
        label=question.label, help_text=question.hint, required=question.required, widget=widget
    )


def _asked(bound: forms.BoundField, question: Question, known: Mapping[str, Question]) -> Asked:
    condition = question.condition
    if condition is None:
        return Asked(bound, on="", values="", after="")
    earlier = known[condition.question]
    labels = {choice.code: choice.label for choice in earlier.choices}
    labels |= {YES: _("Oui"), NO: _("Non")}
    return Asked(
        bound,
        on=QUESTION + condition.question,
        values=" ".join(condition.values),
        after=_("À remplir si vous avez répondu « %(answers)s ».")
        % {"answers": _(" » ou « ").join(labels[value] for value in condition.values)},
    )
