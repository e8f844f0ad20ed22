"""No address without a word on who may open it: the product does not start with one."""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from riverain.web.ui.access import Access


def check() -> None:
    """Loads every address. Raises ImproperlyConfigured naming those whose view declares no
    `access` (web/ui/access.py)."""
    silent = [
        address
        for address, pattern in _addresses(get_resolver())
        if not isinstance(getattr(pattern.callback, "access", None), Access)
    ]
    if silent:
        raise ImproperlyConfigured(f"These views do not say who may open them: {silent}")


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        address = f"{before}{part.pattern}"
        if isinstance(part, URLPattern):
            yield address, part
        else:
            yield from _addresses(part, address)
