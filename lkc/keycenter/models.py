"""Accounts, members, orders and licenses as the key center keeps them: its own copy of the truth."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lkc.feed import PERMANENT, DocumentLine, parse_date, wrong_dates
from lkc.world.database import Base
from lkc.world.models import WrongPasswords

# The lines whose dates end something. The number stands in it, as SQLite uses such an index for no parameter.
HAS_QUANTITY = text("quantity > 0")


class Role(StrEnum):
    """What a member may do on an account."""

    ADMINISTRATOR = "administrator"
    MEMBER = "member"


class Source(StrEnum):
    """How a member came onto an account; whom orders brought, a resubmitted order can take away."""

    ORDER = "order"
    JOIN = "join"
    ADMINISTRATOR = "administrator"


class LicenseStatus(StrEnum):
    """Whether a license file of what the license says now has been generated."""

    NOT_GENERATED = "not-generated"
    GENERATED = "generated"


class Account(Base):
    """An account: an ICN and a customer name; another of either is another account (Q12).

    `opened_by` is the order that opened it.
    """

    __tablename__ = "keycenter_account"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    icn: Mapped[str]
    name: Mapped[str]
    opened_by: Mapped[str]

    __table_args__ = (UniqueConstraint("icn", "name"),)


class User(Base):
    """An e-mail address that can sign in once it has a password; it may sit on several accounts."""

    __tablename__ = "keycenter_user"

    email: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str | None] = mapped_column(default=None)


class Member(Base):
    """A registered end user on one account; `position` tells who came first."""

    __tablename__ = "keycenter_member"

    account_id: Mapped[str] = mapped_column(ForeignKey("keycenter_account.account_id"), primary_key=True)
    email: Mapped[str] = mapped_column(ForeignKey("keycenter_user.email"), primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    source: Mapped[str]
    position: Mapped[int]

    __table_args__ = (Index("ix_keycenter_member_email", "email", "account_id"),)


class ReceivedOrder(Base):
    """An order as it was last received.

    Attributes:
        onetrust_items: JSON list of `product` and `quantity` of the lines that the token service delivers.
        cancelled: 1 where it was received as cancelled and refunded.
        submission: number of the newest submission that was received; 0 where they have none.
    """

    __tablename__ = "keycenter_order"

    order_number: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("keycenter_account.account_id"))
    purchase_order: Mapped[str]
    order_date: Mapped[str]
    onetrust_items: Mapped[str]
    cancelled: Mapped[int]
    received_at: Mapped[str]
    submission: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_keycenter_order_account_id", "account_id", "order_number"),)


class Enrolment(Base):
    """Somebody whom an order names as registered end user: he gets its e-delivery mail."""

    __tablename__ = "keycenter_enrolment"

    order_number: Mapped[str] = mapped_column(ForeignKey("keycenter_order.order_number"), primary_key=True)
    email: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class License(Base):
    """A line that may be generated. Dates are text as received, each beside the day it means, if any.

    Attributes:
        expiration_date: end of the service contract (S&S), documented: Q15.
        license_expiration_date: end of the product, `permanent` where it has none, documented: Q15.
        expiration_day: ISO date, or None where the text is not well formed; likewise the other two.
        revision: counts the changes; a license file belongs to one revision.
    """

    __tablename__ = "keycenter_license"

    license_id: Mapped[str] = mapped_column(primary_key=True)
    order_number: Mapped[str] = mapped_column(ForeignKey("keycenter_order.order_number"))
    line_number: Mapped[int]
    account_id: Mapped[str] = mapped_column(ForeignKey("keycenter_account.account_id"), index=True)
    part_number: Mapped[str]
    product: Mapped[str]
    quantity: Mapped[int]
    serial_number: Mapped[str | None]
    start_date: Mapped[str | None]
    start_day: Mapped[str | None]
    expiration_date: Mapped[str]
    expiration_day: Mapped[str | None]
    license_expiration_date: Mapped[str]
    license_expiration_day: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(default=LicenseStatus.NOT_GENERATED.value)

    __table_args__ = (
        UniqueConstraint("order_number", "line_number"),
        Index("ix_keycenter_license_expiration_day", "expiration_day", sqlite_where=HAS_QUANTITY),
        Index(
            "ix_keycenter_license_license_expiration_day",
            "license_expiration_day",
            sqlite_where=text("quantity > 0 AND license_expiration_day IS NOT NULL"),
        ),
    )

    @property
    def is_permanent(self) -> bool:
        """Whether the product never expires."""
        return self.license_expiration_date.lower() == PERMANENT

    def wrong_dates(self) -> list[tuple[str, str]]:
        """Field and text of each date that is not well formed (Q13)."""
        return wrong_dates(self.start_date, self.expiration_date, self.license_expiration_date)


class Key(Base):
    """A generated key; the lower its number, the older it is."""

    __tablename__ = "keycenter_key"

    key_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    license_id: Mapped[str] = mapped_column(ForeignKey("keycenter_license.license_id"), index=True)
    revision: Mapped[int]
    host_id: Mapped[str]
    generated_at: Mapped[str]
    generated_by: Mapped[str]


class KeyFile(Base):
    """A license file of a key in one format, byte by byte as it was generated."""

    __tablename__ = "keycenter_key_file"

    key_id: Mapped[int] = mapped_column(ForeignKey("keycenter_key.key_id"), primary_key=True, autoincrement=False)
    format: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    content: Mapped[bytes]


class PasswordLink(Base):
    """A link of the Password Finder; kept is only its digest. It goes when it has been used or has expired."""

    __tablename__ = "keycenter_password_link"

    digest: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    expires_at: Mapped[int] = mapped_column(index=True)


class SignInSession(Base):
    """A signed-in member, by the digest of the bearer token; `expires_at` in microseconds of the world."""

    __tablename__ = "keycenter_session"

    digest: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    expires_at: Mapped[int] = mapped_column(index=True)


class FailedSignIns(WrongPasswords):
    """Wrong passwords for members."""

    __tablename__ = "keycenter_failed_sign_in"


def iso_day(text: str | None) -> str | None:
    """The day that a date of the feed means, as ISO text; None where there is none or it is not well formed."""
    day: date | None = None if text is None else parse_date(text)
    return None if day is None else day.isoformat()


def content_of(line: DocumentLine) -> dict[str, str | int | None]:
    """What a license says by its order line: column values, dates read."""
    return {
        "part_number": line.part_number,
        "product": line.product,
        "quantity": line.quantity,
        "serial_number": line.serial_number,
        "start_date": line.start_date,
        "start_day": iso_day(line.start_date),
        "expiration_date": line.expiration_date,
        "expiration_day": iso_day(line.expiration_date),
        "license_expiration_date": line.license_expiration_date,
        "license_expiration_day": iso_day(line.license_expiration_date),
    }
