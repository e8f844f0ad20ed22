"""The form of a report: what every report says, and the questions of its type."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from riverain.catalogue.facts import Nature, TypeFacts
from riverain.catalogue.rules import NEEDED
from riverain.core.refusals import Refused
from riverain.reports import placing
from riverain.reports.rules import (
    INCOMPLETE_EMAIL,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TEXT,
    Contact,
    Draft,
    clean_email,
    clean_phone,
)
from riverain.territory.facts import CollectivityFacts
from riverain.web.portal.beginning import Beginning
from riverain.web.portal.photos import ReporterForm
from riverain.web.ui.submissions import SubmissionForm
from riverain.web.ui.typed import CleanedBy, Degrees, Words


class ReportForm(SubmissionForm, ReporterForm):
    """Draws empty for a type, or bound to what was posted. Whatever comes back stays typed."""

    address = Words(
        label=gettext_lazy("Adresse ou lieu"),
        help_text=gettext_lazy("Un numéro et une rue, ou un endroit connu."),
        longest=LONGEST_ADDRESS,
        one_line=True,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lon = Degrees(required=False)
    lat = Degrees(required=False)
    # What the page wrote as the address of the point that the report began with. Sent back where
    # there is no JavaScript alone: with it, a map shows the point beside the address.
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
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
        widget=forms.EmailInput(attrs={"autocomplete": "email", "data-wrong": INCOMPLETE_EMAIL}),
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

    # The report began with a point where nobody receives any.
    begun_nowhere = False
    shown_at: ClassVar[Mapping[str, str]] = {
        "place": "address",
        "lon": "address",
        "lat": "address",
    }

    def __init__(
        self,
        type_: TypeFacts,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        begun: Beginning | None = None,
    ) -> None:
        super().__init__(data, files)
        if data is None:
            self._begin(begun)
        self.type = type_
        labels = _WORDS.get(type_.nature)
        if labels:
            self.fields["description"].label, self.fields["description"].help_text = labels
        asked = self.ask(type_)
        self.order_fields(["address", "lon", "lat", "photos", "kept", "description", *asked])
        self._tell_browsers(asked)
        if data is not None:
            self.fields["description"].required = not (self.files or self.has_tokens)

    @property
    def needed(self) -> str:
        """What is said of a required question without an answer."""
        return str(NEEDED)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("lon") is None) != (cleaned.get("lat") is None) or (
            self.errors.keys() & {"lon", "lat"}
        ):
            self._forget_position()
        return cleaned

    def posted(self, name: str) -> list[str]:
        """What was posted under a field's name."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return [str(value) for value in data.getlist(name)]

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
        """A point that nobody receives is forgotten: with any address it would be refused again,
        and who sees no map could not move it."""
        if refusal.code == "nowhere":
            self.rewrite(lon="", lat="")
        super().refuse(refusal)

    def settle_place(self, town: CollectivityFacts) -> None:
        """Once the form is valid: forgets the point that it began with where the address that was
        typed over its own is of somewhere else."""
        said = self.cleaned_data
        if self.posted("offered") and said["lon"] is not None:
            words = {name: said[name] for name in ("address", "offered")}
            if not placing.stands(said["lon"], said["lat"], town=town, **words):
                self.rewrite(lon="", lat="")
                said.update(lon=None, lat=None)

    def _begin(self, begun: Beginning | None) -> None:
        """Fills what a report began with before its type was known."""
        if begun is None:
            return
        self.initial["description"] = begun.words
        if begun.point:
            self._begin_at(*begun.point)
        if begun.token:
            self.show_kept([begun.token])

    def _begin_at(self, lon: float, lat: float) -> None:
        address = placing.offered(lon, lat)
        if address is None:
            self.begun_nowhere = True
            return
        self.initial.update(lon=f"{lon:.6f}", lat=f"{lat:.6f}", address=address, offered=address)
        # For js/suggest.js: nobody typed it, and it follows the pin.
        self.fields["address"].widget.attrs["data-pinned"] = ""

    def _tell_browsers(self, asked: Iterable[str]) -> None:
        """The sentences of refusals that js/checks.js can say before the form is sent."""
        description = self.fields["description"]
        description.widget.attrs |= {
            "data-missing": description.error_messages["required"],
            "data-unless": "photos",
        }
        for name in asked:
            if self.fields[name].required:
                self.fields[name].widget.attrs["data-missing"] = NEEDED

    def _forget_position(self) -> None:
        """Half a position, or one that is not a number, cannot be mended by who sees no map."""
        self.errors.pop("lon", None)
        self.errors.pop("lat", None)
        self.rewrite(lon="", lat="")
        self.cleaned_data.update(lon=None, lat=None)
        self.say(
            "place",
            _("La position reçue n’a pas pu être lue. Vérifiez l’adresse, ou replacez le repère."),
        )


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
