"""Installations, and what was entered, applied and retrieved there: the products' own copy of the truth."""

import re
from datetime import date

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base
from onetrust.products.kinds import Kind, Ways, ways_of

SYSTEM = "products"
PREFIX = "I-"
NEVER = "permanent"
LONGEST_FEATURE = 60
# Names below `.invalid` lead nowhere, anywhere (RFC 2606): with such a proxy nothing gets out.
NOWHERE = ".invalid"


def feature_of(product: str) -> str:
    """One name for a product in files of every format: capital letters, digits and underscores, 60 at most."""
    return re.sub(r"[^A-Z0-9]+", "_", product.upper()).strip("_")[:LONGEST_FEATURE].rstrip("_")


class Installation(Base):
    """A product that somebody has installed.

    Attributes:
        number: counts from 1; its id for people is `I-1`.
        internet: whether there is a way out to the Internet.
        proxy: `host` or `host:port` of the proxy that it goes by, or None.
        last_retrieval: moment of the last retrieval that brought something, or None.
        last_failure: code of the refusal with which the last retrieval failed, or None where it did not.
        content: the latest update (XPU) that was applied to any part of it, or None.
    """

    __tablename__ = "products_installation"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    kind: Mapped[str]
    version: Mapped[str | None]
    serial_number: Mapped[str | None]
    internet: Mapped[bool] = mapped_column(default=True)
    proxy: Mapped[str | None] = mapped_column(default=None)
    last_retrieval: Mapped[str | None] = mapped_column(default=None)
    last_failure: Mapped[str | None] = mapped_column(default=None)
    content: Mapped[str | None] = mapped_column(default=None)

    @property
    def id(self) -> str:
        """Its id for people and paths."""
        return f"{PREFIX}{self.number}"

    @property
    def ways(self) -> Ways:
        """By which ways it is licensed."""
        return ways_of(Kind(self.kind), self.version)

    @property
    def gets_out(self) -> bool:
        """Whether it reaches the Internet, by its proxy where it has one (Q2, Q18)."""
        return self.internet and not (self.proxy or "").partition(":")[0].lower().endswith(NOWHERE)


class EnteredToken(Base):
    """A token that was entered; an installation may have several, of other customer numbers too (Q18)."""

    __tablename__ = "products_token"

    installation: Mapped[int] = mapped_column(ForeignKey("products_installation.number"), primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class RetrievedEntitlement(Base):
    """What the last good retrieval from one source brought.

    Attributes:
        source: the token, or the serial number, that it was retrieved with.
        place: counts the entitlements of one retrieval from 0.
        token: the token that the service named.
        expiration_day: ISO date on which the service contract (S&S) ends.
    """

    __tablename__ = "products_entitlement"

    installation: Mapped[int] = mapped_column(ForeignKey("products_installation.number"), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str]
    product: Mapped[str]
    quantity: Mapped[int]
    expiration_day: Mapped[str]

    def is_running(self, today: date) -> bool:
        """Whether its day is not over."""
        return self.expiration_day >= today.isoformat()


class KeyFile(Base):
    """A license file that was applied.

    Attributes:
        product: as the file names it; FlexNet files have a feature's name.
        feature: the same for files of both formats: by it files are of one product.
        service_end: ISO date on which the service contract (S&S) ends.
        license_end: ISO date on which the product ends, None for a permanent one.
        is_read: whether a restart came after it was applied.
        is_hidden: whether a file of a lower key was there when it was read; it stays so until it is removed.
    """

    __tablename__ = "products_key_file"

    installation: Mapped[int] = mapped_column(ForeignKey("products_installation.number"), primary_key=True)
    key_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    format: Mapped[str]
    product: Mapped[str]
    feature: Mapped[str]
    quantity: Mapped[int]
    service_end: Mapped[str]
    license_end: Mapped[str | None]
    sha256: Mapped[str]
    is_read: Mapped[bool]
    is_hidden: Mapped[bool] = mapped_column(default=False, server_default=false())

    def has_service(self, today: date) -> bool:
        """Whether the day on which its service contract ends is not over."""
        return self.service_end >= today.isoformat()

    def is_running(self, today: date) -> bool:
        """Whether the product itself has not ended."""
        return self.license_end is None or self.license_end >= today.isoformat()


class Agent(Base):
    """An agent of a host product; each takes a seat, in the order of `position`.

    `content` is the update (XPU) that it applied last, or None.
    """

    __tablename__ = "products_agent"

    installation: Mapped[int] = mapped_column(ForeignKey("products_installation.number"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    content: Mapped[str | None] = mapped_column(default=None)
