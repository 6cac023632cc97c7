"""Customers of the vendor, by their numbers (ICN)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from lkc.ordering.models import SYSTEM, CustomerRow
from lkc.ordering.refusals import CustomerExists, UnknownCustomer
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

_CUSTOMER = Prepared(
    lambda: select(CustomerRow.icn, CustomerRow.name, CustomerRow.country).where(CustomerRow.icn == bindparam("icn")),
    kept_only=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer; a company may hold several ICNs (documented: swg21502550).

    Attributes:
        icn: IBM customer number; leading zeros count.
        country: ISO 3166 alpha-2.
    """

    icn: str
    name: str
    country: str


def find_customer(world: WorldSession, icn: str) -> Customer | None:
    """The customer with this ICN."""
    known: Customer | None = world.remembered.get(("customer", icn))
    if known is None and (row := world.row(_CUSTOMER, icn=icn)) is not None:
        known = world.remembered["customer", icn] = Customer(icn=row[0], name=row[1], country=row[2])
    return known


def get_customer(world: WorldSession, icn: str) -> Customer:
    """The customer with this ICN. Raises UnknownCustomer."""
    customer = find_customer(world, icn)
    if customer is None:
        raise UnknownCustomer(f"No customer has the ICN {icn!r}.", icn=icn)
    return customer


def list_customers(world: WorldSession, after: str | None, limit: int) -> list[Customer]:
    """Customers by ICN, those after a given one, at most so many."""
    query = select(CustomerRow).order_by(CustomerRow.icn).limit(limit)
    if after is not None:
        query = query.where(CustomerRow.icn > after)
    return [Customer(icn=row.icn, name=row.name, country=row.country) for row in world.orm.scalars(query)]


def create_customer(world: WorldSession, customer: Customer) -> None:
    """Takes a customer in. Raises CustomerExists."""
    if find_customer(world, customer.icn) is not None:
        raise CustomerExists(f"A customer with the ICN {customer.icn!r} exists already.", icn=customer.icn)
    world.insert(CustomerRow, icn=customer.icn, name=customer.name, country=customer.country)
    world.remembered["customer", customer.icn] = customer
    world.record(SYSTEM, "customer-created", f"{customer.name} is customer {customer.icn}.", icn=customer.icn)
