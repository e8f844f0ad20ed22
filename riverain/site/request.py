"""What a request may bring, before anything of ours reads it.

Django reads Content-Type and cookies while it makes the request, ahead of every middleware: what
raises there is answered by nobody. And Python takes the square of a header's length to read its
parameters or its cookies (half a minute for the 300 KB that the server lets through).
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from riverain.site.stack import with_room

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Signs of one header, or of the address: what proxies let through.
LONGEST: Final = 8_192

# What a request says besides its headers.
_LINE: Final = frozenset({"REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE"})

_MEDIA_TYPE: Final = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,60})\s*(?:;|$)", re.ASCII)
# RFC 2046, 5.1.1: at most seventy signs, quoted where one of them is special.
_BOUNDARY: Final = re.compile(
    r";\s*boundary=(?:\"([^\"\\\x00-\x1f]{1,70})\"|([\w'()+,./:=?-]{1,70}))\s*(?:;|$)",
    re.ASCII | re.IGNORECASE,
)


class Request(WSGIRequest):
    """Keeps of Content-Type its type and boundary, so that a text is always UTF-8, whatever
    charset was named; and no cookie that holds a control character, which no database takes."""

    def __init__(self, environ: "WSGIEnvironment") -> None:
        environ["CONTENT_TYPE"] = content_type(environ.get("CONTENT_TYPE", ""))
        super().__init__(environ)
        self.COOKIES = {name: value for name, value in self.COOKIES.items() if value.isprintable()}


class Application(WSGIHandler):
    """Refuses an address or a header that is too long (431), unread. Raises ImproperlyConfigured
    at the start where an address does not say who may open it."""

    request_class = Request

    def __init__(self) -> None:
        from riverain.site import addresses

        addresses.check()
        super().__init__()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> HttpResponseBase:
        if not any(len(value) > LONGEST for value in _brought(environ)):
            answered: HttpResponseBase = with_room(super().__call__, environ, start_response)
            return answered
        answer = HttpResponse(
            "The address or a header of this request is too long.\n",
            status=431,
            content_type="text/plain; charset=utf-8",
        )
        start_response(f"{answer.status_code} {answer.reason_phrase}", [*answer.items()])
        return answer


def _brought(environ: "WSGIEnvironment") -> Iterator[str]:
    """What came with the request: the server lays it over the process's own environment, where a
    certificate or a list may be as long as its operator likes."""
    for name, value in environ.items():
        if name.startswith("HTTP_") or name in _LINE:
            yield value


def content_type(header: str) -> str:
    """The media type, with the boundary of a form's parts; empty for what names none."""
    media = _MEDIA_TYPE.match(header)
    if media is None:
        return ""
    boundary = _BOUNDARY.search(header)
    if boundary is None:
        return media[1]
    return f'{media[1]}; boundary="{boundary[1] or boundary[2]}"'
