"""What a caller may see: the union of his accounts, and not one thing more (Q12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import Select, bindparam, select

from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import Account, License, Member, ReceivedOrder, Role
from lkc.keycenter.refusals import AdministratorsOnly, NotVisible
from lkc.keycenter.sign_in import Caller
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

Columns = TypeVarTuple("Columns")

LICENSE_COLUMNS = (
    License.license_id,
    License.order_number,
    License.line_number,
    License.account_id,
    License.part_number,
    License.product,
    License.quantity,
    License.serial_number,
    License.start_date,
    License.expiration_date,
    License.license_expiration_date,
    License.status,
)
_LICENSE = Prepared(lambda: select(*LICENSE_COLUMNS).where(License.license_id == bindparam("license_id")))
_LICENSE_OF_MEMBER = Prepared(
    lambda: (
        select(*LICENSE_COLUMNS)
        .join(Member, Member.account_id == License.account_id)
        .where(License.license_id == bindparam("license_id"), Member.email == bindparam("email"))
    )
)


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """An account as a caller sees it; `role` is None for the vendor's staff."""

    account: Account
    role: str | None


def visible_license_row(world: WorldSession, caller: Caller, license_id: str) -> tuple[Any, ...]:
    """The columns of a license that the caller may see. Raises NotVisible."""
    if caller.is_producer:
        row = world.row(_LICENSE, license_id=license_id)
    else:
        row = world.row(_LICENSE_OF_MEMBER, license_id=license_id, email=caller.email)
    if row is None:
        raise NotVisible
    return row


def visible_license(world: WorldSession, caller: Caller, license_id: str) -> License:
    """A license that the caller may see. Raises NotVisible."""
    visible_license_row(world, caller, license_id)
    return world.orm.get_one(License, license_id)


def visible_accounts(world: WorldSession, caller: Caller, after: str | None, limit: int) -> list[SeenAccount]:
    """The caller's accounts by number, those after a given one, at most so many."""
    if caller.is_producer:
        every = _page(select(Account), after, limit)
        return [SeenAccount(account, None) for account in world.orm.scalars(every)]
    query = select(Account, Member.role).join(Member, Member.account_id == Account.account_id)
    own = _page(query.where(Member.email == caller.email), after, limit)
    return [SeenAccount(account, role) for account, role in world.orm.execute(own)]


def visible_account(world: WorldSession, caller: Caller, account_id: str) -> str | None:
    """The caller's role on an account he may see; None for the vendor's staff. Raises NotVisible."""
    if caller.is_producer:
        if world.orm.get(Account, account_id) is None:
            raise NotVisible
        return None
    member = world.orm.get(Member, (account_id, caller.email))
    if member is None:
        raise NotVisible
    return member.role


def seen_account(world: WorldSession, caller: Caller, account_id: str) -> SeenAccount:
    """An account that the caller may see. Raises NotVisible."""
    role = visible_account(world, caller, account_id)
    return SeenAccount(world.orm.get_one(Account, account_id), role)


def administrable_account(world: WorldSession, caller: Caller, account_id: str) -> None:
    """Lets only administrators of the account and the vendor's staff pass. Raises NotVisible or AdministratorsOnly."""
    if visible_account(world, caller, account_id) == Role.MEMBER:
        raise AdministratorsOnly(f"You are no administrator of account {account_id}.", account_id=account_id)


def administrated_account(world: WorldSession, caller: Caller, account_id: str, wanted: str, email: str) -> None:
    """Lets only administrators of the account and the vendor's staff pass.

    Raises NotVisible, or AdministratorsOnly, which the timeline remembers with what was wanted.

    Args:
        world: a session that writes.
        caller: who asks.
        account_id: the account whose members are to be changed.
        wanted: kind of the event that the change would be, e.g. `member-added`.
        email: whom the change is about.
    """
    try:
        administrable_account(world, caller, account_id)
    except AdministratorsOnly:
        world.record(
            SYSTEM,
            "members-refused",
            f"{caller.email} may not change the members of account {account_id}.",
            email=caller.email,
            account_id=account_id,
            wanted=wanted,
            member=email.lower(),
        )
        raise


def visible_orders(world: WorldSession, caller: Caller, after: str | None, limit: int) -> list[ReceivedOrder]:
    """The caller's orders by number, those after a given one, at most so many."""
    query = restricted(select(ReceivedOrder), caller).order_by(ReceivedOrder.order_number).limit(limit)
    if after is not None:
        query = query.where(ReceivedOrder.order_number > after)
    return list(world.orm.scalars(query))


def visible_order(world: WorldSession, caller: Caller, order_number: str) -> ReceivedOrder:
    """An order that the caller may see. Raises NotVisible."""
    query = restricted(select(ReceivedOrder), caller).where(ReceivedOrder.order_number == order_number)
    order = world.orm.scalar(query)
    if order is None:
        raise NotVisible
    return order


def license_rows(world: WorldSession, order_number: str) -> list[Any]:
    """The columns of the licenses of an order, by line."""
    query = select(*LICENSE_COLUMNS).where(License.order_number == order_number).order_by(License.line_number)
    return list(world.orm.execute(query))


def restricted(query: Select[*Columns], caller: Caller) -> Select[*Columns]:
    """A query of orders, cut to those that the caller may see."""
    if caller.is_producer:
        return query
    return query.join(Member, Member.account_id == ReceivedOrder.account_id).where(Member.email == caller.email)


def _page(query: Select[*Columns], after: str | None, limit: int) -> Select[*Columns]:
    """A query of accounts, cut to a page of them by number."""
    if after is not None:
        query = query.where(Account.account_id > after)
    return query.order_by(Account.account_id).limit(limit)
