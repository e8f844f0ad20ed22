"""What every map of ours is given: its ground, and the addresses that it asks."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language

from riverain.web.ui.links import address

# In place of a square's numbers in the address that a map is given.
_SQUARE = (0, 0, 0)


def ground(areas_url: str) -> str:
    """Attributes, as they stand in a tag: the tiles that the town chose, where the drawn town and
    its areas come from, and the words of the map's buttons."""
    plan_url = address("plan", *_SQUARE).replace("0/0/0", "{z}/{x}/{y}")
    return _drawn(
        areas_url, plan_url, settings.TILES.url, settings.TILES.attribution, get_language()
    )


@cache
def _drawn(
    areas_url: str, plan_url: str, tiles: str, attribution: str, _language: str | None
) -> str:
    said = {
        "areas_url": areas_url,
        "plan_url": plan_url,
        "tiles": tiles,
        "attribution": attribution,
    }
    return get_template("ui/parts/map_ground.html").render(said)


def tiles_host() -> str:
    """Who gives the tiles, for the page on personal data; empty where nobody is asked."""
    return urlsplit(settings.TILES.url).hostname or ""
