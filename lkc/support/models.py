"""IBM IDs, registrations and service requests, with the rules that need nothing else."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base
from lkc.world.models import WrongPasswords

SYSTEM = "support"
LICENSING_PHRASE = "licensing for IBM Security products"
# What helps an investigation beside the customer number, in the order in which it is asked for (documented: Q4).
HELPFUL = (
    "ocn",
    "purchase_order",
    "customer_name",
    "contact_name",
    "order_date",
    "expiration_date",
    "product",
    "quantity",
)
# How long "recently" is when a closed request is to be opened again; the source gives no number (swg21449347).
REOPENED_WITHIN = timedelta(days=14) // timedelta(microseconds=1)


class Level(StrEnum):
    """What a registration lets somebody see and do (documented: SR help)."""

    BASIC = "basic"
    FULL = "full"
    ADMIN = "admin"


class Queue(StrEnum):
    """Which team works on a request."""

    LICENSING = "licensing"
    GENERAL = "general"


class Status(StrEnum):
    """Whether a request is being worked on."""

    OPEN = "open"
    CLOSED = "closed"


class IbmId(Base):
    """Somebody who can sign in; the address is in lower case."""

    __tablename__ = "support_ibm_id"

    email: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]


class FailedSignIns(WrongPasswords):
    """Wrong passwords for IBM IDs."""

    __tablename__ = "support_failed_sign_in"


class Registration(Base):
    """An address that may open requests for a customer number; it may get its IBM ID later."""

    __tablename__ = "support_registration"

    registration_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    email: Mapped[str]
    icn: Mapped[str]
    level: Mapped[str]

    __table_args__ = (UniqueConstraint("email", "icn"),)


class ServiceRequest(Base):
    """A service request and the PMR that it is: one record with two names (documented: swg21512186).

    Attributes:
        position: the place among all requests, in the order in which they were opened.
        opened_at: world time as text, to the second.
        closed_at: world time in microseconds since 1970; None while it is open.
        order_date: text as the customer gave it, likewise `expiration_date`.
    """

    __tablename__ = "support_request"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pmr_number: Mapped[str] = mapped_column(unique=True)
    icn: Mapped[str]
    opened_by: Mapped[str] = mapped_column(ForeignKey("support_ibm_id.email"))
    opened_at: Mapped[str]
    queue: Mapped[str]
    severity: Mapped[int]
    status: Mapped[str] = mapped_column(default=Status.OPEN.value)
    closed_at: Mapped[int | None] = mapped_column(default=None)
    summary: Mapped[str]
    description: Mapped[str]
    ocn: Mapped[str | None]
    purchase_order: Mapped[str | None]
    customer_name: Mapped[str | None]
    contact_name: Mapped[str | None]
    order_date: Mapped[str | None]
    expiration_date: Mapped[str | None]
    product: Mapped[str | None]
    quantity: Mapped[int | None]

    __table_args__ = (Index("ix_support_request_icn", "icn", "position"),)

    @property
    def is_closed(self) -> bool:
        """Whether nobody works on it any more."""
        return self.status == Status.CLOSED.value

    @property
    def missing(self) -> tuple[str, ...]:
        """What was not given and would speed the investigation up (documented: Q4)."""
        return tuple(name for name in HELPFUL if getattr(self, name) is None)

    def can_be_reopened(self, at: int) -> bool:
        """Whether it was closed recently, seen from a moment in microseconds since 1970 (swg21449347)."""
        return self.closed_at is not None and at - self.closed_at <= REOPENED_WITHIN


class Note(Base):
    """What somebody wrote on a request; `author` is an address, or the vendor's staff."""

    __tablename__ = "support_note"

    position: Mapped[int] = mapped_column(ForeignKey("support_request.position"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[str]
    written_at: Mapped[str]
    text: Mapped[str]


def queue_for(summary: str) -> Queue:
    """The team for a request: the licensing team where the summary names its subject (documented: Q1, Q3)."""
    named = LICENSING_PHRASE.lower() in " ".join(summary.split()).lower()
    return Queue.LICENSING if named else Queue.GENERAL
