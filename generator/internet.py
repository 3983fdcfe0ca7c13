"""Which machines are part of the public internet: others are nobody's business, and some give secrets away."""

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Stands for an IPv4 address in networks that have none (RFC 6052)."""

_INNER = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet", ".corp", ".home")
"""Ends of names that mean something else in every network (RFC 6761, RFC 6762, RFC 8375)."""


def is_public(machine: str) -> bool:
    """Tell whether an IP address is one of the public internet (IANA's special-purpose registries; RFC 6890)."""
    address: IPv4Address | IPv6Address = ip_address(machine)
    if isinstance(address, IPv6Address):
        translated = IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
        if address.is_site_local:  # given up (RFC 3879), and inner where somebody still has one
            return False
        address = address.ipv4_mapped or address.sixtofour or translated or address
    return address.is_global and not (address.is_multicast or address.is_reserved)


def is_loopback(host: str) -> bool:
    """Tell whether a host, by its name or IP address, is the machine that asks (RFC 1122, RFC 4291, RFC 6761)."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return f".{host.rstrip('.').lower()}".endswith(".localhost")


def is_inner_name(host: str) -> bool:
    """Tell by its name alone that a host is not public: where a proxy looks names up, nobody else can say more."""
    with suppress(OSError, UnicodeError):
        # However an IP address is written: 2130706433 and 127.1 are 127.0.0.1.
        found = socket.getaddrinfo(host.rstrip("."), None, flags=socket.AI_NUMERICHOST)
        return not all(is_public(str(place[0])) for *_, place in found)
    name = f".{host.rstrip('.').lower()}"
    return "." not in name[1:] or name.endswith(_INNER)
