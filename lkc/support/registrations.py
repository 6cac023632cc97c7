"""Registrations: who may open and see the service requests of a customer number, and who manages that."""

from __future__ import annotations

from sqlalchemy import Select, delete, or_, select

from lkc.support.models import SYSTEM, Level, Registration
from lkc.support.refusals import AccessLevelTooLow, UnknownRegistration
from lkc.support.sign_in import Caller
from lkc.world.session import WorldSession


def find_level(world: WorldSession, email: str, icn: str) -> Level | None:
    """The access level that an address has for a customer number; None where it is not registered."""
    query = select(Registration.level).where(Registration.email == email, Registration.icn == icn)
    level = world.orm.scalar(query)
    return None if level is None else Level(level)


def register(world: WorldSession, caller: Caller, email: str, icn: str, level: Level) -> tuple[Registration, bool]:
    """Registers an address for a customer number, or changes its level; and whether it is registered only now.

    The staff may, and administrators of that customer number (documented: SR help). Raises AccessLevelTooLow.
    """
    _check_manages(world, caller, icn)
    email = email.lower()
    known = world.orm.scalar(select(Registration).where(Registration.email == email, Registration.icn == icn))
    if known is not None:
        if known.level != level.value:
            known.level = level.value
            text = f"{email} now has the access level {level.value} for customer number {icn}."
            world.record(SYSTEM, "access-changed", text, email=email, icn=icn, by=caller.name)
        return known, False
    number = world.ids.next("support-registration")
    world.insert(Registration, registration_id=number, email=email, icn=icn, level=level.value)
    text = f"{email} is registered for customer number {icn} with the access level {level.value}."
    world.record(SYSTEM, "access-registered", text, email=email, icn=icn, by=caller.name)
    return world.orm.get_one(Registration, number), True


def remove(world: WorldSession, caller: Caller, registration_id: int) -> None:
    """Ends a registration. Raises UnknownRegistration, or AccessLevelTooLow where the caller only sees it."""
    found = world.orm.scalar(_visible_to(caller).where(Registration.registration_id == registration_id))
    if found is None:
        raise UnknownRegistration(f"You see no registration {registration_id}.", registration_id=registration_id)
    _check_manages(world, caller, found.icn)
    world.orm.execute(delete(Registration).where(Registration.registration_id == registration_id))
    text = f"{found.email} is no longer registered for customer number {found.icn}."
    world.record(SYSTEM, "access-removed", text, email=found.email, icn=found.icn, by=caller.name)


def list_registrations(world: WorldSession, caller: Caller, after: int | None, limit: int) -> list[Registration]:
    """Registrations in the order in which they were made: the caller's own, and those that he manages."""
    query = _visible_to(caller).order_by(Registration.registration_id).limit(limit)
    if after is not None:
        query = query.where(Registration.registration_id > after)
    return list(world.orm.scalars(query))


def _check_manages(world: WorldSession, caller: Caller, icn: str) -> None:
    """Lets the staff and the administrators of a customer number pass. Raises AccessLevelTooLow."""
    if caller.email is not None and find_level(world, caller.email, icn) is not Level.ADMIN:
        raise AccessLevelTooLow(f"{caller.email} does not manage access for customer number {icn}.", icn=icn)


def _visible_to(caller: Caller) -> Select[Registration]:
    query = select(Registration)
    if caller.email is None:
        return query
    managed = select(Registration.icn).where(
        Registration.email == caller.email, Registration.level == Level.ADMIN.value
    )
    return query.where(or_(Registration.email == caller.email, Registration.icn.in_(managed)))
