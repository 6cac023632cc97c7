"""Customers and orders as the order system knows them, with the rules that need nothing else."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lkc.feed import OrderDocument
from lkc.world.database import Base

SYSTEM = "ordering"


class Status(StrEnum):
    """How far an order has come."""

    BOOKED = "booked"
    SUBMITTED = "submitted"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class CustomerRow(Base):
    """A customer by its number (ICN); a company may hold several (documented: swg21502550)."""

    __tablename__ = "ordering_customer"

    icn: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    country: Mapped[str]


class OrderRow(Base):
    """An order; the delivery systems learn of it, and of every change, only when it is submitted.

    Attributes:
        ocn: control number of the order, with which and a password one signs in.
        order_date: text as it came.
        handed_to: ids of the systems that have been handed the order, separated by blanks.
        import_key: by which a repeated import recognises what it has imported already.
        import_row: the row of the file from which the order was imported.
        import_digest: tells whether an order of a file has the content with which it was imported before.
        submissions: how often the order was submitted or handed over as cancelled.
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
    import_row: Mapped[int | None] = mapped_column(default=None)
    submissions: Mapped[int] = mapped_column(default=0)
    import_digest: Mapped[str | None] = mapped_column(default=None)

    __table_args__ = (Index("ix_ordering_order_contact", text("lower(contact_email)")),)


class EndUserRow(Base):
    """A registered end user of an order: who may generate its licenses."""

    __tablename__ = "ordering_end_user"

    order_number: Mapped[str] = mapped_column(ForeignKey("ordering_order.order_number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    email: Mapped[str]

    __table_args__ = (Index("ix_ordering_end_user_mailbox", text("lower(email)")),)


class LineRow(Base):
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


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order as the order system has it now.

    Attributes:
        document: what would be handed over now.
        handed_to: ids of the systems that have been handed the order.
        was_reset: whether the password of its OCN is no longer the first one.
    """

    document: OrderDocument
    status: Status
    handed_to: tuple[str, ...] = ()
    was_reset: bool = False

    @property
    def number(self) -> str:
        """The order's number."""
        return self.document.order_number

    def changed(self, document: OrderDocument) -> Self:
        """The order with other content; a submitted one has to be submitted again (swg21610380)."""
        if document == self.document:
            return self
        status = Status.CHANGED if self.status is Status.SUBMITTED else self.status
        return replace(self, document=document, status=status)

    def numbered(self) -> Self:
        """The order with the number of its next submission."""
        document = replace(self.document, submission=self.document.submission + 1)
        return type(self)(document, self.status, self.handed_to, self.was_reset)

    def submitted(self, handed_to: tuple[str, ...]) -> Self:
        """The order after its submission; a cancelled one stays cancelled."""
        status = self.status if self.status is Status.CANCELLED else Status.SUBMITTED
        return type(self)(self.document, status, handed_to, self.was_reset)

    def cancelled(self) -> Self:
        """The order cancelled and refunded: every line stays, with quantity 0 (documented: Q14)."""
        lines = tuple(replace(line, quantity=0) for line in self.document.lines)
        document = replace(self.document, lines=lines, cancelled=True)
        return replace(self, document=document, status=Status.CANCELLED)
