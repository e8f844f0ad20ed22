"""The import map: bare module names to the addresses of this deployment's files.

Names in production carry the digest of their content (whitenoise's manifest), so modules import
each other by bare name only and the page says where each one is. The map is inline, which
browsers require; the content policy allows it by its hash.
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.templatetags.static import static

_OURS = Path(__file__).parent / "static" / "ui" / "js"
# What modules fetch beside modules, with the first map that is shown.
_MAPS = {
    "leaflet": "vendor/leaflet/leaflet.js",
    "leaflet.css": "vendor/leaflet/leaflet.css",
    "map.css": "ui/map.css",
}


def modules() -> dict[str, str]:
    """Bare name to static path: `riverain/<module>` for ours, then what maps need."""
    ours = {f"riverain/{path.stem}": f"ui/js/{path.name}" for path in sorted(_OURS.glob("*.js"))}
    return ours | _MAPS


@cache
def text() -> str:
    """The map as it stands in the page, byte for byte."""
    imports = {name: static(path) for name, path in modules().items()}
    # "<" cannot stand in an address that Django made, but a page must not rest on that.
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


@cache
def digest() -> str:
    """The map's source expression for `script-src`."""
    return f"'sha256-{b64encode(sha256(text().encode()).digest()).decode()}'"
