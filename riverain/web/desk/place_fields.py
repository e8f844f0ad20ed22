"""Where, in a form: an address, and a point chosen on the map or written."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.core.boxes import EARTH
from riverain.reports.rules import LONGEST_ADDRESS

_PAIR = re.compile(
    r"(?P<lat>[-+]?\d{1,2}([.,]\d+)?)\s*[;,\s]\s*(?P<lon>[-+]?\d{1,3}([.,]\d+)?)", re.ASCII
)


def read_coordinates(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) as map applications show them: "50.6292, 3.0573"; None for anything
    else. Degrees, WGS84."""
    found = _PAIR.fullmatch(text.strip())
    if not found:
        return None
    latitude, longitude = (float(found[name].replace(",", ".")) for name in ("lat", "lon"))
    return (latitude, longitude) if EARTH.holds(longitude, latitude) else None


class PlaceFields(forms.Form):
    """`coordinates`, when written, win over what the map gives: the way without JavaScript."""

    address = forms.CharField(
        label=gettext_lazy("Adresse ou lieu"),
        help_text=gettext_lazy("Un numéro et une rue, ou un endroit connu."),
        max_length=LONGEST_ADDRESS,
        required=False,
    )
    latitude = forms.FloatField(
        required=False, min_value=EARTH.south, max_value=EARTH.north, widget=forms.HiddenInput
    )
    longitude = forms.FloatField(
        required=False, min_value=EARTH.west, max_value=EARTH.east, widget=forms.HiddenInput
    )
    coordinates = forms.CharField(
        label=gettext_lazy("Coordonnées"),
        help_text=gettext_lazy("Latitude, longitude, copiées d’une carte : 50.6292, 3.0573"),
        max_length=60,
        required=False,
    )

    def clean_coordinates(self) -> str:
        text: str = self.cleaned_data["coordinates"]
        if text:
            found = read_coordinates(text)
            if found is None:
                raise ValidationError(_("Écrivez la latitude puis la longitude : 50.6292, 3.0573"))
            self.cleaned_data["latitude"], self.cleaned_data["longitude"] = found
        return text

    def clean(self) -> dict[str, Any]:
        super().clean()
        wrong = [name for name in ("latitude", "longitude") if name in self.errors]
        for name in wrong:
            del self.errors[name]
        said = [self.cleaned_data.get(name) for name in ("latitude", "longitude")]
        if wrong or said.count(None) == 1:
            self.add_error(
                "address", _("La position est incomplète : placez de nouveau le repère.")
            )
        return self.cleaned_data
