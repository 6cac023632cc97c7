"""Which host names a request may come with: those that lead here by our own doing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lkc.world.selection import HOST_SUFFIX

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
    import ipaddress  # noqa: PLC0415 - 4 ms that the usual start need not pay

    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
