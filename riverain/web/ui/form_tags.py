"""The components of forms: fields, pictures, places. Part of `{% load ui %}`."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField

from riverain.reports.rules import MOST_PICTURES
from riverain.web.ui import fields, maps

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    count: bool = False,
    columns: int = 1,
    icons: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A form's field with its label, hint, error, and what ties them for a screen reader.

    Radios and boxes become tiles; `icons` and `hints` are by the value of the choice. `count`
    says the characters left under a text that has a `max_length`.
    """
    return fields.props(
        bound,
        label=label,
        hint=hint,
        count=count,
        columns=columns,
        icons=icons or {},
        hints=hints or {},
    )


@register.inclusion_tag("ui/parts/address_field.html")
def address_field(
    bound: BoundField,
    *,
    latitude: BoundField,
    longitude: BoundField,
    url: str,
) -> dict[str, Any]:
    """An address with suggestions from `url` (`{% url "addresses" %}`) while it is typed. The one
    that is chosen fills the two hidden fields, which stand elsewhere in the form (`place_picker`
    draws them). Without JavaScript, or when `url` is slow, a plain field.
    """
    return {
        **fields.props(bound, label="", hint="", count=False, columns=1, icons={}, hints={}),
        "latitude": latitude,
        "longitude": longitude,
        "url": url,
    }


@register.inclusion_tag("ui/parts/photo_input.html")
def photo_input(bound: BoundField, *, hint: str = "") -> dict[str, Any]:
    """Chooses as many pictures as a report takes; JavaScript shows, shrinks and removes them."""
    return {
        **fields.props(bound, label="", hint=hint, count=False, columns=1, icons={}, hints={}),
        "limit": MOST_PICTURES,
        "heaviest": str(settings.PICTURE_BYTES),
    }


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*, form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, each line leading to its field. Empty when nothing is."""
    return {"errors": fields.summary(form), "general": form.non_field_errors()}


@register.inclusion_tag("ui/parts/progress.html")
def progress(*, step: int, of: int, label: str = "") -> dict[str, Any]:
    """Where one is in a form of several screens."""
    return {"step": step, "of": of, "label": label, "bars": [n <= step for n in range(1, of + 1)]}


@register.inclusion_tag("ui/parts/tile.html")
def tile(*, href: str, label: str, icon: str = "", hint: str = "") -> dict[str, Any]:
    """A large link, inside <ul class="tiles"><li>."""
    return {"href": href, "label": label, "icon": icon, "hint": hint}


@register.inclusion_tag("ui/parts/proof.html")
def proof_of_work(*, url: str) -> dict[str, Any]:
    """The puzzle that the browser solves while the form is filled (field `proof`)."""
    return {"url": url}


@register.inclusion_tag("ui/parts/place_picker.html")
def place_picker(
    *,
    latitude: BoundField,
    longitude: BoundField,
    centre: tuple[float, float],
    zoom: int = 13,
    areas_url: str = "",
) -> dict[str, Any]:
    """« Utiliser ma position » and the map, keeping the two hidden fields in step.

    `centre` is (longitude, latitude); `areas_url` answers a GeoJSON of the areas, drawn where no
    tiles are. Never the only way to say where: an address field stands beside it.
    """
    return {
        "ground": maps.ground(areas_url),
        "latitude": latitude,
        "longitude": longitude,
        "centre": centre,
        "zoom": zoom,
    }


@register.inclusion_tag("ui/parts/map_view.html")
def map_view(
    *,
    longitude: float,
    latitude: float,
    label: str,
    areas_url: str = "",
) -> dict[str, Any]:
    """A map that shows one point and chooses nothing, and the same in words below it: `label` is
    the address or the place. Without JavaScript the words stand alone.
    """
    return {
        "ground": maps.ground(areas_url),
        "longitude": longitude,
        "latitude": latitude,
        "label": label,
    }


@register.simple_tag
def geocoder_host() -> str:
    """The host that we ask for addresses that we do not hold; empty where nobody is asked."""
    return urlsplit(settings.GEOCODER_URL).hostname or ""


@register.simple_tag
def tiles_host() -> str:
    """The host that a visitor's browser asks for tiles; empty where nobody is asked."""
    return maps.tiles_host()
