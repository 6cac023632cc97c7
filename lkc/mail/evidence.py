"""What speaks for and against a mail's sender: what somebody looks at who asks whether it is genuine (Q6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lkc.mail.mailboxes import Mail
from lkc.mail.senders import address_of, domain_of, domains

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a mail.

    Attributes:
        inside: whether it leads into the mail's own world.
        host: what stands between the slashes.
    """

    url: str
    inside: bool
    host: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can be seen of a mail's origin.

    Attributes:
        domain: of the sender's address; empty where it has none.
        ours: whether a system of this world writes from this domain.
        links: where the mail leads.
    """

    domain: str
    ours: bool
    links: list[Link]


def evidence(mail: Mail, base_url: str) -> Evidence:
    """What can be seen of a mail's origin, in the world at this address."""
    domain = domain_of(address_of(mail.sender))
    return Evidence(domain, domain in domains(), [link(url, base_url) for url in mail.links])


def link(url: str, base_url: str) -> Link:
    """Where an address leads, seen from the world at `base_url`."""
    try:
        host = urlsplit(url).netloc
    except ValueError:
        host = ""
    return Link(url, f"{url}/".startswith(f"{base_url}/"), host)


def pieces(text: str, base_url: str) -> list[str | Link]:
    """A text, cut where an address begins and where it ends."""
    found: list[str | Link] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        url = match[0].rstrip(".,;:!?")
        found += [text[end : match.start()], link(url, base_url)]
        end = match.start() + len(url)
    return [*found, text[end:]]
