"""Where a form was sent from, as browsers say it and pages cannot forge."""

from django.http import HttpRequest


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site sent it. A program that says nothing carries nobody's rights;
    `Origin: null` is what our own pages without referrer send."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    # Taken apart by hand: reading it as an address would raise for some that are none.
    return origin != "null" and origin.partition("://")[2] != request.get_host()
