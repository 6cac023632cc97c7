"""Service requests: opened, completed, moved, closed and reopened; each is the PMR of the same number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from lkc.support.models import SYSTEM, Note, Queue, ServiceRequest, Status, queue_for
from lkc.support.refusals import ClosedTooLong, IcnMissing, NotRegistered, ServiceRequestClosed, StaffOnly
from lkc.support.registrations import find_level
from lkc.support.sign_in import Caller
from lkc.support.visibility import visible_request, visible_to
from lkc.world.refusals import Refused
from lkc.world.session import WorldSession


def open_request(world: WorldSession, email: str, wanted: Mapping[str, Any]) -> ServiceRequest:
    """Opens a service request for an IBM ID, which makes a PMR (documented: swg21512186).

    Args:
        world: where.
        email: of the IBM ID.
        wanted: what the customer says, by column.

    Raises IcnMissing or NotRegistered, which the timeline remembers.
    """
    icn = wanted["icn"]
    refusal = _reason_against(world, email, icn)
    if refusal is not None:
        text = f"{email} could open no service request: {refusal.detail}"
        world.record(SYSTEM, "service-request-refused", text, email=email, icn=icn, code=refusal.code)
        raise refusal
    position = world.ids.next("service-request")
    number = _free_number(world)
    queue = queue_for(wanted["summary"])
    world.insert(
        ServiceRequest,
        **{**wanted, "position": position, "pmr_number": number, "queue": queue.value},
        opened_by=email,
        opened_at=world.clock.stamp(),
    )
    text = f"{email} opened service request (PMR) {number}; it is in the queue {queue.value}."
    world.record(SYSTEM, "service-request-opened", text, pmr_number=number, email=email, icn=icn)
    return world.orm.get_one(ServiceRequest, position)


def list_requests(
    world: WorldSession, caller: Caller, filters: Mapping[str, Any], after: str | None, limit: int
) -> list[ServiceRequest]:
    """Requests that the caller sees, in the order in which they were opened, at most so many.

    Args:
        world: where to look.
        caller: who looks.
        filters: wanted values by column: `icn`, `queue`, `status`.
        after: number of the request after which to begin.
        limit: at most so many.
    """
    query = visible_to(caller).filter_by(**filters).order_by(ServiceRequest.position).limit(limit)
    if after is not None:
        place = select(ServiceRequest.position).where(ServiceRequest.pmr_number == after).scalar_subquery()
        query = query.where(ServiceRequest.position > place)
    return list(world.orm.scalars(query))


def change(world: WorldSession, caller: Caller, pmr_number: str, changes: Mapping[str, Any]) -> ServiceRequest:
    """Completes, moves, closes or reopens a request.

    Args:
        world: where.
        caller: who wants it.
        pmr_number: which request.
        changes: new values by column; a closed request takes none unless `status` opens it with them.

    Raises UnknownServiceRequest, StaffOnly, ClosedTooLong or ServiceRequestClosed.
    """
    request = visible_request(world, caller, pmr_number)
    wanted = dict(changes)
    status = wanted.pop("status", None)
    if "queue" in wanted and caller.email is not None:
        raise StaffOnly("Only the vendor's staff move a request to another queue.", pmr_number=pmr_number)
    if status is Status.OPEN and request.is_closed:
        _reopen(world, caller, request)
    if wanted:
        _change_values(world, caller, request, wanted)
    if status is Status.CLOSED and not request.is_closed:
        request.status, request.closed_at = Status.CLOSED.value, world.clock.micros()
        _record(world, caller, request, "closed")
    return request


def add_note(world: WorldSession, caller: Caller, pmr_number: str, text: str) -> Note:
    """Writes a note on an open request. Raises UnknownServiceRequest or ServiceRequestClosed."""
    request = visible_request(world, caller, pmr_number)
    _check_open(request)
    last = world.orm.scalar(select(func.max(Note.number)).where(Note.position == request.position))
    key = {"position": request.position, "number": (last or 0) + 1}
    world.insert(Note, **key, author=caller.name, written_at=world.clock.stamp(), text=text)
    said = f"{caller.name} wrote a note on service request {pmr_number}."
    world.record(SYSTEM, "note-added", said, pmr_number=pmr_number, author=caller.name)
    return world.orm.get_one(Note, key)


def notes_of(world: WorldSession, request: ServiceRequest) -> list[Note]:
    """The notes on a request, oldest first."""
    return list(world.orm.scalars(select(Note).where(Note.position == request.position).order_by(Note.number)))


def _reason_against(world: WorldSession, email: str, icn: str | None) -> Refused | None:
    if icn is None:
        return IcnMissing("A service request needs the customer number (ICN) whose account is to be looked into.")
    if find_level(world, email, icn) is None:
        return NotRegistered(f"{email} is not registered for support of customer number {icn}.", icn=icn)
    return None


def _free_number(world: WorldSession) -> str:
    """The next PMR number: digits by 5, 3 and 3, as in an example in the wild; none comes twice."""
    digits = world.ids.scattered("pmr", 11)
    return f"{digits[:5]},{digits[5:8]},{digits[8:]}"


def _reopen(world: WorldSession, caller: Caller, request: ServiceRequest) -> None:
    """Opens a request that was closed recently. Raises ClosedTooLong."""
    if not request.can_be_reopened(world.clock.micros()):
        raise ClosedTooLong(
            f"Service request {request.pmr_number} was closed too long ago.", pmr_number=request.pmr_number
        )
    request.status, request.closed_at = Status.OPEN.value, None
    _record(world, caller, request, "reopened")


def _change_values(world: WorldSession, caller: Caller, request: ServiceRequest, wanted: dict[str, Any]) -> None:
    _check_open(request)
    if "queue" in wanted:
        wanted["queue"] = Queue(wanted["queue"]).value
    changed = {name: value for name, value in wanted.items() if getattr(request, name) != value}
    for name, value in changed.items():
        setattr(request, name, value)
    if changed:
        _record(world, caller, request, "changed", fields=sorted(changed))


def _check_open(request: ServiceRequest) -> None:
    if request.is_closed:
        raise ServiceRequestClosed(f"Service request {request.pmr_number} is closed.", pmr_number=request.pmr_number)


def _record(world: WorldSession, caller: Caller, request: ServiceRequest, what: str, **more: Any) -> None:
    text = f"{caller.name}: service request {request.pmr_number} {what}."
    world.record(SYSTEM, f"service-request-{what}", text, pmr_number=request.pmr_number, by=caller.name, **more)
