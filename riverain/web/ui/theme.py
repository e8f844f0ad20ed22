"""A town's colours as a style sheet: /theme/0d5c63.css.

The address is the colour itself, so that a sheet never changes: browsers keep it, no database is
asked, and a town that takes another colour is served another address at once. The shades and what
may be chosen are `territory.colours`.
"""

import re
from dataclasses import asdict
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riverain.core.refusals import NotFound
from riverain.territory import colours
from riverain.web.ui.access import public

YEAR: Final = 31_536_000
_COLOUR: Final = re.compile("[0-9a-f]{6}")


@public("pages of residents are drawn with it, and it tells a colour")
@require_safe
def theme(_request: HttpRequest, colour: str) -> HttpResponse:
    """Raises NotFound for what is no colour, and for one that no town may have."""
    if not _COLOUR.fullmatch(colour) or colours.weakest(f"#{colour}") < colours.LEAST:
        raise NotFound(_("Cette page n’existe pas, ou plus."))
    response = HttpResponse(sheet(f"#{colour}"), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@lru_cache(maxsize=64)
def sheet(colour: str) -> str:
    """The tokens that the colour changes, for both schemes and for browsers that know one."""
    light, dark = asdict(colours.light(colour)), asdict(colours.dark(colour))
    named = [(f"--{name.replace('_', '-')}", light[name], dark[name]) for name in light]
    both = "".join(f"  {token}: light-dark({day}, {night});\n" for token, day, night in named)
    one = "".join(f"    {token}: {day};\n" for token, day, _night in named)
    return (
        f":root {{\n{both}}}\n"
        "@supports not (color: light-dark(#000, #fff)) {\n"
        f"  :root {{\n{one}  }}\n"
        "}\n"
    )
