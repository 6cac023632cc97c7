"""Customers and orders as the order system knows them, with the rules that need nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lkc.feed import DocumentLine, OrderDocument, Person
from lkc.world.database import Base


class Status(StrEnum):
    """How far an order has come."""

    BOOKED = "booked"
    SUBMITTED = "submitted"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class Customer(Base):
    """A customer by its number (ICN); a company may hold several (documented: swg21502550)."""

    __tablename__ = "ordering_customer"

    icn: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    country: Mapped[str]


class Order(Base):
    """An order; the delivery systems learn of it, and of every change, only when it is submitted.

    Attributes:
        ocn: control number of the order, with which and a password one signs in.
        order_date: text as it came.
        handed_to: ids of the systems that have been handed the order, separated by blanks.
        import_key: by which a repeated import recognises what it has imported already.
        password_hash: the OCN's password once it has been reset; None while the first one holds.
    """

    __tablename__ = "ordering_order"

    order_number: Mapped[str] = mapped_column(primary_key=True)
    ocn: Mapped[str] = mapped_column(unique=True)
    icn: Mapped[str] = mapped_column(ForeignKey("ordering_customer.icn"), index=True)
    customer_name: Mapped[str]
    purchase_order: Mapped[str] = mapped_column(index=True)
    order_date: Mapped[str]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    status: Mapped[str] = mapped_column(default=Status.BOOKED.value)
    handed_to: Mapped[str] = mapped_column(default="")
    import_key: Mapped[str | None] = mapped_column(default=None, unique=True)
    password_hash: Mapped[str | None] = mapped_column(default=None)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled and refunded."""
        return self.status == Status.CANCELLED


class EndUser(Base):
    """A registered end user of an order: who may generate its licenses."""

    __tablename__ = "ordering_end_user"

    order_number: Mapped[str] = mapped_column(ForeignKey("ordering_order.order_number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    email: Mapped[str]


class Line(Base):
    """A line of an order. Its dates are text, kept letter by letter; nobody reads them before Generate."""

    __tablename__ = "ordering_line"

    order_number: Mapped[str] = mapped_column(ForeignKey("ordering_order.order_number"), primary_key=True)
    line_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_number: Mapped[str]
    product: Mapped[str]
    delivery: Mapped[str]
    quantity: Mapped[int]
    serial_number: Mapped[str | None]
    start_date: Mapped[str | None]
    expiration_date: Mapped[str]
    license_expiration_date: Mapped[str]


@dataclass(slots=True)
class BookedOrder:
    """An order with everything that belongs to it."""

    order: Order
    end_users: list[EndUser]
    lines: list[Line]

    def document(self) -> OrderDocument:
        """The order document as it would be handed over now."""
        order = self.order
        return OrderDocument(
            order_number=order.order_number,
            ocn=order.ocn,
            icn=order.icn,
            customer_name=order.customer_name,
            purchase_order=order.purchase_order,
            order_date=order.order_date,
            contact=Person(order.contact_name, order.contact_email),
            registered_end_users=tuple(Person(user.name, user.email) for user in self.end_users),
            lines=tuple(
                DocumentLine(
                    line_number=line.line_number,
                    part_number=line.part_number,
                    product=line.product,
                    delivery=line.delivery,
                    quantity=line.quantity,
                    serial_number=line.serial_number,
                    start_date=line.start_date,
                    expiration_date=line.expiration_date,
                    license_expiration_date=line.license_expiration_date,
                )
                for line in self.lines
            ),
            cancelled=order.is_cancelled,
        )
