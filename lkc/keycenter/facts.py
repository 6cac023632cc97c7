"""What the key center can state: accounts with their members, orders as received, licenses and what bars them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select

from lkc.feed import Person
from lkc.keycenter.generation import reasons_against
from lkc.keycenter.membership import members_of
from lkc.keycenter.models import Account, Enrolment, Key, License, Member, PasswordLink, ReceivedOrder
from lkc.world.session import WorldSession

MOST_ORDERS, MOST_MEMBERS = 200, 1000


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account and who is on it: role and name by address."""

    account_id: str
    icn: str
    name: str
    roles: dict[str, str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReceivedFacts:
    """An order as it was last received.

    Attributes:
        submission: number of the submission by which it came.
        enrolled: whom it names as registered end users.
    """

    order_number: str
    account_id: str
    cancelled: bool
    submission: int
    received_at: str
    enrolled: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class LicenseFacts:
    """A license, the key that was generated for what it says now, and every reason why none can be.

    Attributes:
        service_end: ISO date of the end of the service contract, or None where its text means no day.
        product_end: ISO date of the end of the product, or None where it is permanent or means no day.
    """

    license_id: str
    order_number: str
    line_number: int
    account_id: str
    product: str
    quantity: int
    expiration_date: str
    license_expiration_date: str
    service_end: str | None
    product_end: str | None
    is_permanent: bool
    key_id: int | None
    reasons: tuple[dict[str, Any], ...]


def find_account(world: WorldSession, account_id: str) -> AccountFacts | None:
    """An account with its members, or None."""
    account = world.orm.get(Account, account_id)
    return None if account is None else _account_facts(world, account)


def accounts_of(world: WorldSession, email: str) -> list[AccountFacts]:
    """The accounts on which somebody is, by number."""
    query = select(Account).join(Member, Member.account_id == Account.account_id).where(Member.email == email)
    return [_account_facts(world, found) for found in world.orm.scalars(query.order_by(Account.account_id))]


def accounts_like(world: WorldSession, account: AccountFacts, domain: str, at_most: int) -> list[AccountFacts]:
    """Other accounts of the same customer, by number (Q12).

    Such have its customer number, or its name and a member with an address of this mail domain: the name alone may
    be that of two companies.
    """
    colleague = exists().where(
        Member.account_id == Account.account_id, Member.email.endswith(f"@{domain}", autoescape=True)
    )
    by_name = select(Account).where(Account.name == account.name, Account.icn != account.icn, colleague)
    by_number = select(Account).where(Account.icn == account.icn, Account.name != account.name)
    found = [
        one
        for query in (by_number, by_name)
        for one in world.orm.scalars(query.order_by(Account.account_id).limit(at_most))
    ]
    nearest = sorted(found, key=lambda one: one.account_id)[:at_most]
    return [_account_facts(world, one) for one in nearest]


def find_received(world: WorldSession, order_number: str) -> ReceivedFacts | None:
    """An order as it was last received, or None."""
    return received_by_number(world, [order_number]).get(order_number)


def received_by_number(world: WorldSession, order_numbers: Sequence[str]) -> dict[str, ReceivedFacts]:
    """Orders as they were last received, by their numbers; those that never came are left out."""
    people: dict[str, list[Person]] = {}
    columns = (Enrolment.order_number, Enrolment.name, Enrolment.email)
    enrolled = select(*columns).where(Enrolment.order_number.in_(order_numbers)).order_by(Enrolment.email)
    for number, name, email in world.orm.execute(enrolled):
        people.setdefault(number, []).append(Person(name, email))
    orders = world.orm.scalars(select(ReceivedOrder).where(ReceivedOrder.order_number.in_(order_numbers)))
    return {
        order.order_number: ReceivedFacts(
            order.order_number,
            order.account_id,
            bool(order.cancelled),
            order.submission,
            order.received_at,
            tuple(people.get(order.order_number, [])),
        )
        for order in orders
    }


def orders_on(world: WorldSession, account_id: str) -> list[str]:
    """Numbers of the latest orders on an account, in order."""
    query = (
        select(ReceivedOrder.order_number)
        .where(ReceivedOrder.account_id == account_id)
        .order_by(ReceivedOrder.order_number.desc())
        .limit(MOST_ORDERS)
    )
    return sorted(world.orm.scalars(query))


def licenses_of(world: WorldSession, order_numbers: Sequence[str]) -> list[LicenseFacts]:
    """The licenses of some orders, by order and line."""
    query = select(License).where(License.order_number.in_(order_numbers))
    return _licenses(world, world.orm.scalars(query.order_by(License.order_number, License.line_number)).all())


def find_license(world: WorldSession, license_id: str) -> LicenseFacts | None:
    """A license, or None."""
    found = world.orm.get(License, license_id)
    return None if found is None else _licenses(world, [found])[0]


def links_expired(world: WorldSession, email: str) -> bool:
    """Whether somebody has links of the Password Finder on record and none of them holds any longer."""
    latest = world.orm.scalar(select(func.max(PasswordLink.expires_at)).where(PasswordLink.email == email))
    return latest is not None and latest <= world.clock.micros()


def _account_facts(world: WorldSession, account: Account) -> AccountFacts:
    members = members_of(world, account.account_id, None, MOST_MEMBERS)
    return AccountFacts(
        account.account_id,
        account.icn,
        account.name,
        {member.email: member.role for member in members},
        {member.email: member.name for member in members},
    )


def _licenses(world: WorldSession, licenses: Sequence[License]) -> list[LicenseFacts]:
    numbers = {one.order_number for one in licenses}
    orders = world.orm.scalars(select(ReceivedOrder).where(ReceivedOrder.order_number.in_(numbers)))
    by_number = {order.order_number: order for order in orders}
    keys = (
        select(Key.license_id, func.max(Key.key_id))
        .join(License, (License.license_id == Key.license_id) & (License.revision == Key.revision))
        .where(License.license_id.in_([one.license_id for one in licenses]))
        .group_by(Key.license_id)
    )
    newest = dict(world.orm.execute(keys).all())
    return [_license_facts(one, by_number[one.order_number], newest.get(one.license_id)) for one in licenses]


def _license_facts(found: License, order: ReceivedOrder, key_id: int | None) -> LicenseFacts:
    return LicenseFacts(
        license_id=found.license_id,
        order_number=found.order_number,
        line_number=found.line_number,
        account_id=found.account_id,
        product=found.product,
        quantity=found.quantity,
        expiration_date=found.expiration_date,
        license_expiration_date=found.license_expiration_date,
        service_end=found.expiration_day,
        product_end=found.license_expiration_day,
        is_permanent=found.is_permanent,
        key_id=key_id,
        reasons=tuple(reasons_against(found, order)),
    )
