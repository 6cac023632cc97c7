"""Which service requests a caller sees: by the access level of his registrations."""

from __future__ import annotations

from sqlalchemy import Select, and_, or_, select

from lkc.support.models import Level, Registration, ServiceRequest
from lkc.support.refusals import UnknownServiceRequest
from lkc.support.sign_in import Caller
from lkc.world.session import WorldSession


def visible_to(caller: Caller) -> Select[ServiceRequest]:
    """All requests that a caller sees.

    The staff see every one; level basic shows one's own, full and admin also those of coworkers under the same
    customer number (documented: SR help). With the registration the sight of its requests ends.
    """
    query = select(ServiceRequest)
    if caller.email is None:
        return query
    registered = select(Registration.icn).where(Registration.email == caller.email)
    of_coworkers = registered.where(Registration.level.in_([Level.FULL.value, Level.ADMIN.value]))
    own = and_(ServiceRequest.opened_by == caller.email, ServiceRequest.icn.in_(registered))
    return query.where(or_(own, ServiceRequest.icn.in_(of_coworkers)))


def visible_request(world: WorldSession, caller: Caller, pmr_number: str) -> ServiceRequest:
    """A request that the caller sees. Raises UnknownServiceRequest."""
    found = world.orm.scalar(visible_to(caller).where(ServiceRequest.pmr_number == pmr_number))
    if found is None:
        raise UnknownServiceRequest(f"You see no service request {pmr_number!r}.", pmr_number=pmr_number)
    return found
