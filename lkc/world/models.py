"""The kernel's own tables: the world itself, its timeline, faults and what is still due."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base

# Kinds of events that are looked for however long ago they happened; none of them comes in masses.
REMEMBERED = (
    "administrator-kept",
    "entitlement-rejected",
    "feed-lost",
    "generate-refused",
    "join-refused",
    "member-changed",
    "member-removed",
    "members-refused",
    "ocn-password-reset",
    "ocn-reset-refused",
    "ocn-sign-in-failed",
    "ocn-signed-in",
    "order-cancelled",
    "order-changed",
    "password-finder-unknown",
    "service-request-opened",
    "service-request-refused",
)
# A query has to say it in the same words, or SQLite does not use the index; IN takes five times as long to write.
INDEXED = " OR ".join(f"kind = '{kind}'" for kind in REMEMBERED)


class WorldRow(Base):
    """The one row that says what this world is and what time it is there.

    Moments are microseconds since 1970 (UTC). `origin_*` say how a reset leaves the world; `next_due`
    is the earliest moment in the due list, `counters` a JSON object of the last number given out by kind.
    """

    __tablename__ = "world"

    id: Mapped[int] = mapped_column(primary_key=True)
    seed: Mapped[int]
    origin: Mapped[str]
    origin_now: Mapped[int]
    origin_mode: Mapped[str]
    clock_mode: Mapped[str]
    clock_base: Mapped[int]
    clock_anchor: Mapped[int]
    next_due: Mapped[int | None]
    counters: Mapped[str]


class Event(Base):
    """One entry of the timeline; `subject` is a JSON object of the business keys involved."""

    __tablename__ = "world_event"
    __table_args__ = (Index("ix_world_event_remembered", "kind", sqlite_where=text(INDEXED)),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    system: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    subject: Mapped[str]
    request_id: Mapped[str]


class Fault(Base):
    """A fault that was ordered; `settings` is a JSON object of what is particular to its kind.

    `until` is a moment of the world's clock in microseconds, `met` counts the occasions that fitted,
    `injected` those on which the fault acted.
    """

    __tablename__ = "world_fault"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    system: Mapped[str]
    operation: Mapped[str | None]
    kind: Mapped[str] = mapped_column(index=True)
    times: Mapped[int | None]
    every: Mapped[int | None]
    probability: Mapped[float | None]
    until: Mapped[int | None]
    settings: Mapped[str]
    met: Mapped[int] = mapped_column(default=0)
    injected: Mapped[int] = mapped_column(default=0)


class WrongPasswords(Base):
    """Wrong passwords by whom they were for, and by where they came from; `since` in microseconds of the world.

    Each system that counts them has a table of its own.
    """

    __abstract__ = True

    who: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[int] = mapped_column(index=True)


class Due(Base):
    """Something that waits for the world's clock; `action` names who does it, `payload` is JSON."""

    __tablename__ = "world_due"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_at: Mapped[int] = mapped_column(index=True)
    action: Mapped[str]
    payload: Mapped[str]
