"""Where a form leads once it did its work."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to: str, *args: Any) -> HttpResponseRedirect:
    """303: the browser asks for the next page with GET, and a reload sends nothing again.
    `to` is an address or the name of one, with its arguments."""
    return HttpResponseRedirect(resolve_url(to, *args), status=HTTPStatus.SEE_OTHER)
