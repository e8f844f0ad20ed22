"""The form of a request that an agent enters for someone."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.catalogue.facts import CatalogueFacts, TypeFacts
from riverain.catalogue.rules import read_answers
from riverain.core.refusals import Refused
from riverain.reports import wording
from riverain.reports.models import Channel
from riverain.reports.rules import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Contact,
    Draft,
    clean_email,
    clean_phone,
)
from riverain.territory.facts import CollectivityFacts
from riverain.web.desk.place_fields import PlaceFields
from riverain.web.ui import questions
from riverain.web.ui.pictures import PhotosForm
from riverain.web.ui.typed import CleanedBy, SubmissionId, Words

# How requests reach an agent (S0-60 to S0-62, S3-02, S4-02); the others come by themselves.
CHANNELS = (
    Channel.PHONE,
    Channel.DESK,
    Channel.FIELD,
    Channel.EMAIL,
    Channel.LETTER,
    Channel.SOCIAL,
    Channel.MEETING,
    Channel.ELECTED,
)

_SHOWN_AT = {"place": "address"}


class EntryForm(PlaceFields, PhotosForm):
    """`submission` is made when the form is drawn: sent twice, it is one report."""

    submission = SubmissionId()
    channel = forms.ChoiceField(
        label=gettext_lazy("Comment la demande est arrivée"),
        choices=[(one.value, wording.CHANNELS[one]) for one in CHANNELS],
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        error_messages={"required": gettext_lazy("Choisissez le type de la demande.")},
    )
    description = Words(
        label=gettext_lazy("Ce que dit la personne"),
        help_text=gettext_lazy("Sans nom ni numéro de téléphone : ils ont leur place à part."),
        required=False,
        longest=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = Words(label=gettext_lazy("Nom"), required=False, longest=LONGEST_NAME, one_line=True)
    email = CleanedBy(
        clean_email,
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Pour avoir des nouvelles à chaque étape."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = CleanedBy(
        clean_phone,
        label=gettext_lazy("Téléphone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Langue des mails"), choices=settings.LANGUAGES, initial="fr"
    )

    def __init__(
        self,
        catalogue: CatalogueFacts,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        code: str = "",
        channel: str = Channel.PHONE,
        words: str = "",
    ) -> None:
        """`code` is the type of the address, until another is chosen; `channel` the way in which
        the one before came; `words` what was typed on the way here."""
        initial = {"type": code, "channel": channel, "description": words}
        super().__init__(data, files, initial=initial, label_suffix="")
        self.chosen = _active(catalogue, data.get("type", "") if data else code)
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choisir")), *_by_family(catalogue)]
        if self.chosen:
            self.fields.update(questions.fields_of(self.chosen))

    def asked(self) -> list[questions.Asked]:
        """The questions of the type, once it is chosen."""
        return questions.asked(self, self.chosen) if self.chosen else []

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("submission") is None:
            self._renew()
            self.add_error(
                None, _("Ce formulaire n’était pas complet. Il l’est maintenant : envoyez-le.")
            )
        if self.chosen:
            _answers, wrong = read_answers(self.chosen, self._raw_answers())
            for code, sentence in wrong.items():
                self._say(questions.PREFIX + code, sentence)
        return said

    def draft(self, town: CollectivityFacts, pictures: tuple[UUID, ...]) -> Draft:
        """What is said, once the form is valid."""
        said = self.cleaned_data
        return Draft(
            submission_id=said["submission"],
            collectivity_id=town.id,
            type_code=said["type"],
            channel=said["channel"],
            description=said["description"],
            address=said["address"],
            lon=said["longitude"],
            lat=said["latitude"],
            answers=self._raw_answers(),
            pictures=pictures,
            contact=Contact(name=said["name"], email=said["email"], phone=said["phone"]),
            language=said["language"],
        )

    def refuse(self, refusal: Refused) -> None:
        """Shows a refusal beside the field that it names, or above the form."""
        if refusal.code == "resubmitted":
            self._renew()
        name = questions.PREFIX + refusal.field if refusal.code == "answer" else refusal.field
        self._say(_SHOWN_AT.get(name, name), str(refusal))

    def _raw_answers(self) -> dict[str, list[str]]:
        return questions.raw_answers(self.data) if isinstance(self.data, QueryDict) else {}

    def _say(self, name: str, sentence: str) -> None:
        self.add_error(name if name in self.fields else None, sentence)

    def _renew(self) -> None:
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict once it is bound
        data["submission"] = str(uuid4())
        self.data = data


def _active(catalogue: CatalogueFacts, code: str) -> TypeFacts | None:
    found = catalogue.type(code)
    return found if found and found.active else None


def _by_family(catalogue: CatalogueFacts) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (family.name, [(one.code, _option(one)) for one in family.types])
        for family in catalogue.families
    ]


def _option(type_: TypeFacts) -> str:
    if type_.dead_end:
        return _("%(type)s (ailleurs)") % {"type": type_.name}
    return _("%(type)s (agents)") % {"type": type_.name} if type_.agents_only else type_.name
