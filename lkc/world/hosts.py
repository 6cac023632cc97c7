"""Which host names a request may come with: those that lead here by our own doing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lkc.world.selection import HOST_SUFFIX

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

LOCAL = frozenset({"localhost", "127.0.0.1"})

_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?\Z")


@dataclass(frozen=True)
class Hosts:
    """The hosts that a simulator serves, beside `*.localhost`.

    A name that leads here by somebody else's doing is none of them: a web page could have had its own name point to
    this machine, and would then be let in by the browser (DNS rebinding).

    Attributes:
        names: names and addresses, in small letters; IPv6 addresses in brackets.
        any_address: every IP address is served as well. Nobody can have an address point elsewhere.
    """

    names: frozenset[str]
    any_address: bool = False

    def cover(self, header: str) -> bool:
        """Whether a request with this Host header is for us; one without is."""
        if not header:
            return True
        match = _HOST.match(header.lower())
        if match is None:
            return False
        host: str = match[1]
        return host in self.names or host.endswith(HOST_SUFFIX) or (self.any_address and _is_address(host))


@lru_cache(maxsize=64)
def _is_address(host: str) -> bool:
    return _address(host.strip("[]")) is not None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host in LOCAL or host.endswith(HOST_SUFFIX):
        return True
    address = _address(host)
    return address is not None and address.is_loopback


def is_wildcard(host: str) -> bool:
    """Whether who listens there listens on every address of the machine."""
    if host in LOCAL:
        return False
    address = _address(host)
    return address is not None and address.is_unspecified


def _address(host: str) -> IPv4Address | IPv6Address | None:
    import ipaddress  # noqa: PLC0415 - 4 ms that the usual start need not pay

    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
