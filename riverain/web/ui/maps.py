"""What every map of ours is given: its ground, and the addresses that it asks."""

from urllib.parse import urlsplit

from django.conf import settings

from riverain.web.ui.links import address

# In place of a square's numbers in the address that a map is given.
_SQUARE = (0, 0, 0)


def ground(areas_url: str) -> dict[str, str]:
    """The tiles that the town chose, and where the drawn town and its areas come from."""
    return {
        "areas_url": areas_url,
        "plan_url": address("plan", *_SQUARE).replace("0/0/0", "{z}/{x}/{y}"),
        "tiles": settings.TILES.url,
        "attribution": settings.TILES.attribution,
    }


def tiles_host() -> str:
    """Who gives the tiles, for the page on personal data; empty where nobody is asked."""
    return urlsplit(settings.TILES.url).hostname or ""
