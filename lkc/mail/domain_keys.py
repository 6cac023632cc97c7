"""The DKIM keys of a world's domains, and the TXT records that publish them in its DNS (RFC 6376, RFC 8463)."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from lkc.mail.senders import domains
from lkc.world.keys import Signer, signer

# Stands in every signature, and says what it is worth.
SELECTOR = "simulated"


@dataclass(frozen=True, slots=True)
class DomainKey:
    """A public key as the DNS of the world has it.

    Attributes:
        domain: the domain that signs.
        selector: the key's name within the domain.
        record: the TXT record at `SELECTOR._domainkey.DOMAIN`.
    """

    domain: str
    selector: str
    record: str


def key_of(seed: int, domain: str) -> Signer:
    """The key with which a domain signs in every world of this seed."""
    return signer(seed, f"dkim:{domain}")


def published(seed: int) -> list[DomainKey]:
    """The keys of all domains of our systems, in the order of their names."""
    return [DomainKey(domain, SELECTOR, _record(key_of(seed, domain))) for domain in domains()]


def look_up(seed: int, name: str) -> str | None:
    """The TXT record of a name in the world's DNS, which knows nothing but these keys."""
    for key in published(seed):
        if name.rstrip(".").lower() == f"{key.selector}._domainkey.{key.domain}":
            return key.record
    return None


def _record(key: Signer) -> str:
    public = base64.b64encode(key.private.public_key().public_bytes_raw()).decode()
    return f"v=DKIM1; k=ed25519; p={public}"
