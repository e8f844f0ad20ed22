"""The content security policy of the settings, with the import map's hash."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

from riverain.web.ui import importmap


class ContentPolicyMiddleware(CSPMiddleware):  # type: ignore[misc]  # django-csp is untyped here
    """Allows the one inline script of our pages.

    Its hash is known once static files are gathered, so that answers which are no pages (health,
    programs) do not wait for them.
    """

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - django-csp's signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and response.get("Content-Type", "").startswith("text/html"):
            parts.update = {**(parts.update or {}), "script-src": [importmap.digest()]}
        return parts
