"""Tokens and entitlements as the token service keeps them."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base

# The lines whose dates end something. The number stands in it, as SQLite uses such an index for no parameter.
HAS_QUANTITY = text("quantity > 0")


class Token(Base):
    """The token of a customer number: digits only, one for all OneTrust products (documented: swg21435290).

    `serial_number` is that of an appliance with which the token was delivered, if there was one.
    """

    __tablename__ = "onetrust_token"

    token: Mapped[str] = mapped_column(primary_key=True)
    icn: Mapped[str] = mapped_column(unique=True)
    serial_number: Mapped[str | None] = mapped_column(index=True)


class ReceivedOrder(Base):
    """An order that was received, and the number of its newest submission; 0 where they have none."""

    __tablename__ = "onetrust_order"

    order_number: Mapped[str] = mapped_column(primary_key=True)
    submission: Mapped[int]


class Entitlement(Base):
    """What an order line entitles to, until the day on which its service contract (S&S) ends.

    `expiration_day` is an ISO date; lines whose dates mean no day are never taken in.
    """

    __tablename__ = "onetrust_entitlement"

    order_number: Mapped[str] = mapped_column(primary_key=True)
    line_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(ForeignKey("onetrust_token.token"))
    product: Mapped[str]
    quantity: Mapped[int]
    serial_number: Mapped[str | None] = mapped_column(index=True)
    expiration_day: Mapped[str]

    __table_args__ = (
        Index("ix_onetrust_entitlement_token", "token", "product", "expiration_day"),
        Index("ix_onetrust_entitlement_expiration_day", "expiration_day", sqlite_where=HAS_QUANTITY),
    )
