"""The content security policy of the settings, with the import map's hash; and who may take our
answers into theirs: nobody."""

from functools import cache

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from riverain.web.ui import importmap


class ContentPolicyMiddleware(MiddlewareMixin):
    """One policy for every answer: no view has another, so it is written once a process.

    Pages may run the one inline script of ours. Its hash is known once static files are gathered,
    so that answers which are no pages (health, programs) do not wait for them.
    """

    def process_response(
        self, _request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        page = response.get("Content-Type", "").startswith("text/html")
        response.headers.setdefault(HEADER, _policy(page=page))
        # Cookies go along with requests of the town's other sites (`SameSite` is about domains): a
        # page there could learn from a picture's size what its reader may open here.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


@cache
def _policy(*, page: bool) -> str:
    return str(build_policy(update={"script-src": [importmap.digest()]} if page else None))
