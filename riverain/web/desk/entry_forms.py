"""The form of a request that an agent enters for someone."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.catalogue.facts import CatalogueFacts, TypeFacts
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
from riverain.web.ui.pictures import PhotosForm
from riverain.web.ui.submissions import SubmissionForm
from riverain.web.ui.typed import CleanedBy, Words

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


class EntryForm(SubmissionForm, PlaceFields, PhotosForm):
    """What an agent writes down while someone speaks."""

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

    shown_at: ClassVar[Mapping[str, str]] = {"place": "address"}

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
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choisir")), *_by_family(catalogue)]
        self.ask(_active(catalogue, data.get("type", "") if data else code))

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
            answers=self.answers,
            pictures=pictures,
            contact=Contact(name=said["name"], email=said["email"], phone=said["phone"]),
            language=said["language"],
        )


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
