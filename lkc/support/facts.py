"""What the support desk can state about a customer number, a request and an address."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from lkc.support.models import Level, ServiceRequest
from lkc.support.registrations import find_level
from lkc.world.models import Event
from lkc.world.session import WorldSession
from lkc.world.timeline import latest_event


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFact:
    """A service request: where it is, and what would speed it up.

    Attributes:
        queue: `licensing` or `general`.
        status: `open` or `closed`.
        missing: names of what was not given.
    """

    pmr_number: str
    queue: str
    missing: tuple[str, ...]
    status: str
    opened_by: str
    icn: str
    summary: str


def requests_by(world: WorldSession, email: str) -> tuple[RequestFact, ...]:
    """The requests that an address has opened, in order."""
    query = select(ServiceRequest).where(ServiceRequest.opened_by == email.lower()).order_by(ServiceRequest.position)
    return tuple(_fact(request) for request in world.orm.scalars(query))


def level_of(world: WorldSession, email: str, icn: str) -> Level | None:
    """The access level of an address, in whatever letter case, for a customer number; None where it has none."""
    return find_level(world, email.lower(), icn)


def refused_opening(world: WorldSession, email: str) -> Event | None:
    """The event of a request that was refused to an address, where it has opened none since."""
    event = latest_event(world, "service-request-refused", "service-request-opened", email=email.lower())
    return event if event is not None and event.kind == "service-request-refused" else None


def _fact(request: ServiceRequest) -> RequestFact:
    return RequestFact(
        pmr_number=request.pmr_number,
        queue=request.queue,
        missing=request.missing,
        status=request.status,
        opened_by=request.opened_by,
        icn=request.icn,
        summary=request.summary,
    )
