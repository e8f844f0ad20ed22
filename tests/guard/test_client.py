"""The client's address cannot be chosen by the client."""

from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from riverain.guard import client
from riverain.guard.client import MOST_HOPS, UNKNOWN, canonical, counted

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]
PROXY = "10.0.0.1"


def from_proxy(forwarded: str) -> str:
    return counted(PROXY, forwarded, PROXIES)


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", UNKNOWN),
        ("/run/web.sock", UNKNOWN),
    ],
)
def test_peer_without_proxy(peer, expected):
    assert counted(peer, "", []) == expected


def test_header_of_a_peer_that_is_no_proxy_is_not_read():
    assert counted("203.0.113.7", "198.51.100.1", PROXIES) == "203.0.113.7"
    assert counted("203.0.113.7", "198.51.100.1", []) == "203.0.113.7"


@pytest.mark.parametrize(
    "hop",
    [
        "198.51.100.1",
        "198.51.100.1:4711",
        " 198.51.100.1 ",
        '"198.51.100.1:4711"',
        "::ffff:198.51.100.1",
        "[::ffff:198.51.100.1]:4711",
        "[::FFFF:C633:6401]",
    ],
)
def test_one_client_written_in_several_ways_is_one(hop):
    """Signalen: the port in the client's identity passed the limit."""
    assert from_proxy(hop) == "198.51.100.1"


@pytest.mark.parametrize(
    "hop",
    [
        "2001:db8:1:2::7",
        "[2001:db8:1:2::8]",
        "[2001:db8:1:2::9]:443",
        "2001:DB8:1:2:ffff:ffff:ffff:ffff",
        "2001:0db8:0001:0002:0000:0000:0000:0001",
        "2001:db8:1:2::7%eth0",
        '"[2001:db8:1:2::9]:443"',
    ],
)
def test_one_subscriber_of_ipv6_is_one(hop):
    assert from_proxy(hop) == "2001:db8:1:2::/64"


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("10.9.9.9, 203.0.113.7", "203.0.113.7"),
        ("1.1.1.1,2.2.2.2,203.0.113.7,10.0.0.2,10.0.0.3", "203.0.113.7"),
        ("not an address, 203.0.113.7", "203.0.113.7"),
        (", , ,203.0.113.7", "203.0.113.7"),
        ("10.0.0.2", "10.0.0.2"),
        ("203.0.113.7, fd00::1", "203.0.113.7"),
    ],
)
def test_rightmost_hop_that_is_no_proxy_of_ours_counts(forwarded, expected):
    """What stands further left is what the client wrote itself."""
    assert from_proxy(forwarded) == expected


@pytest.mark.parametrize(
    "forwarded",
    [
        "",
        ",",
        "unknown",
        "_hidden",
        "203.0.113.7, garbage",
        "203.0.113.7,",
        "203.0.113.256",
        "203.0.113.07",
        "203.0.113",
        "1.2.3.4:5:6",
        "[2001:db8::1",
        "٢٠٣.0.113.7",
        "203.0.113.7; DROP TABLE",
        "<script>",
        "::ffff:300.1.1.1",
        "%",
        "[]",
        ":",
    ],
)
def test_garbage_next_to_the_proxy_falls_back_on_the_peer(forwarded):
    expected = {"[2001:db8::1": "2001:db8::/64"}.get(forwarded, PROXY)
    assert from_proxy(forwarded) == expected


def test_garbage_beyond_a_second_proxy_falls_back_on_that_proxy():
    assert from_proxy("garbage, 10.0.0.2") == "10.0.0.2"


def test_endless_chain_is_not_followed():
    chain = ",".join(["198.51.100.1"] + ["10.0.0.2"] * MOST_HOPS)
    assert from_proxy(chain) == "10.0.0.2"
    assert from_proxy(",".join(["198.51.100.1"] + ["10.0.0.2"] * (MOST_HOPS - 1))) == "198.51.100.1"


def test_proxy_reached_over_ipv6_is_known():
    assert counted("fd00::5", "203.0.113.7", PROXIES) == "203.0.113.7"
    assert counted("::ffff:10.0.0.1", "203.0.113.7", PROXIES) == "203.0.113.7"


def test_request_is_read_by_the_settings(settings):
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": "203.0.113.7"}, REMOTE_ADDR="10.0.0.1"
    )
    settings.TRUSTED_PROXIES = []
    assert client.address(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = PROXIES
    assert client.address(request) == "203.0.113.7"


@pytest.mark.parametrize("header", ["Forwarded", "X-Real-IP", "True-Client-IP", "Client-IP"])
def test_other_headers_are_never_read(settings, header):
    settings.TRUSTED_PROXIES = PROXIES
    value = "for=203.0.113.7" if header == "Forwarded" else "203.0.113.7"
    request = RequestFactory().get("/", headers={header: value}, REMOTE_ADDR="10.0.0.1")
    assert client.address(request) == "10.0.0.1"


HOPS = st.one_of(
    st.text(max_size=60),
    st.text('0123456789abcdef.:[]%, "', max_size=60),
    st.ip_addresses().map(str),
    st.ip_addresses(v=4).map(lambda hop: f"{hop}:8080"),
    st.ip_addresses(v=6).map(lambda hop: f"[{hop}]:8080"),
    st.just("10.0.0.9"),
)


@given(peer=HOPS, hops=st.lists(HOPS, max_size=30))
def test_whatever_comes_the_answer_is_canonical(peer, hops):
    answer = counted(peer, ",".join(hops), PROXIES)
    if "/" in answer:
        network = IPv6Network(answer)
        assert network.prefixlen == 64
        assert network.network_address.ipv4_mapped is None
        assert str(network) == answer
    else:
        assert isinstance(ip_address(answer), IPv4Address)
        assert str(ip_address(answer)) == answer
    assert canonical(answer) == answer


@given(written=st.lists(HOPS, max_size=20), real=st.ip_addresses(v=4).map(str))
def test_nothing_that_the_client_writes_changes_who_it_is(written, real):
    """The proxy appends the real address: every header before it is worth the same."""
    assert from_proxy(",".join([*written, real])) == from_proxy(real) or any(
        ip_address(real) in network for network in PROXIES
    )


@pytest.mark.parametrize("text", ["", "garbage", "203.0.113.7/64x", "2001:db8::/48", "::/64/64"])
def test_what_names_no_client_has_no_canonical_form(text):
    assert canonical(text) is None
