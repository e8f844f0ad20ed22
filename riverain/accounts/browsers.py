"""What a browser says of itself, cut to what its owner knows it by.

The whole text tells one machine from another among thousands; the family and the system do not, and
are all that someone needs to recognise their own (GDPR, article 5.1.c).
"""

from typing import Final

# The first sign that is there counts: each browser also names those that it wants to pass for.
_FAMILIES: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def family(user_agent: str) -> str:
    """As in "Firefox"; empty for a browser that is not known."""
    return _named(user_agent, _FAMILIES)


def system(user_agent: str) -> str:
    """As in "Windows" or "iPhone"; empty for a system that is not known."""
    return _named(user_agent, _SYSTEMS)


def _named(text: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in text), "")
