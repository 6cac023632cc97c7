"""What the pages call things: kinds, states, and remedies without the paths of the interface."""

from __future__ import annotations

import re

from onetrust.products.kinds import Kind
from onetrust.products.licenses import State

KINDS = {
    Kind.SITEPROTECTOR: "SiteProtector",
    Kind.MX_APPLIANCE: "M or MX appliance",
    Kind.NETWORK_IPS: "Network IPS",
    Kind.HOST_PROTECTION: "Host protection",
}
# How each state is called, and whether it is good, bad or worth a look.
STATES = {
    State.RUNNING: ("running", "good"),
    State.SERVICE_ENDED: ("S&S ended", "bad"),
    State.LICENSE_ENDED: ("license ended", "bad"),
    State.NOT_READ: ("not read yet", "wait"),
    State.HIDDEN: ("hidden", "wait"),
    State.IGNORED: ("not used here", "plain"),
}
_CALL = re.compile(r" \((?:GET|POST|PUT|DELETE) [^)]*\)")
_READ = re.compile(r"\bGET ([a-z][^:;.]*)")


def plainly(text: str) -> str:
    """A sentence as people at the site read it: without the calls that it names for programs."""
    return _READ.sub(r"Look at \1", _CALL.sub("", text))
