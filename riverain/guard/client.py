"""Which client a request comes from, as far as it cannot be forged."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

# What a request without a readable peer (a local socket) counts as: one client for all.
UNKNOWN: Final = "0.0.0.0"  # noqa: S104 - a value to count by, nothing listens there
# No chain of proxies is longer; what stands further left is the client's own writing.
MOST_HOPS: Final = 16


def address(request: HttpRequest) -> str:
    """The client's address: "203.0.113.7", or its network "2001:db8:1:2::/64".

    One subscriber holds a whole IPv6 /64 and may take a new address for each request, so that the
    /64 is what limits count by. X-Forwarded-For is read only when the peer is one of
    TRUSTED_PROXIES, from the right, up to the first hop that is not. Ports, brackets and zones
    are dropped, so that none of them makes a second client. An unreadable hop ends the reading:
    the last proxy we know answers for it. Never raises.
    """
    meta = request.META
    return counted(
        str(meta.get("REMOTE_ADDR", "")),
        str(meta.get("HTTP_X_FORWARDED_FOR", "")),
        settings.TRUSTED_PROXIES,
    )


def counted(peer: str, forwarded: str, trusted: Sequence[IPv4Network | IPv6Network]) -> str:
    """As `address`, from the peer's address and the X-Forwarded-For header (joined by commas when
    it came several times)."""
    hop = _parsed(peer)
    if hop is None:
        return UNKNOWN
    for text in reversed(forwarded.rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
        if not any(hop in network for network in trusted):
            break
        earlier = _parsed(text)
        if earlier is None:
            break
        hop = earlier
    return _canonical(hop)


def canonical(text: str) -> str | None:
    """The form in which we count and block the client that `text` names (an address in any form,
    or a /64 as `address` gives it); None when it names none."""
    parsed = _parsed(text.removesuffix("/64"))
    return None if parsed is None else _canonical(parsed)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """The address in one hop, in any form that proxies write: with a port, in brackets, quoted,
    with a zone, IPv4 inside IPv6."""
    plain = text.strip().strip('"')
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:  # IPv4 and a port
        plain = plain.partition(":")[0]
    try:
        parsed = ip_address(plain)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return parsed.ipv4_mapped
    return parsed


def _canonical(hop: IPv4Address | IPv6Address) -> str:
    if isinstance(hop, IPv4Address):
        return str(hop)
    return str(IPv6Network((hop, 64), strict=False))
