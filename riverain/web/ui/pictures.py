"""Photos in forms: several in one field, and none lost when the form comes back with errors.

The ones that arrive are stored at once, pending; a corrected form names them by signed tokens, as
boxes that are ticked (unticking one leaves it to the sweep).
"""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.core.refusals import Refused
from riverain.files.actions import store_picture
from riverain.files.queries import id_in_token, upload_token
from riverain.reports.rules import MOST_PICTURES, TOO_MANY_PICTURES


class _Several(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """The files of one input, as a list. What each of them is worth, `store_picture` says."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":  # noqa: ARG002 - Django's signature
        files = data if isinstance(data, list) else [data]
        return [file for file in files if isinstance(file, UploadedFile)]


class PhotosForm(forms.Form):
    """A form with photos. Call `take_photos` once after `is_valid`; it may add errors."""

    photos = PhotosField(
        label=gettext_lazy("Ajouter des photos"),
        help_text=gettext_lazy("Quatre au plus."),
        required=False,
    )
    kept = forms.Field(
        label=gettext_lazy("Photos déjà reçues"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def take_photos(self, *, acting: str) -> tuple[UUID, ...]:
        """Stores what came; returns these and the ones kept from before, in their order."""
        arrived = self.cleaned_data.get("photos") or []
        name = self.add_prefix("kept")
        if not arrived and name not in self.data:
            return ()
        data = cast("QueryDict", self.data).copy()
        tokens: dict[str, UUID] = {}
        for token in data.getlist(name):
            identifier = id_in_token(token)
            if identifier is None:
                sentence = _("Une photo n’est plus disponible : ajoutez-la de nouveau.")
                self.add_error("photos", sentence)
            else:
                tokens[token] = identifier
        room = MOST_PICTURES - len(tokens)
        if len(arrived) > room:
            self.add_error("photos", str(TOO_MANY_PICTURES))
        for file in arrived[: max(0, room)]:
            try:
                stored = store_picture(acting=acting, content=file, name=file.name or "")
            except Refused as refusal:
                self.add_error("photos", str(refusal))
            else:
                tokens[upload_token(stored)] = stored.id
        self.show_kept(tokens)
        data.setlist(name, list(tokens))
        self.data = data
        return tuple(tokens.values())

    def show_kept(self, tokens: Iterable[str]) -> None:
        """Draws a ticked box for each photo that is kept already."""
        self._boxes.choices = [
            (token, _("Photo %(number)d") % {"number": number})
            for number, token in enumerate(tokens, 1)
        ]

    @property
    def has_kept(self) -> bool:
        """Whether the page shows boxes for photos that came before."""
        return bool(self._boxes.choices)

    @property
    def _boxes(self) -> forms.CheckboxSelectMultiple:
        return cast("forms.CheckboxSelectMultiple", self.fields["kept"].widget)
