"""Where on the network an address leads, so that a service can't send us inside ours."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from cablegraph.errors import ServiceError

Address = IPv4Address | IPv6Address

#: Networks of IPv6 that carry an IPv4 address in their last bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REMEDY = "give an address that begins with http:// or https://"


def resolve(url: str, *, inside: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the network addresses of a URL, all of them checked.

    Shape: *inside* has the kinds of addresses, besides public ones, that are allowed.
    Raises:
        ServiceError: if it is no http or https URL, its host has no address, or one of the
            addresses is of a kind that is not allowed.
    """
    found = _look_up(url)
    for address in found:
        kind = find_kind(address)
        if kind != "public" and kind not in inside:
            raise ServiceError(
                f"leads to {address}, a {kind} address",
                where=url[:200],
                remedy="give the address of the service itself if it is to be trusted",
            )
    return tuple(str(address) for address in found)


def find_kinds(url: str) -> frozenset[str]:
    """Return the kinds of the addresses of a URL."""
    return frozenset(map(find_kind, _look_up(url)))


def find_kind(address: Address) -> str:
    """Say what kind of network an address is in.

    >>> find_kind(ipaddress.ip_address("::ffff:127.0.0.1"))
    'loopback'
    >>> find_kind(ipaddress.ip_address("169.254.169.254"))
    'link-local'
    """
    address = _unwrap(address)
    if address.is_loopback or address.is_unspecified:
        return "loopback"
    if address.is_link_local:
        return "link-local"
    if address.is_multicast or not address.is_global:
        return "private"
    return "public"


def _unwrap(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _look_up(url: str) -> list[Address]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as cause:
        raise ServiceError("is no address", where=url[:200], remedy=_REMEDY) from cause
    if parts.scheme not in ("http", "https") or not host:
        raise ServiceError("is no address of the web", where=url[:200], remedy=_REMEDY)
    try:
        rows = socket.getaddrinfo(host, port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as cause:
        raise ServiceError(
            f"the host {host[:60]!r} is not found",
            where=url[:200],
            remedy="see to name and network",
        ) from cause
    hosts = dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows)
    return [ipaddress.ip_address(host) for host in hosts]
