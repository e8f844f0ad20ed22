"""Which collectivity receives a point, and in which areas it is. The rules are in `index`."""

from django.utils.translation import gettext as _

from riverain.core.boxes import EARTH
from riverain.core.refusals import Invalid
from riverain.territory import memory
from riverain.territory.facts import Place


def locate(lon: float, lat: float) -> Place | None:
    """The place of a point in degrees (WGS 84), from memory; None where no one receives.

    Raises Invalid for coordinates that are not on Earth.
    """
    if not EARTH.west <= lon <= EARTH.east:
        raise Invalid(
            _("La longitude doit être un nombre entre -180 et 180."), field="lon", code="longitude"
        )
    if not EARTH.south <= lat <= EARTH.north:
        raise Invalid(
            _("La latitude doit être un nombre entre -90 et 90."), field="lat", code="latitude"
        )
    return memory.territory().index.locate(lon, lat)
