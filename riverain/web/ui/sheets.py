"""One style sheet a surface: on a slow line each file costs its headers and a turn of its own.

Sources stay apart, as they are written. When static files are gathered (`serve` does so), the
sources of a surface become one file, in their order and without comments, named by its digest like
the others. Where nothing was gathered, as in tests, pages link the sources themselves.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMON: Final = ("ui/tokens.css", "ui/base.css", "ui/components.css", "ui/layouts.css")
# Where two rules are equal the later one wins: a surface after what all share.
SHEETS: Final = {
    "common": _COMMON,
    "portal": (*_COMMON, "portal/portal.css"),
    "follow": (*_COMMON, "portal/follow.css"),
    "desk": (*_COMMON, "desk/desk.css", "desk/screen.css"),
}
_SPARE: Final = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)


def _gathered(surface: str) -> str:
    # One folder deep, as the sources are: the addresses inside them (`../vendor/…`) stay right.
    return f"sheets/{surface}.css"


def lean(sheet: str) -> str:
    """The same rules without comments, indentation and empty lines: an eighth less on the wire."""
    return _SPARE.sub("", sheet)


class SheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Digests in names and compressed copies, as whitenoise makes them, of the sheets too."""

    def post_process(
        self, paths: dict[str, Any], *args: Any, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | RuntimeError]]:
        if not options.get("dry_run"):
            for surface, sources in SHEETS.items():
                texts = []
                for source in sources:
                    storage, path = paths[source]
                    with storage.open(path) as file:
                        texts.append(lean(file.read().decode()))
                name = _gathered(surface)
                self.delete(name)
                self.save(name, ContentFile("".join(texts).encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)


@cache
def links(surface: str) -> tuple[str, ...]:
    """Addresses of the surface's style sheets, in their order, found once a process."""
    gathered = isinstance(staticfiles_storage, SheetStorage)
    sources = (_gathered(surface),) if gathered else SHEETS[surface]
    return tuple(map(static, sources))
