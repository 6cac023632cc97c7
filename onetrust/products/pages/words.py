"""What the pages call kinds of installations and states of licenses."""

from __future__ import annotations

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
