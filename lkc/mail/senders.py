"""The addresses our systems write from, and the domains that sign for them."""

from __future__ import annotations

from email.utils import getaddresses
from functools import lru_cache
from typing import NewType

Sender = NewType("Sender", str)

_senders: set[str] = set()
_domains: set[str] = set()


def sender(address: str) -> Sender:
    """An address of one of our systems; from now on its domain has a key in every world."""
    _senders.add(address.lower())
    _domains.add(domain_of(address))
    return Sender(address)


def domain_of(address: str) -> str:
    """The part behind the last `@`, in lower case; empty where there is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


@lru_cache(1024)
def address_of(sender: str) -> str:
    """The (first) address in a From field, in lower case; the whole field where it holds none."""
    found = next((address for _, address in getaddresses([sender]) if address), sender)
    return found.strip().lower()


def senders() -> frozenset[str]:
    """The addresses of our systems, in lower case."""
    return frozenset(_senders)


def domains() -> list[str]:
    """The domains of our systems, in order."""
    return sorted(_domains)
